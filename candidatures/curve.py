"""How candidatures and deposits add up until the deadline, beside those of the edition before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count as from_zero

from candidatures.choices import CandidatureState
from candidatures.models import Candidature, Deposit
from labels.models import Edition
from villes_internet.calendar import day_of
from villes_internet.french import number, plural

WIDTH, HEIGHT = 1000, 400  # units of the drawing, which is stretched to its place
STEPS = 4  # between the marks of an axis
# Days before the deadline at which the table stops: the last weeks are those that count.
STOPS = (240, 210, 180, 150, 120, 90, 75, 60, 45, 30, 21, 14, 7, 3, 1, 0)


@dataclass(frozen=True)
class Series:
    """What adds up; `days` are those before the deadline, the first event first.

    What came after the deadline, out of an extension, counts on its day.
    """

    name: str
    kind: str
    is_past: bool
    days: tuple[int, ...]

    def total(self, before: int) -> int:
        """How many there were at the end of that day."""
        return bisect_right(self.days, -before, key=lambda day: -day)


@dataclass(frozen=True)
class Line:
    """A series as it is drawn: the points of a polyline."""

    series: Series
    points: str


@dataclass(frozen=True)
class Stop:
    """A row of the table: each series by name; None where the day has not come yet."""

    before: int
    named: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Curve:
    """The lines, the marks of both axes from the first drawn to the last, and the same as a table.

    `today` is in days before the deadline while it is ahead, `here` the place of that day.
    """

    edition: Edition
    before: Edition | None
    lines: tuple[Line, ...]
    days: tuple[int, ...]
    figures: tuple[int, ...]
    stops: tuple[Stop, ...]
    today: int | None
    here: float | None

    @property
    def is_empty(self) -> bool:
        return not any(line.series.days for line in self.lines)

    @property
    def sentence(self) -> str:
        """« À 12 jours de la date limite : 40 commencées (38 en 2026, au même jour) et … »."""
        if self.today is None:
            return ""
        when = f"À {_days(self.today)} de la date limite" if self.today else "Le dernier jour"
        return f"{when}\N{NO-BREAK SPACE}: {self._said('started')} et {self._said('deposited')}."

    def _said(self, kind: str) -> str:
        own, *past = [
            line.series.total(self.today or 0) for line in self.lines if line.series.kind == kind
        ]
        word = "commencée" if kind == "started" else "déposée"
        said = f"{number(own)} {word}{plural(own)}"
        if self.before and past:
            said += f" ({number(past[0])} en {self.before.year}, au même jour)"
        return said


def curve(edition: Edition, *, at: datetime) -> Curve:
    """Three queries."""
    before = Edition.objects.filter(year__lt=edition.year).latest_first().first()
    editions = [edition, before] if before else [edition]
    series = list(_series(editions))
    today = (edition.closes_on - day_of(at)).days
    span = max((one.closes_on - one.opens_on).days for one in editions)
    span = _up_to(max([span, *(day for one in series for day in one.days)]), 10 * STEPS)
    top = _top(max(len(one.days) for one in series))
    until = max(today, 0)
    return Curve(
        edition=edition,
        before=before,
        lines=tuple(
            Line(one, _points(one, span, top, 0 if one.is_past else until)) for one in series
        ),
        days=tuple(span - rank * span // STEPS for rank in range(STEPS + 1)),
        figures=tuple(top - rank * top // STEPS for rank in range(STEPS + 1)),
        stops=tuple(
            Stop(
                stop,
                tuple(
                    (one.name, one.total(stop) if one.is_past or stop >= until else None)
                    for one in series
                ),
            )
            for stop in STOPS
            if stop <= span
        ),
        today=today if 0 <= today <= span else None,
        here=_across(today, span) if 0 <= today <= span else None,
    )


def _days(count: int) -> str:
    return f"{count} jour{plural(count)}"


def _series(editions: list[Edition]) -> Iterator[Series]:
    started = Candidature.objects.filter(edition__in=editions).values_list("edition", "created_at")
    deposited = (
        Deposit.objects.standing()
        .filter(candidature__edition__in=editions, candidature__state=CandidatureState.DEPOSITED)
        .values_list("candidature__edition", "deposited_at")
    )
    for name, kind, moments in (
        ("commencées", "started", list(started)),
        ("déposées", "deposited", list(deposited)),
    ):
        for edition in editions:
            own = (moment for pk, moment in moments if pk == edition.pk)
            yield Series(
                name=f"{name}, {edition.year}",
                kind=kind,
                is_past=edition != editions[0],
                days=_days_before(edition, own),
            )


def _days_before(edition: Edition, moments: Iterable[datetime]) -> tuple[int, ...]:
    days = ((edition.closes_on - day_of(moment)).days for moment in moments)
    return tuple(sorted((max(day, 0) for day in days), reverse=True))


def _points(series: Series, span: int, top: int, until: int) -> str:
    """Steps: flat until the day on which one more is there; up to `until` days before the end."""
    places = [(0.0, float(HEIGHT))]
    for day in dict.fromkeys(day for day in series.days if day >= until):
        across = _across(day, span)
        places += [(across, places[-1][1]), (across, _up(series.total(day), top))]
    places.append((_across(until, span), places[-1][1]))
    return " ".join(f"{across:.1f},{up:.1f}" for across, up in places)


def _across(before: int, span: int) -> float:
    return round(WIDTH * (span - before) / span, 1)


def _up(total: int, top: int) -> float:
    return HEIGHT * (1 - total / top)


def _up_to(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def _top(most: int) -> int:
    """The figure at the top of the axis, whose parts are round: 4, 8, 12, 20, 24, 40."""
    steps = (step * int(10**power) for power in from_zero() for step in (1, 2, 3, 5, 6))
    return STEPS * next(step for step in steps if STEPS * step >= most)
