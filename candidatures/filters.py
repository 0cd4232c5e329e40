"""How the staff narrow the campaign."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet

from atlaas.models import Sheet
from candidatures.choices import CandidatureState
from candidatures.following import Following
from candidatures.models import Candidature, Initiative
from candidatures.progress import Stage
from candidatures.resuming import Source
from labels.choices import CandidateType
from labels.models import DigitalService, Edition
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


TO_EXAMINE, ENTERED, DROPPED, ALL = "a-examiner", "reprises", "abandonnees", "toutes"
STATES = ((ENTERED, "reprises"), (DROPPED, "abandonnées"), (ALL, "toutes"))


class SourceFilter(FilterSet):
    """The practices of before, narrowed: those of Atlaas and those of the last dossier alike.

    Those to examine are shown unless said otherwise.
    """

    q = django_filters.CharFilter(label="Mots du titre ou du résumé", method="by_words")
    etat = django_filters.ChoiceFilter(
        label="Montrer", choices=STATES, empty_label="celles à examiner", method="by_state"
    )
    enjeu = django_filters.ChoiceFilter(label="Enjeu", empty_label="Tous", method="by_theme")
    service = django_filters.ChoiceFilter(label="Service", empty_label="Tous", method="by_service")

    class Meta:
        model = Sheet
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data, Sheet.objects.all())
        themes: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        for one in DigitalService.objects.in_order().filter(theme__edition=edition):
            theme = themes.setdefault(one.theme.code, (one.theme.name, []))
            theme[1].append((one.code, one.name))
        self.filters["enjeu"].extra["choices"] = [
            (code, name) for code, (name, _) in themes.items()
        ]
        self.filters["service"].extra["choices"] = list(themes.values())

    def among(self, found: list[Source]) -> list[Source]:
        """Those that meet the criteria, in the same order; one query, or two when some are set."""
        state = self.form.cleaned_data.get("etat") if self.form.is_valid() else ""
        kept = [one for one in found if _is_in(one, state or TO_EXAMINE)]
        if {criterion.name for criterion in self.criteria} <= {"etat"}:
            return kept
        sheets = self.qs.filter(pk__in=[one.sheet_id for one in kept if not one.earlier_id])
        actions = self.filter_queryset(
            Initiative.objects.filter(pk__in=[one.earlier_id for one in kept if one.earlier_id])
        )
        keys = {f"fiche-{pk}" for pk in sheets.values_list("pk", flat=True)}
        keys |= {f"action-{pk}" for pk in actions.values_list("pk", flat=True)}
        return [one for one in kept if one.key in keys]

    def by_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        words = value.strip()
        return queryset.filter(
            Q(title__unaccent__icontains=words) | Q(summary__unaccent__icontains=words)
        )

    def by_theme(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(services__theme__code=value).distinct()

    def by_service(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(services__code=value).distinct()

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """It is told by the decisions of the dossier: `among` sees to it."""
        return queryset


def _is_in(source: Source, state: str) -> bool:
    return {
        TO_EXAMINE: source.resumption is None,
        ENTERED: source.is_entered,
        DROPPED: source.is_dropped,
        ALL: True,
    }[state]
