"""Writing in the thread of a candidature."""

from django import forms
from django.core.validators import MaxLengthValidator

LONGEST = 4_000


class MessageForm(forms.Form):
    """Some words; `key` makes of a double click one message, `seen` is the last one shown."""

    # A validator and not `max_length`, by which a browser would cut a pasted text without a word.
    text = forms.CharField(
        label="Votre message",
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[
            MaxLengthValidator(
                LONGEST,
                "Ce message est trop long (%(show_value)s signes, 4\N{NARROW NO-BREAK SPACE}000 au "
                "plus) : rien n’est envoyé. Raccourcissez-le, ou envoyez-le en deux fois.",
            )
        ],
        error_messages={"required": "Écrivez votre message avant de l’envoyer."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)


class SeenForm(forms.Form):
    """Up to which message a page showed the thread."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
