"""The days on which France works: neither a Saturday, nor a Sunday, nor one of its holidays."""

from datetime import date, timedelta
from functools import cache


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the « anonymous » computus."""
    lunar = year % 19
    century, of_century = divmod(year, 100)
    corrected = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * lunar + century - century // 4 - corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (lunar + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The eleven of the whole country (Code du travail, L3133-1)."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    monday, ascension, whit_monday = (sunday + timedelta(days=days) for days in (1, 39, 50))
    return frozenset({date(year, *day) for day in fixed} | {monday, ascension, whit_monday})


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def working_day_until(day: date) -> date:
    """That day when it is worked, else the last one that was before it."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day
