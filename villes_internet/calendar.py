"""Civil days in Paris, whatever the season and wherever the server stands."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

# By code of département or overseas collectivity. Tahiti's clocks stand for all of Polynesia.
OVERSEAS = {
    "971": ZoneInfo("America/Guadeloupe"),
    "972": ZoneInfo("America/Martinique"),
    "973": ZoneInfo("America/Cayenne"),
    "974": ZoneInfo("Indian/Reunion"),
    "975": ZoneInfo("America/Miquelon"),
    "976": ZoneInfo("Indian/Mayotte"),
    "977": ZoneInfo("America/St_Barthelemy"),
    "978": ZoneInfo("America/Marigot"),
    "986": ZoneInfo("Pacific/Wallis"),
    "987": ZoneInfo("Pacific/Tahiti"),
    "988": ZoneInfo("Pacific/Noumea"),
}


def start_of(day: date) -> datetime:
    """Midnight in Paris at which `day` begins."""
    return datetime.combine(day, time.min, tzinfo=PARIS)


def end_of(day: date) -> datetime:
    """Midnight in Paris at which `day` is over: the first instant that no longer belongs to it."""
    return start_of(day + timedelta(days=1))


def day_of(at: datetime) -> date:
    """The day it is in Paris at that instant."""
    return at.astimezone(PARIS).date()


def zone_of(department: str) -> ZoneInfo:
    """The clocks of a territory, from the code of its département."""
    return OVERSEAS.get(department, PARIS)
