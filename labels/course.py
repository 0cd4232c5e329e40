"""The course of an edition: its four steps, the one where it stands, and how long that lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from labels.choices import Phase
from labels.models import Edition
from villes_internet.calendar import day_of

PRESSING = 7  # days before the deadline


@dataclass(frozen=True)
class Step:
    """One part of the year, both days included; the last one has no end.

    `state` is "done", "current" or "todo"; the current step is the first that is not over, even
    when it has not begun.
    """

    label: str
    starts_on: date
    ends_on: date | None
    state: str


@dataclass(frozen=True)
class Course:
    """`days_left` counts the days to `until`, and is 0 on the day itself.

    Both are None once nothing more is awaited. `towards` ends the sentence « 12 jours … ».
    """

    phase: Phase
    steps: tuple[Step, ...]
    until: date | None
    days_left: int | None
    towards: str

    @property
    def takes_candidatures(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def is_pressing(self) -> bool:
        """The deadline for depositing is near."""
        return self.takes_candidatures and self.days_left is not None and self.days_left <= PRESSING


def course(edition: Edition, *, at: datetime) -> Course:
    phase = edition.phase(at=at)
    until, towards = _ahead(edition, phase)
    days_left = (until - day_of(at)).days if until else None
    return Course(phase, _steps(edition, phase), until, days_left, towards)


def _ahead(edition: Edition, phase: Phase) -> tuple[date | None, str]:
    """The day that is awaited, and the words that follow « 12 jours »."""
    match phase:
        case Phase.PREPARATION:
            return edition.opens_on, "avant l’ouverture des candidatures"
        case Phase.OPEN:
            return edition.closes_on, "pour déposer"
        case Phase.CLOSED:
            return edition.reading_starts_on, "avant la lecture par le jury"
        case Phase.READING:
            return edition.deliberates_on, "avant la délibération du jury"
        case Phase.DELIBERATION:
            return edition.ceremony_on, "avant la cérémonie"
        case _:
            return None, ""


def _steps(edition: Edition, phase: Phase) -> tuple[Step, ...]:
    eve = timedelta(days=1)
    days: tuple[tuple[str, date, date | None], ...] = (
        ("Dépôt des candidatures", edition.opens_on, edition.closes_on),
        ("Lecture par le jury", edition.reading_starts_on, edition.deliberates_on - eve),
        ("Délibération", edition.deliberates_on, edition.ceremony_on - eve),
        ("Cérémonie et proclamation", edition.ceremony_on, None),
    )
    here = {
        Phase.PREPARATION: 0,
        Phase.OPEN: 0,
        Phase.CLOSED: 1,
        Phase.READING: 1,
        Phase.DELIBERATION: 2,
        Phase.CEREMONY: 3,
        Phase.PROCLAIMED: len(days),
    }[phase]
    return tuple(
        Step(label, starts_on, ends_on, _state(rank, here))
        for rank, (label, starts_on, ends_on) in enumerate(days)
    )


def _state(rank: int, here: int) -> str:
    if rank == here:
        return "current"
    return "done" if rank < here else "todo"
