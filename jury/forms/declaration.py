from __future__ import annotations

from django import forms


class SignForm(forms.Form):
    """`seen` is the text that was shown, to be sure that it is the one signed."""

    agreed = forms.BooleanField(
        label="J’ai lu cette déclaration, et je la signe",
        error_messages={"required": "Cochez la case pour signer."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_seen(self) -> str:
        """Browsers send the ends of lines as CRLF."""
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")


class DeclarationForm(forms.Form):
    """The text that the next jurors sign."""

    text = forms.CharField(
        label="Texte de la déclaration",
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Qui a déjà signé garde le texte signé ce jour-là.",
        error_messages={"required": "Une déclaration vide n’engage à rien : écrivez-la."},
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
