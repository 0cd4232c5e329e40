"""What is asked of a person who attaches themselves, and of the staff who answer."""

from django import forms


class RequestForm(forms.Form):
    function = forms.CharField(
        label="Votre fonction",
        max_length=120,
        help_text="Par exemple\u00a0: maire, élue au numérique, secrétaire de mairie.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    is_referent = forms.BooleanField(
        label="Je suis référent·e du label pour cette collectivité",
        help_text="Vous pourrez déposer la candidature. Sans cela, vous pourrez l’écrire.",
        required=False,
    )


class AcceptForm(forms.Form):
    is_referent = forms.BooleanField(label="Référent·e", required=False)


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Motif, écrit à la personne",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
