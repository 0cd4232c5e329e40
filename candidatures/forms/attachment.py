from typing import Any

from django import forms

from villes_internet.files.choices import Kind
from villes_internet.files.inspection import LONGEST_SIDE
from villes_internet.files.services import accepted_files
from villes_internet.french import number


class AttachmentForm(forms.Form):
    """A document to join; what it really is, its content says (`files.services`)."""

    file = forms.FileField(
        label="Document",
        error_messages={
            "required": "Choisissez un document à joindre.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"{accepted_files(tuple(Kind))} Une image est ramenée à {number(LONGEST_SIDE)} pixels "
            "de côté, sans le lieu, la date ni l’appareil de la prise de vue."
        )
