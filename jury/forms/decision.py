from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from jury.forms.review import MentionsField, level_field
from jury.models import Decision


class DecisionForm(forms.Form):
    """The jury's decision on one dossier, recorded by the chair."""

    level = level_field("Arobases attribuées", required=True)
    mentions = MentionsField(label="Mentions attribuées", queryset=None, required=False)
    is_ten = forms.BooleanField(
        label="Titre Territoire d’Excellence Numérique",
        help_text="Suppose 5 arobases.",
        required=False,
    )
    letter = forms.CharField(
        label="Mot du jury à la collectivité",
        help_text="Remis avec le résultat, le jour de la proclamation.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        mentions: Any,
        decision: Decision | None,
    ) -> None:
        initial = {}
        if decision:
            initial = {
                "level": decision.level,
                "mentions": list(decision.mentions.all()),
                "is_ten": decision.is_ten,
                "letter": decision.letter,
            }
        super().__init__(data, initial=initial)
        field = self.fields["mentions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = mentions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_ten") and cleaned.get("level") not in {None, 5}:
            self.add_error(
                "is_ten", "Le titre Territoire d’Excellence Numérique suppose 5 arobases."
            )
        return cleaned
