"""How the campaign of an edition goes: what the staff follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from candidatures.choices import CandidatureState
from candidatures.models import Candidature, ThreadMessage
from labels.choices import CandidateType
from labels.models import Edition


@dataclass(frozen=True)
class Campaign:
    """How many candidatures to an edition are started, and how many of them deposited, by type."""

    by_type: dict[str, int]
    deposited_by_type: dict[str, int]

    @property
    def started(self) -> int:
        return sum(self.by_type.values())

    @property
    def deposited(self) -> int:
        return sum(self.deposited_by_type.values())

    @property
    def most_of_a_type(self) -> int:
        return max(self.by_type.values())


def campaign(edition: Edition) -> Campaign:
    """One query."""
    return campaigns([edition])[edition.pk]


def campaigns(editions: Sequence[Edition]) -> dict[int, Campaign]:
    """That of each edition, by its primary key; one query."""
    rows = (
        Candidature.objects.filter(edition__in=editions)
        .values_list("edition", "candidate_type")
        .annotate(started=Count("pk"), deposited=Count("pk", Q(state=CandidatureState.DEPOSITED)))
    )
    started: dict[tuple[int, str], int] = {}
    deposited: dict[tuple[int, str], int] = {}
    for edition, kind, started_count, deposited_count in rows:
        started[edition, kind], deposited[edition, kind] = started_count, deposited_count
    return {
        edition.pk: Campaign(_by_type(started, edition), _by_type(deposited, edition))
        for edition in editions
    }


def threads_waiting(editions: Sequence[Edition]) -> dict[int, int]:
    """How many territories wait for an answer of the staff, by edition; one query."""
    rows = (
        ThreadMessage.objects.filter(candidature__edition__in=editions)
        .unanswered()
        .values_list("candidature__edition")
        .annotate(Count("candidature", distinct=True))
    )
    return {edition.pk: 0 for edition in editions} | dict(rows)


def _by_type(counted: dict[tuple[int, str], int], edition: Edition) -> dict[str, int]:
    """Every type by its name, those without a candidature included."""
    return {kind.label: counted.get((edition.pk, kind.value), 0) for kind in CandidateType}
