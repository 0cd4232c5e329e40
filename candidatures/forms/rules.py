"""How the staff write what a deposit asks for, and what they found of a condition."""

from typing import Any, ClassVar

from django import forms

from candidatures.choices import CheckedBy
from candidatures.forms.seen import SeenModelForm
from candidatures.models import Condition, ConditionCheck, Engagement

MET, NOT_MET = "met", "not_met"


class EngagementForm(SeenModelForm):
    class Meta:
        model = Engagement
        fields = Engagement.WORDS
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 6})}


class ConditionForm(SeenModelForm):
    checked_by = forms.ChoiceField(
        label="Qui répond",
        choices=CheckedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez qui répond."},
    )

    class Meta:
        model = Condition
        fields = Condition.WORDS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "label": forms.Textarea(attrs={"rows": 2}),
            "help": forms.Textarea(attrs={"rows": 3}),
        }


class CheckForm(forms.Form):
    """Whether a candidature meets a condition, and what its territory is told of it."""

    is_met = forms.ChoiceField(
        label="Cette condition est",
        choices=((MET, "remplie"), (NOT_MET, "non remplie")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : remplie ou non."},
    )
    note = forms.CharField(
        label="Note",
        help_text="Lue par la collectivité. Nécessaire quand la condition n’est pas remplie : "
        "dites ce qui manque, et comment le régler.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, check: ConditionCheck | None) -> None:
        initial = {"is_met": MET if check.is_met else NOT_MET, "note": check.note} if check else {}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_met") == NOT_MET and not cleaned.get("note"):
            self.add_error("note", "Dites à la collectivité pourquoi elle n’est pas remplie.")
        return cleaned
