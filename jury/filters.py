"""How the chair narrows the ranking."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from candidatures.models import Candidature
from jury.models import Decision
from jury.ranking import Ranking
from labels.choices import AROBASES, CandidateType
from villes_internet.filters import FilterSet

SPLIT, NEAR, NOT_NORMALISED = "partages", "seuil", "non-normalisee"
SIGNALS = (
    (SPLIT, "avis partagés"),
    (NEAR, "proche d’un seuil"),
    (NOT_NORMALISED, "moyenne non normalisée"),
)
TAKEN, TO_TAKE = "prise", "a-prendre"


class RankingFilter(FilterSet):
    """`ranking` holds the figures; the ranks stay those of all the dossiers that the chair sees."""

    q = django_filters.CharFilter(label="Nom ou code de la collectivité", method="by_name")
    type = django_filters.ChoiceFilter(
        label="Type", field_name="candidate_type", choices=CandidateType.choices, empty_label="Tous"
    )
    niveau = django_filters.ChoiceFilter(
        label="Niveau suggéré",
        choices=[(level, f"{level} @") for level in AROBASES],
        empty_label="Tous",
        method="by_level",
    )
    signalement = django_filters.ChoiceFilter(
        label="Signalement", choices=SIGNALS, empty_label="Indifférent", method="by_signal"
    )
    decision = django_filters.ChoiceFilter(
        label="Décision",
        choices=[(TO_TAKE, "à prendre"), (TAKEN, "prise")],
        empty_label="Indifférent",
        method="by_decision",
    )

    class Meta:
        model = Candidature
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, *, dossiers: QuerySet[Candidature], ranking: Ranking) -> None:
        super().__init__(data, dossiers)
        self.ranking = ranking

    def by_name(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        words = value.strip()
        return queryset.filter(
            Q(territory__name__unaccent__icontains=words) | Q(territory__code=words.upper())
        )

    def by_level(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        found = self.ranking.figures.values()
        return queryset.filter(pk__in=[one.dossier for one in found if one.level == int(value)])

    def by_signal(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        found = [
            one.dossier
            for one in self.ranking.figures.values()
            if (value == SPLIT and one.disagrees)
            or (value == NEAR and one.near)
            or (value == NOT_NORMALISED and one.unscaled)
        ]
        return queryset.filter(pk__in=found)

    def by_decision(
        self, queryset: QuerySet[Candidature], name: str, value: str
    ) -> QuerySet[Candidature]:
        taken = Exists(Decision.objects.filter(candidature=OuterRef("pk")))
        return queryset.filter(taken if value == TAKEN else ~taken)
