"""What is asked of somebody who writes to the association."""

from django import forms

from villes_internet.pages.choices import Subject


class ContactForm(forms.Form):
    """`trap` is shown to nobody: what fills it is a machine, or a browser that fills everything."""

    name = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Dites-nous comment vous appeler."},
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="Pour vous répondre, et pour rien d’autre.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Sans votre adresse, nous ne pourrions pas vous répondre."},
    )
    subject = forms.ChoiceField(
        label="Sujet",
        choices=[("", "Choisissez un sujet"), *Subject.choices],
        error_messages={"required": "Choisissez le sujet le plus proche."},
    )
    message = forms.CharField(
        label="Votre message",
        max_length=5_000,
        help_text="5\N{NARROW NO-BREAK SPACE}000 caractères au plus.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Votre message est vide : écrivez-le ici."},
    )
    trap = forms.CharField(
        label="Laissez ce champ vide",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_trap(self) -> str:
        if self.cleaned_data["trap"]:
            raise forms.ValidationError(
                "Ce champ arrête les robots. Effacez-le, puis envoyez à nouveau : votre message "
                "est encore là."
            )
        return ""
