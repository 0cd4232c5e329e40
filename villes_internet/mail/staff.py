"""What the staff's home page says of letters."""

from django.urls import reverse
from django.utils import timezone

from villes_internet.french import plural
from villes_internet.mail.models import Message
from villes_internet.staff.panels import Panel


def panels() -> list[Panel]:
    waiting = Message.objects.needing_attention(timezone.now()).count()
    return [
        Panel(
            title="Courriers",
            url=reverse("mail:list"),
            description="Les messages envoyés par la plateforme, et ceux dont l’envoi est "
            "incertain ou a échoué.",
            attention=f"{waiting} courrier{plural(waiting)} à vérifier" if waiting else "",
        )
    ]
