"""How the staff narrow the campaign."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django.db.models import QuerySet

from candidatures.choices import CandidatureState
from candidatures.models import Candidature
from labels.choices import CandidateType
from villes_internet.filters import FilterSet


class CandidatureFilter(FilterSet):
    q = django_filters.CharFilter(label="Nom de la collectivité", method="by_name")
    etat = django_filters.ChoiceFilter(
        label="État", field_name="state", choices=CandidatureState.choices, empty_label="Tous"
    )
    type = django_filters.ChoiceFilter(
        label="Type", field_name="candidate_type", choices=CandidateType.choices, empty_label="Tous"
    )

    class Meta:
        model = Candidature
        fields: ClassVar[list[str]] = []

    def by_name(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        return queryset.filter(territory__name__unaccent__icontains=value.strip())
