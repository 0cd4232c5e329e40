"""What the staff's home page says of rattachements."""

from django.urls import reverse

from villes_internet.french import plural
from villes_internet.staff.panels import Panel
from villes_internet.territories.models import Membership


def panels() -> list[Panel]:
    waiting = Membership.objects.requested().count()
    return [
        Panel(
            title="Rattachements",
            url=reverse("territories_staff:memberships"),
            description="Qui agit pour quelle collectivité, et les demandes à accepter.",
            attention=f"{waiting} demande{plural(waiting)} en attente" if waiting else "",
        )
    ]
