"""What is asked of a person who attaches themselves, of who answers, and of who makes a team."""

from django import forms

from villes_internet.territories.choices import Role

CHOOSE_ROLE = "Choisissez un rôle\u00a0: référent·e, contributeur·rice ou lecteur·rice."
ROLES = [
    (Role.CONTRIBUTOR, "Contributeur·rice\u00a0: écrit la candidature"),
    (Role.REFERENT, "Référent·e\u00a0: écrit, dépose la candidature et invite ses collègues"),
    (Role.READER, "Lecteur·rice\u00a0: lit la candidature, sans la modifier"),
]


class FunctionForm(forms.Form):
    function = forms.CharField(
        label="Votre fonction",
        max_length=120,
        help_text="Par exemple\u00a0: maire, élue au numérique, secrétaire de mairie.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class RequestForm(FunctionForm):
    role = forms.ChoiceField(
        label="Votre rôle pour cette collectivité",
        choices=ROLES,
        initial=Role.CONTRIBUTOR,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    """In a row of a list: only the role."""

    role = forms.ChoiceField(
        label="Rôle", choices=Role.choices, error_messages={"required": CHOOSE_ROLE}
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Motif, écrit à la personne",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="Son adresse électronique",
        max_length=254,
        help_text="L’invitation ne vaut que pour cette adresse. Elle expire au bout de 14 jours.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Son rôle", choices=ROLES, initial=Role.CONTRIBUTOR, widget=forms.RadioSelect
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
