"""What labels shows on the staff's home page."""

from django.urls import reverse

from labels.models import Edition
from villes_internet.staff.panels import Panel


def panels() -> list[Panel]:
    return [
        Panel(
            title="Éditions",
            url=reverse("labels_staff:editions"),
            description="Calendrier, référentiel, mentions, candidatures et jury.",
            count=Edition.objects.count(),
        )
    ]
