"""How the palmarès is narrowed."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from labels.choices import AROBASES, CandidateType
from labels.models import Award, Edition, Mention
from villes_internet.filters import FilterSet
from villes_internet.territories.models import Department, Region


class AwardFilter(FilterSet):
    """By name, arobases, type of candidate, mention, place."""

    q = django_filters.CharFilter(label="Nom de la collectivité", method="by_name")
    arobases = django_filters.ChoiceFilter(
        label="Arobases",
        field_name="level",
        choices=[(level, f"{level} @") for level in reversed(AROBASES)],
        empty_label="Toutes",
    )
    type = django_filters.ChoiceFilter(
        label="Type",
        field_name="candidate_type",
        choices=CandidateType.choices,
        empty_label="Tous",
    )
    mention = django_filters.ModelChoiceFilter(
        label="Mention",
        field_name="mentions",
        queryset=Mention.objects.none(),
        to_field_name="code",
        empty_label="Toutes",
    )
    region = django_filters.ModelChoiceFilter(
        label="Région",
        field_name="territory__department__region",
        queryset=Region.objects.order_by("name"),
        empty_label="Toutes",
    )
    departement = django_filters.ModelChoiceFilter(
        label="Département",
        field_name="territory__department",
        queryset=Department.objects.order_by("name"),
        empty_label="Tous",
    )

    class Meta:
        model = Award
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict, queryset: QuerySet[Award], *, edition: Edition) -> None:
        super().__init__(data, queryset)
        self.form.fields["mention"].queryset = Mention.objects.filter(edition=edition).order_by(
            "position"
        )

    def by_name(self, queryset: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        return queryset.filter(territory_name__unaccent__icontains=value.strip())
