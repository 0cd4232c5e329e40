"""Whether an action is one that the label takes: under two years old, or still running.

The rule is the règlement's [public description]. The day on which it is looked at is assumed: that
of the opening of the edition, the same for all candidates, and known before they write.
"""

from __future__ import annotations

from datetime import date

from labels.models import Edition
from villes_internet.french import day

RECENT_YEARS = 2


def why_too_old(started_on: date, ended_on: date | None, *, edition: Edition) -> str:
    """The sentence that says which of the two is missing; empty when the label takes it."""
    if ended_on is None or ended_on >= edition.opens_on or started_on > _oldest_start(edition):
        return ""
    return (
        "Le label accueille les actions de moins de deux ans, ou toujours en cours, à l’ouverture "
        f"de l’édition (le {day(edition.opens_on)}) : celle-ci a commencé le {day(started_on)} et "
        f"s’est terminée le {day(ended_on)}. Vérifiez ses dates, ou présentez une autre action."
    )


def _oldest_start(edition: Edition) -> date:
    """Two years before the opening, to the day; from 28 February when it is a leap day."""
    opened = edition.opens_on
    day_of_month = 28 if (opened.month, opened.day) == (2, 29) else opened.day
    return opened.replace(year=opened.year - RECENT_YEARS, day=day_of_month)
