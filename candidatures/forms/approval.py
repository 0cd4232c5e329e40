"""Asking for the approval of a dossier, and giving it."""

from typing import Any

from django import forms

from candidatures.models import Approval

GRANTED, CHANGES = "granted", "changes"


class AskApprovalForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Approval
        fields = ("name", "function", "email")
        help_texts = {  # noqa: RUF012
            "function": "Par exemple : maire, président, adjointe déléguée au numérique.",
            "email": "Celle de la personne elle-même : le lien envoyé ne sert qu’à elle.",
        }


class AnswerApprovalForm(forms.Form):
    """`seen` is the fingerprint of the dossier that the page shows."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    answer = forms.ChoiceField(
        label="Votre réponse",
        choices=(
            (GRANTED, "J’approuve ce dossier : il peut être déposé"),
            (CHANGES, "Je demande des changements avant le dépôt"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez votre réponse."},
    )
    word = forms.CharField(
        label="Votre mot",
        help_text="Envoyé aux référent·e·s de la collectivité. Nécessaire pour demander des "
        "changements : dites lesquels.",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == CHANGES and not cleaned.get("word"):
            self.add_error("word", "Dites quels changements vous demandez.")
        return cleaned
