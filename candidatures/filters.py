"""How the staff narrow the campaign."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet

from candidatures.choices import CandidatureState
from candidatures.following import Following
from candidatures.models import Candidature
from candidatures.progress import Stage
from labels.choices import CandidateType
from villes_internet.filters import FilterSet

STUCK = "oui"


class CandidatureFilter(FilterSet):
    """`following` says how far each candidature is, and which départements have one."""

    q = django_filters.CharFilter(label="Nom ou code de la collectivité", method="by_name")
    etat = django_filters.ChoiceFilter(
        label="État", field_name="state", choices=CandidatureState.choices, empty_label="Tous"
    )
    avancement = django_filters.ChoiceFilter(
        label="Avancement", choices=Stage.choices, empty_label="Tous", method="by_stage"
    )
    arret = django_filters.ChoiceFilter(
        label="À relancer", choices=[(STUCK, "oui")], empty_label="Indifférent", method="stuck"
    )
    type = django_filters.ChoiceFilter(
        label="Type", field_name="candidate_type", choices=CandidateType.choices, empty_label="Tous"
    )
    departement = django_filters.ChoiceFilter(
        label="Département", field_name="territory__department", empty_label="Tous"
    )
    region = django_filters.ChoiceFilter(
        label="Région", field_name="territory__department__region", empty_label="Toutes"
    )

    class Meta:
        model = Candidature
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, *, following: Following) -> None:
        super().__init__(data, following.listed())
        self.following = following
        self.filters["departement"].extra["choices"] = following.departments
        self.filters["region"].extra["choices"] = following.regions

    def by_name(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        words = value.strip()
        return queryset.filter(
            Q(territory__name__unaccent__icontains=words) | Q(territory__code=words.upper())
        )

    def by_stage(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        progress = self.following.progress.items()
        return queryset.filter(pk__in=[pk for pk, one in progress if one.stage == value])

    def stuck(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        progress = self.following.progress.items()
        return queryset.filter(pk__in=[pk for pk, one in progress if one.is_stuck])
