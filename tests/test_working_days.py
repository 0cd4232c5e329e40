"""The days on which France works."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villes_internet.working_days import easter, holidays, is_working, working_day_until

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    ["2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2026-04-05", "2027-03-28",
     "2038-04-25", "2049-04-18", "2076-04-19"],
)  # fmt: skip
def test_easter_falls_on_its_day(sunday: str) -> None:
    day = date.fromisoformat(sunday)
    assert easter(day.year) == day


@given(year=st.integers(1900, 2199))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_holidays_of_a_year() -> None:
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 8),
        date(2027, 5, 17),
        date(2027, 7, 14),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
        date(2027, 12, 25),
    ]


@given(day=DAYS)
def test_the_last_working_day_is_near_and_nothing_is_worked_in_between(day: date) -> None:
    found = working_day_until(day)
    assert is_working(found)
    assert day - timedelta(days=5) < found <= day
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]
    assert not any(map(is_working, between))
