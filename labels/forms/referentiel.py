from typing import ClassVar

from django import forms
from django.forms import inlineformset_factory

from labels.models import DigitalService, Edition, Mention, Theme

ServiceFormSet = inlineformset_factory(
    Theme,
    DigitalService,
    fields=("name", "description", "is_assumed"),
    widgets={"description": forms.Textarea(attrs={"rows": 2})},
    extra=0,
    can_delete=False,
)

MentionFormSet = inlineformset_factory(
    Edition,
    Mention,
    fields=("name", "description", "green"),
    widgets={"description": forms.Textarea(attrs={"rows": 2})},
    extra=0,
    can_delete=False,
)


class ThemeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Theme
        fields = ("name", "description", "is_assumed")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "description": forms.Textarea(attrs={"rows": 2})
        }
