"""The three editions of the demonstration, placed around the day it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from villes_internet.calendar import day_of

CEREMONY_MONTH, CEREMONY_DAY = 2, 4


@dataclass(frozen=True)
class Calendar:
    """The days of one edition, as `labels.models.Edition` names them."""

    year: int
    opens_on: date
    closes_on: date
    reading_starts_on: date
    deliberates_on: date
    ceremony_on: date


def proclaimed(at: datetime) -> Calendar:
    """The latest edition whose ceremony, early in February, has taken place."""
    today = day_of(at)
    year = today.year if today >= date(today.year, CEREMONY_MONTH, CEREMONY_DAY) else today.year - 1
    return Calendar(
        year,
        opens_on=date(year - 1, 3, 3),
        closes_on=date(year - 1, 11, 16),
        reading_starts_on=date(year - 1, 11, 17),
        deliberates_on=date(year - 1, 12, 5),
        ceremony_on=date(year, CEREMONY_MONTH, CEREMONY_DAY),
    )


def before_jury(at: datetime) -> Calendar:
    """The next one: candidatures closed a week ago, the jury is reading."""
    return _around(at, year=proclaimed(at).year + 1, closes_in=-8)


def open_to_candidatures(at: datetime) -> Calendar:
    """The one after: candidatures open for six more weeks."""
    return _around(at, year=proclaimed(at).year + 2, closes_in=42)


def _around(at: datetime, *, year: int, closes_in: int) -> Calendar:
    closes_on = day_of(at) + timedelta(days=closes_in)
    return Calendar(
        year,
        opens_on=closes_on - timedelta(days=240),
        closes_on=closes_on,
        reading_starts_on=closes_on + timedelta(days=4),
        deliberates_on=closes_on + timedelta(days=25),
        ceremony_on=closes_on + timedelta(days=80),
    )
