"""What the staff write to many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candidatures.choices import Audience
from candidatures.mailings import WORDS, unknown_words
from candidatures.models import Mailing


def only_known_words(text: str) -> None:
    if unknown := unknown_words(text):
        known = ", ".join(f"{{{word}}}" for word in WORDS)
        raise ValidationError(
            f"Rien ne remplace {{{unknown[0]}}}. Les mots remplacés sont {known}."
        )


class MailingForm(forms.Form):
    subject = forms.CharField(
        label="Objet",
        max_length=80,
        validators=[only_known_words],
        error_messages={"required": "Écrivez l’objet du courriel."},
    )
    body = forms.CharField(
        label="Texte",
        max_length=5000,
        help_text="« Bonjour, » et la signature s’y ajoutent, ainsi qu’un bouton vers la "
        "candidature. Une ligne vide sépare deux paragraphes.",
        widget=forms.Textarea(attrs={"rows": 10}),
        validators=[only_known_words],
        error_messages={"required": "Écrivez le texte du courriel."},
    )
    audience = forms.ChoiceField(
        label="À qui, dans chaque collectivité",
        choices=Audience.choices,
        initial=Audience.REFERENTS,
        widget=forms.RadioSelect,
    )
    is_reminder = forms.BooleanField(
        label="C’est une relance",
        required=False,
        initial=True,
        help_text="Elle n’est pas envoyée à qui a arrêté les rappels de cette candidature, et "
        "permet de les arrêter. Décochez pour une information que tout le monde doit recevoir, "
        "comme un changement de calendrier.",
    )

    def __init__(self, data: Any = None, *, mailing: Mailing | None = None) -> None:
        written = {name: getattr(mailing, name) for name in self.base_fields} if mailing else {}
        super().__init__(data, initial=written)
