"""What the staff's home page says of rattachements."""

from django.urls import reverse

from villes_internet.staff.panels import Panel
from villes_internet.territories.models import Membership


def panels() -> list[Panel]:
    waiting = Membership.objects.requested().count()
    plural = "s" if waiting > 1 else ""
    return [
        Panel(
            title="Rattachements",
            url=reverse("territories_staff:memberships"),
            description="Qui agit pour quelle collectivité, et les demandes à accepter.",
            count=waiting,
            attention=f"{waiting} demande{plural} en attente" if waiting else "",
        )
    ]
