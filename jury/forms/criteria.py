from typing import ClassVar

from django import forms
from django.forms import modelformset_factory

from jury.models import Criterion


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words and the weight of a criterion; its scale stays as it was created."""

    weight = forms.IntegerField(
        label="Poids",
        min_value=1,
        max_value=100,
        error_messages={
            "min_value": "Un critère pèse au moins 1.",
            "max_value": "Un critère pèse au plus 100.",
        },
    )

    class Meta:
        model = Criterion
        fields = ("name", "guidance", "weight")
        widgets: ClassVar[dict[str, forms.Widget]] = {"guidance": forms.Textarea(attrs={"rows": 2})}


CriterionFormSet = modelformset_factory(Criterion, CriterionForm, extra=0, can_delete=False)
