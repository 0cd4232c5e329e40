from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from candidatures.forms.questions import TerritoryField
from jury.models import Affiliation, Juror
from villes_internet.territories.models import Department, Territory


class AffiliationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What ties a juror to one collectivité, or to one département."""

    place = TerritoryField(
        label="Collectivité",
        required=False,
        max_length=160,
        help_text="Son nom, son code postal ou son code.",
    )

    class Meta:
        model = Affiliation
        fields: ClassVar[tuple[str, ...]] = ("kind", "place", "department", "is_current", "note")
        labels: ClassVar[dict[str, str]] = {
            "kind": "Nature du lien",
            "department": "Ou département",
            "is_current": "Toujours aujourd’hui",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "department": "Seulement pour un lien avec le département lui-même.",
            "is_current": "Un mandat ou un emploi d’aujourd’hui. Un mandat en cours ne permet pas "
            "de siéger.",
            "note": "Par exemple : adjointe au numérique de 2014 à 2020.",
        }

    def __init__(self, *args: Any, juror: Juror, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.juror = juror
        department = self.fields["department"]
        assert isinstance(department, forms.ModelChoiceField)  # noqa: S101
        department.queryset = Department.objects.order_by("code")
        department.empty_label = "Aucun"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        place, department = cleaned.get("place"), cleaned.get("department")
        if "place" in self.errors:
            return cleaned
        if bool(place) == bool(department):
            self.add_error(
                "place",
                "Donnez une collectivité ou un département, et un seul des deux.",
            )
        elif place:
            self.instance.territory = Territory.objects.select_related("successor").get(code=place)
        return cleaned


class DeclareForm(forms.Form):
    """Why a juror sets themselves apart."""

    reason = forms.CharField(
        label="Raison",
        max_length=300,
        help_text="Lue par l’association et par la présidence du jury. Par exemple : j’ai "
        "accompagné ce projet.",
        error_messages={"required": "Dites en quelques mots ce qui vous lie à ce dossier."},
    )


class LiftForm(forms.Form):
    """Why the staff let a juror read after all."""

    reason = forms.CharField(
        label="Raison de la levée",
        max_length=300,
        help_text="Gardée au journal du jury, avec votre nom.",
        error_messages={"required": "Dites pourquoi ce déport est levé."},
    )


class RecusalRulesForm(forms.Form):
    """Whether a tie reaches the whole département."""

    recuses_department = forms.TypedChoiceField(
        choices=[("oui", "oui"), ("non", "non")], coerce=lambda said: said == "oui"
    )
