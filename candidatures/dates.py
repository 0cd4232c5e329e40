"""The dates of a candidature as events of its agents' calendars."""

from django.conf import settings
from django.urls import reverse

from candidatures.models import Candidature
from labels.dates import until
from villes_internet.calendar import end_of
from villes_internet.ics import Event


def events(candidature: Candidature) -> list[Event]:
    """Its own deadline until it is deposited, and the ceremony, whose day its pages tell."""
    year, name = candidature.edition.year, candidature.territory.name
    url = settings.SITE_URL + reverse("candidatures:detail", args=[candidature.pk])
    deadline = Event(
        key=f"candidature-{candidature.pk}-closing",
        title=f"Label {year} : date limite de la candidature de {name}",
        when=end_of(candidature.last_day),
        description=until(candidature.last_day),
        url=url,
    )
    ceremony = Event(
        key=f"candidature-{candidature.pk}-ceremony",
        title=f"Label {year} : cérémonie et proclamation des résultats",
        when=candidature.edition.ceremony_on,
        description=f"Le résultat de {name} y est proclamé.",
        url=url,
    )
    return [ceremony] if candidature.is_deposited else [deadline, ceremony]
