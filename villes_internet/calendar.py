"""Civil days in Paris, whatever the season and wherever the server stands."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def start_of(day: date) -> datetime:
    """Midnight in Paris at which `day` begins."""
    return datetime.combine(day, time.min, tzinfo=PARIS)


def end_of(day: date) -> datetime:
    """Midnight in Paris at which `day` is over: the first instant that no longer belongs to it."""
    return start_of(day + timedelta(days=1))


def day_of(at: datetime) -> date:
    """The day it is in Paris at that instant."""
    return at.astimezone(PARIS).date()
