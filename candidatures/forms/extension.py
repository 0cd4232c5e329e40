from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candidatures.models import Candidature
from candidatures.permissions import why_not_until


class ExtensionForm(forms.Form):
    """Until which day one candidature may be deposited, and why."""

    until = forms.DateField(
        label="Dernier jour pour déposer",
        help_text="Jour inclus, jusqu’à 23 h 59 (heure de Paris), avant le début de la lecture.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez le dernier jour pour déposer.",
            "invalid": "Écrivez une date, par exemple 20/11/2026.",
        },
    )
    reason = forms.CharField(
        label="Motif",
        help_text="Lu par l’équipe du label seulement : la collectivité voit la nouvelle date.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi cette candidature a plus de temps."},
    )

    def __init__(
        self, data: Any = None, *, candidature: Candidature, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.candidature, self.at = candidature, at

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if refusal := why_not_until(self.candidature, until, at=self.at):
            raise ValidationError(refusal)
        return until
