"""Where an edition stands in its year, and how many days that lasts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from labels.course import PRESSING, course
from labels.models import Edition
from villes_internet.calendar import end_of, start_of

DONE, CURRENT, TODO = "done", "current", "todo"


@pytest.fixture
def edition() -> Edition:
    return Edition(
        year=2027,
        opens_on=date(2026, 3, 3),
        closes_on=date(2026, 11, 15),
        reading_starts_on=date(2026, 11, 18),
        deliberates_on=date(2026, 12, 4),
        ceremony_on=date(2027, 2, 4),
    )


@pytest.mark.parametrize(
    ("today", "days_left", "towards", "states"),
    [
        (date(2026, 2, 1), 30, "avant l’ouverture des candidatures", [CURRENT, TODO, TODO, TODO]),
        (date(2026, 3, 3), 257, "pour déposer", [CURRENT, TODO, TODO, TODO]),
        (date(2026, 11, 14), 1, "pour déposer", [CURRENT, TODO, TODO, TODO]),
        (date(2026, 11, 15), 0, "pour déposer", [CURRENT, TODO, TODO, TODO]),
        (date(2026, 11, 16), 2, "avant la lecture par le jury", [DONE, CURRENT, TODO, TODO]),
        (date(2026, 11, 18), 16, "avant la délibération du jury", [DONE, CURRENT, TODO, TODO]),
        (date(2026, 12, 4), 62, "avant la cérémonie", [DONE, DONE, CURRENT, TODO]),
        (date(2027, 2, 4), None, "", [DONE, DONE, DONE, CURRENT]),
    ],
)
def test_the_days_are_counted_to_the_next_step(
    edition: Edition, today: date, days_left: int | None, towards: str, states: list[str]
) -> None:
    found = course(edition, at=start_of(today) + timedelta(hours=12))
    assert (found.days_left, found.towards) == (days_left, towards)
    assert [step.state for step in found.steps] == states


def test_the_last_second_of_the_closing_day_is_still_that_day(edition: Edition) -> None:
    last = end_of(edition.closes_on) - timedelta(seconds=1)
    assert course(edition, at=last).days_left == 0


def test_once_proclaimed_everything_is_done(edition: Edition) -> None:
    edition.proclaimed_at = datetime(2027, 2, 4, 18, tzinfo=UTC)
    found = course(edition, at=edition.proclaimed_at)
    assert {step.state for step in found.steps} == {DONE}
    assert (found.until, found.days_left) == (None, None)


@pytest.mark.parametrize(("days", "pressing"), [(PRESSING + 1, False), (PRESSING, True), (0, True)])
def test_the_deadline_presses_in_its_last_week(edition: Edition, days: int, pressing: bool) -> None:
    at = start_of(edition.closes_on - timedelta(days=days))
    assert course(edition, at=at).is_pressing is pressing


def test_nothing_presses_for_those_who_read(edition: Edition) -> None:
    assert not course(edition, at=start_of(date(2026, 12, 3))).is_pressing
