"""Sharing a section out."""

from typing import Any

from django import forms

from candidatures.models import Candidature
from villes_internet.territories.models import Membership
from villes_internet.users.models import User


class DelegateForm(forms.Form):
    """To whom a section is delegated: a colleague who writes, or nobody in particular."""

    to = forms.ModelChoiceField(
        label="Confier cette rubrique à",
        queryset=User.objects.none(),
        required=False,
        empty_label="Personne en particulier",
        help_text="Un courriel l’en prévient. Les autres peuvent toujours l’écrire.",
    )

    def __init__(self, *args: Any, candidature: Candidature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = Membership.objects.active().writers().filter(territory=candidature.territory_id)
        people = User.objects.filter(pk__in=writers.values("user")).order_by("full_name", "pk")
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
