from django import forms


class AttachmentForm(forms.Form):
    """A document to join; what it really is, its content says (`files.services`)."""

    file = forms.FileField(
        label="Document",
        help_text="PDF, JPEG, PNG ou WebP, 10 Mo au plus.",
        error_messages={
            "required": "Choisissez un document à joindre.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )
