"""What candidatures shows on an edition's page."""

from django.urls import reverse

from candidatures.models import Candidature
from labels.models import Edition
from villes_internet.staff.panels import Panel


def edition_panels(edition: Edition) -> list[Panel]:
    return [
        Panel(
            title="Candidatures",
            url=reverse("candidatures_staff:candidatures", args=[edition.year]),
            description="Où en est chaque dossier.",
            count=Candidature.objects.of_edition(edition).count(),
        )
    ]
