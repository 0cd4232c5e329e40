"""The campaign of an edition as the staff follow it: where each dossier stands, and their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Value, When

from candidatures.models import Candidature
from candidatures.models.candidature import CandidatureQuerySet
from candidatures.progress import Progress, Stage, progress_of
from labels.choices import CandidateType
from labels.models import Edition


@dataclass(frozen=True)
class Tally:
    """How many of a kind are started, and of them deposited; `key` names it in a filter."""

    key: str
    label: str
    started: int
    deposited: int


@dataclass(frozen=True)
class Following:
    """Every candidature to the edition, fetched with its details, and how far each is, by key."""

    edition: Edition
    candidatures: list[Candidature]
    progress: dict[int, Progress]

    @property
    def started(self) -> int:
        return len(self.candidatures)

    @property
    def deposited(self) -> int:
        return self.at_stage(Stage.DEPOSITED)

    @property
    def ready(self) -> int:
        return self.at_stage(Stage.READY)

    @property
    def stuck(self) -> int:
        return sum(one.is_stuck for one in self.progress.values())

    @property
    def lacking(self) -> list[int]:
        """The keys of those that lack something."""
        return [pk for pk, one in self.progress.items() if one.missing]

    @property
    def by_type(self) -> list[Tally]:
        """Every type, those without a candidature included."""
        found = self._tallies(lambda one: (one.candidate_type, ""))
        return [
            Tally(kind.value, kind.label, *found.get((kind.value, ""), (0, 0)))
            for kind in CandidateType
        ]

    @property
    def most_of_a_type(self) -> int:
        return max(tally.started for tally in self.by_type)

    @property
    def by_department(self) -> list[Tally]:
        """Those with a candidature, the most of them first."""
        found = self._tallies(lambda one: (one.territory.department_id, _name(one)))
        tallies = [Tally(code, name, *figures) for (code, name), figures in found.items()]
        return sorted(tallies, key=lambda tally: (-tally.started, tally.key))

    @property
    def departments(self) -> list[tuple[str, str]]:
        """Code and name of those with a candidature, by code."""
        return sorted({(one.territory.department_id, _name(one)) for one in self.candidatures})

    @property
    def regions(self) -> list[tuple[str, str]]:
        regions = (one.territory.department.region for one in self.candidatures)
        return sorted({(region.code, region.name) for region in regions}, key=lambda one: one[1])

    def at_stage(self, stage: Stage) -> int:
        return sum(one.stage == stage for one in self.progress.values())

    def of(self, candidature: Candidature) -> Progress:
        return self.progress[candidature.pk]

    def listed(self) -> CandidatureQuerySet:
        """The same as a list that can be narrowed, and ordered by how far each is."""
        return (
            Candidature.objects.of_edition(self.edition)
            .with_details()
            .annotate(initiative_count=Count("initiatives"), percent=self._percent())
        )

    def _percent(self) -> Case:
        groups: dict[int, list[int]] = defaultdict(list)
        for pk, one in self.progress.items():
            groups[one.percent].append(pk)
        whens = (When(pk__in=pks, then=Value(percent)) for percent, pks in groups.items())
        return Case(*whens, default=Value(100), output_field=IntegerField())

    def _tallies(
        self, key_of: Callable[[Candidature], tuple[str, str]]
    ) -> dict[tuple[str, str], tuple[int, int]]:
        groups: dict[tuple[str, str], list[Candidature]] = defaultdict(list)
        for one in self.candidatures:
            groups[key_of(one)].append(one)
        return {key: (len(group), _deposited(group)) for key, group in groups.items()}


def following(edition: Edition, *, at: datetime) -> Following:
    """Four queries."""
    candidatures = list(Candidature.objects.of_edition(edition).with_details())
    return Following(edition, candidatures, progress_of(candidatures, at=at))


def _name(candidature: Candidature) -> str:
    return str(candidature.territory.department)


def _deposited(candidatures: Iterable[Candidature]) -> int:
    return sum(one.is_deposited for one in candidatures)
