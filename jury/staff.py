"""What jury shows on an edition's page."""

from django.urls import reverse

from jury.models import Juror
from labels.models import Edition
from villes_internet.staff.panels import Panel


def edition_panels(edition: Edition) -> list[Panel]:
    return [
        Panel(
            title="Jury",
            url=reverse("jury_staff:jury", args=[edition.year]),
            description="Qui siège, qui lit quoi, qui se déporte.",
            count=Juror.objects.filter(edition=edition).count(),
        ),
        Panel(
            title="Critères",
            url=reverse("jury_staff:criteria", args=[edition.year]),
            description="Ce que le jury note, et combien chaque note pèse.",
        ),
    ]
