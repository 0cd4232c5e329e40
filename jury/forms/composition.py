from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from candidatures.models import Candidature
from jury.models import Juror
from labels.models import Edition
from villes_internet.users.models import User


class JurorForm(forms.Form):
    """A person to seat on the jury, known by the e-mail address of their account."""

    email = forms.EmailField(
        label="Adresse électronique du compte",
        help_text="La personne crée d’abord son compte sur le site.",
    )
    is_chair = forms.BooleanField(label="Préside le jury", required=False)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        self.user = User.objects.filter(email=email, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(
                f"Aucun compte n’existe avec l’adresse {email} : demandez à cette personne de "
                "créer le sien, puis revenez ici."
            )
        return email


class PairForm(forms.Form):
    """A juror and a deposited dossier of the same edition."""

    juror = forms.ModelChoiceField(label="Juré·e", queryset=Juror.objects.none())
    candidature = forms.ModelChoiceField(label="Dossier", queryset=Candidature.objects.none())

    field_ids = "id_%s"  # two such forms share a page

    def __init__(self, data: Mapping[str, Any] | None = None, *, edition: Edition) -> None:
        super().__init__(data, auto_id=self.field_ids)
        juror, candidature = self.fields["juror"], self.fields["candidature"]
        assert isinstance(juror, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(candidature, forms.ModelChoiceField)  # noqa: S101
        juror.queryset = Juror.objects.filter(edition=edition).select_related("user").by_name()
        candidature.queryset = (
            Candidature.objects.of_edition(edition).deposited().with_details().by_name()
        )


class AssignmentForm(PairForm):
    """Who reads what."""


class RecusalForm(PairForm):
    """Who must not read what, and why."""

    field_ids = "recusal_%s"

    reason = forms.CharField(
        label="Raison",
        max_length=300,
        help_text="Par exemple : ancien mandat dans cette commune.",
    )
