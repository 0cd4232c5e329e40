"""Three editions for the demonstration: one proclaimed (later, by the jury), one read, one open."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from labels.models import Edition
from labels.services import create_edition
from villes_internet.calendar import start_of
from villes_internet.demo import years


@transaction.atomic
def load(*, at: datetime) -> None:
    """Create the editions unless there is one already."""
    if Edition.objects.exists():
        return
    for calendar in (years.proclaimed(at), years.before_jury(at), years.open_to_candidatures(at)):
        edition = Edition(**asdict(calendar))
        create_edition(edition, by=None, at=start_of(calendar.opens_on))
