from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from villes_internet.files.choices import Kind
from villes_internet.files.inspection import LONGEST_SIDE
from villes_internet.files.services import accepted_files
from villes_internet.french import number

NO_DESCRIPTION = re.compile(
    r"(une? )?(image|photo\w*|img|dsc)[\W_]*\d*|\S+\.(jpe?g|png|webp)", re.IGNORECASE
)


class IllustrationForm(forms.Form):
    """A picture of an action. Its description is read aloud to those who do not see it."""

    file = forms.FileField(
        label="Image",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": "Choisissez une image.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )
    alternative = forms.CharField(
        label="Description de l’image",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce que l’on y voit, en une phrase, pour qui ne la voit pas. Par exemple : « Une "
        "médiatrice et un homme âgé devant un écran, dans le bus garé sur la place. »",
        error_messages={
            "required": "Décrivez l’image : sans ces mots, elle n’existe pas pour une personne "
            "aveugle."
        },
    )
    credit = forms.CharField(
        label="Crédit",
        max_length=120,
        help_text="Qui a pris l’image. Vérifiez que cette personne, et celles que l’on reconnaît, "
        "acceptent qu’elle soit publiée.",
        error_messages={"required": "Dites qui a pris l’image, ou quel service."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"{accepted_files((Kind.IMAGE,))} Elle est ramenée à {number(LONGEST_SIDE)} pixels de "
            "côté, sans le lieu, la date ni l’appareil de la prise de vue."
        )

    def clean_alternative(self) -> str:
        alternative: str = self.cleaned_data["alternative"]
        if NO_DESCRIPTION.fullmatch(alternative):
            raise ValidationError(
                "Ces mots ne disent pas ce que l’on voit : décrivez la scène en une phrase."
            )
        return alternative
