"""The dates of an edition as events of a calendar."""

from datetime import date

from django.conf import settings

from labels.models import Edition
from villes_internet.french import day
from villes_internet.ics import Event


def public_events(edition: Edition) -> list[Event]:
    """What all may know of it: when candidatures open and close."""
    label = f"label Territoires, Villes et Villages Internet {edition.year}"
    url = f"{settings.SITE_URL}/"
    return [
        Event(
            key=f"edition-{edition.year}-opening",
            title=f"Ouverture des candidatures au {label}",
            when=edition.opens_on,
            description="Toute commune ou intercommunalité peut candidater.",
            url=url,
        ),
        Event(
            key=f"edition-{edition.year}-closing",
            title=f"Date limite des candidatures au {label}",
            when=edition.closes_at,
            description=until(edition.closes_on),
            url=url,
        ),
    ]


def until(last_day: date) -> str:
    """« À déposer jusqu’au 15 novembre 2026, 23 h 59 (heure de Paris). »."""
    return f"À déposer jusqu’au {day(last_day)}, 23\u202fh\u202f59 (heure de Paris)."
