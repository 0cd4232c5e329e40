"""Asking for the correction of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from candidatures.corrections import why_not_correct_until
from candidatures.models import Candidature, Question


class CorrectionForm(forms.Form):
    """Which answer, what is wrong with it, until when."""

    question = forms.ModelChoiceField(
        label="Réponse à corriger",
        queryset=Question.objects.none(),
        empty_label="Choisissez une question",
        help_text="Elle seule est rouverte : tout le reste demeure tel qu’il est déposé.",
        error_messages={
            "required": "Choisissez la réponse à corriger.",
            "invalid_choice": (
                "Une correction de cette réponse est déjà demandée, ou la question n’est plus dans "
                "le dossier : choisissez-en une autre. Votre texte est encore ci-dessous."
            ),
        },
    )
    request = forms.CharField(
        label="Ce qui est à corriger",
        help_text="Lu par toute l’équipe de la collectivité, jamais par le jury.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites ce qui est à corriger."},
    )
    until = forms.DateField(
        label="Dernier jour pour corriger",
        help_text="Jour inclus, jusqu’à minuit (heure de Paris).",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez le dernier jour pour corriger.",
            "invalid": "Écrivez une date, par exemple 20/11/2026.",
        },
    )
    while_reading = forms.BooleanField(
        label="La correction peut arriver pendant la lecture du jury",
        help_text="Un·e juré·e peut alors avoir lu le texte d’avant.",
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        candidature: Candidature,
        questions: Sequence[Question],
        at: datetime,
    ) -> None:
        super().__init__(data)
        self.candidature, self.at = candidature, at
        self.fields["question"].queryset = (  # type: ignore[attr-defined]
            Question.objects.filter(pk__in=[one.pk for one in questions])
            .select_related("section")
            .order_by("section__position", "position", "pk")
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "until" in said:
            refusal = why_not_correct_until(
                self.candidature,
                said["until"],
                while_reading=said.get("while_reading", False),
                at=self.at,
            )
            if refusal:
                self.add_error("until", refusal)
        return said
