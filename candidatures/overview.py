"""What the pages of a candidature show, gathered in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from candidatures.admission import standings, why_not_admitted
from candidatures.approval import agreement_now
from candidatures.asking import asked
from candidatures.choices import Side
from candidatures.completeness import missing, missing_of
from candidatures.deadline import course_of
from candidatures.models import (
    Candidature,
    Condition,
    Correction,
    Deposit,
    Initiative,
    Presence,
    Result,
    Section,
    SectionState,
    ThreadMessage,
)
from candidatures.permissions import why_closed, why_not_withdraw, why_not_write
from candidatures.reminders import next_reminder
from labels.choices import CandidateType
from labels.course import Course
from labels.models import DigitalService, Edition
from labels.mosaic import Mosaic, mosaic, weigh
from villes_internet.territories.choices import Role
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User


@dataclass(frozen=True)
class Startable:
    """A candidature that may be begun: for whom, to which edition, as what, on which conditions."""

    territory: Territory
    edition: Edition
    candidate_type: CandidateType
    conditions: list[Condition]


def startable(user: User, *, at: datetime) -> list[Startable]:
    """The territories this person writes for that have no candidature yet to an open edition."""
    territories = list(
        Territory.objects.written_by(user)
        .current()
        .select_related("department")
        .order_by("sort_key")
    )
    editions = list(Edition.objects.open(at=at).latest_first())
    taken = set(
        Candidature.objects.filter(territory__in=territories, edition__in=editions).values_list(
            "territory_id", "edition_id"
        )
    )
    conditions: dict[int, list[Condition]] = {edition.pk: [] for edition in editions}
    for condition in Condition.objects.filter(edition__in=editions, retired_at=None).order_by(
        "position", "pk"
    ):
        conditions[condition.edition_id].append(condition)
    return [
        Startable(territory, edition, edition.candidate_type_of(territory), conditions[edition.pk])
        for edition in editions
        for territory in territories
        if (territory.pk, edition.pk) not in taken
    ]


@dataclass(frozen=True)
class Folder:
    """A candidature in the list of its agent's: how far it is, and what is to be done.

    `missing` counts what lacks before the deposit, for a candidature that is open; `unread`, the
    messages of the staff that this person has not read; `to_correct`, the corrections asked for.
    """

    candidature: Candidature
    course: Course
    missing: int
    result: Result | None
    role: Role
    unread: int = 0
    to_correct: int = 0

    @property
    def can_write(self) -> bool:
        return self.role != Role.READER

    @property
    def can_deposit(self) -> bool:
        return self.role == Role.REFERENT

    @property
    def is_open(self) -> bool:
        return self.course.takes_candidatures and not self.candidature.is_deposited

    @property
    def is_under_way(self) -> bool:
        """Still written, or in the hands of the jury."""
        return self.is_open or (self.candidature.is_deposited and self.result is None)


@dataclass(frozen=True)
class Folders:
    """One's candidatures, each in the order given."""

    under_way: list[Folder]
    with_results: list[Folder]
    never_deposited: list[Folder]


def folders(user: User, candidatures: Sequence[Candidature], *, at: datetime) -> Folders:
    """At most eight queries."""
    results = {
        result.candidature_id: result
        for result in Result.objects.filter(candidature__in=candidatures)
        .select_related("award__edition")
        .prefetch_related("award__mentions")
    }
    lacking = missing_of([one for one in candidatures if one.is_open(at=at)])
    roles = dict(Membership.objects.active().filter(user=user).values_list("territory_id", "role"))
    unread = Counter(
        ThreadMessage.objects.filter(candidature__in=candidatures)
        .unread_by(user, side=Side.TERRITORY)
        .values_list("candidature", flat=True)
    )
    to_correct = Counter(
        Correction.objects.filter(deposit__candidature__in=candidatures)
        .open(at=at)
        .values_list("deposit__candidature", flat=True)
    )
    found = [
        Folder(
            candidature=candidature,
            course=course_of(candidature, at=at),
            missing=len(lacking.get(candidature.pk, [])),
            result=results.get(candidature.pk),
            role=Role(roles.get(candidature.territory_id, Role.READER)),
            unread=unread[candidature.pk],
            to_correct=to_correct[candidature.pk],
        )
        for candidature in candidatures
    ]
    return Folders(
        under_way=[folder for folder in found if folder.is_under_way],
        with_results=[folder for folder in found if folder.result],
        never_deposited=[
            folder for folder in found if not folder.is_under_way and not folder.result
        ],
    )


@dataclass(frozen=True)
class Presented:
    """An action of the dossier, with the services that it is linked to."""

    initiative: Initiative
    services: list[DigitalService]

    @property
    def themes(self) -> list[str]:
        """The enjeux that it touches, each once."""
        return list(dict.fromkeys(service.theme.name for service in self.services))


def presented(candidature: Candidature) -> list[Presented]:
    """Three queries."""
    initiatives = candidature.initiatives.in_order().prefetch_related(
        Prefetch("services", DigitalService.objects.in_order())
    )
    return [Presented(initiative, list(initiative.services.all())) for initiative in initiatives]


def mosaic_of(candidature: Candidature, actions: Iterable[Presented]) -> Mosaic:
    """The mosaïque as these actions of the candidature draw it."""
    return mosaic(
        candidature.edition,
        weigh(
            [(service.theme.code, service.code) for service in action.services]
            for action in actions
        ),
    )


@dataclass
class SectionRow:
    """A section of the questionnaire: how many of its questions are answered, and its state."""

    section: Section
    state: SectionState | None = None
    total: int = 0
    answered: int = 0


def sections_of(candidature: Candidature) -> list[SectionRow]:
    """Three queries."""
    states = {state.section_id: state for state in SectionState.objects.of(candidature)}
    rows: dict[int, SectionRow] = {}
    for one in asked(candidature):
        section = one.question.section
        row = rows.setdefault(section.pk, SectionRow(section, states.get(section.pk)))
        row.total += 1
        row.answered += bool(one.value)
    return list(rows.values())


def deposits_of(candidature: Candidature) -> dict[str, Any]:
    """The deposit that stands, and those that were taken back, the latest first. One query."""
    deposits = list(
        Deposit.objects.filter(candidature=candidature).without_dossiers().latest_first()
    )
    return {
        "deposit": next((one for one in deposits if one.stands), None),
        "withdrawn": [one for one in deposits if not one.stands],
    }


def of(candidature: Candidature, *, by: User, at: datetime) -> dict[str, Any]:
    """The context of the overview page, as this person may use it."""
    actions = presented(candidature)
    conditions = standings(candidature)
    return {
        "candidature": candidature,
        "edition": candidature.edition,
        "agreement": agreement_now(candidature, at=at) if candidature.is_open(at=at) else None,
        "candidate_type": candidature.edition.candidate_type_of(candidature.territory),
        "course": course_of(candidature, at=at),
        "others": Presence.objects.here(candidature, at=at).besides(by),
        "since": at.isoformat(),
        "why_closed": why_closed(candidature, at=at),
        "why_not": why_not_write(candidature, by=by, at=at),
        "why_not_withdraw": why_not_withdraw(candidature, at=at),
        "next_reminder": next_reminder(candidature, at=at),
        "sections": sections_of(candidature),
        "actions": actions,
        "attachments": candidature.attachments.in_order(),
        "mosaic": mosaic_of(candidature, actions),
        "missing": missing(candidature),
        "journal": candidature.journal.select_related("by").order_by("-at", "-pk")[:15],
        **deposits_of(candidature),
        "standings": conditions,
        "why_not_admitted": why_not_admitted(conditions),
        "result": Result.objects.filter(candidature=candidature)
        .select_related("award__edition")
        .prefetch_related("award__mentions")
        .first(),
    }
