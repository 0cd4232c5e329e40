"""What the jury's decision becomes for the territory, once proclaimed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from candidatures.models import Candidature, Result
from candidatures.services.candidature import record
from labels.models import Award
from villes_internet.mail import services as mail
from villes_internet.territories.models import Membership


def return_results(candidature: Candidature, *, award: Award, letter: str, at: datetime) -> Result:
    """Give the territory its award and the jury's word, and tell its référent·e·s.

    Called by the proclamation, within its transaction.
    """
    result = Result.objects.create(
        candidature=candidature, award=award, letter=letter, returned_at=at
    )
    record(candidature, "Résultat rendu", by=None, at=at)
    url = settings.SITE_URL + reverse("candidatures:detail", args=[candidature.pk])
    referents = Membership.objects.active().referents().filter(territory=candidature.territory)
    for email in referents.people().values_list("email", flat=True):
        mail.queue(
            key=f"result:{result.pk}:{email}",
            to=email,
            template="candidatures/emails/result",
            context={"result": result, "award": award, "url": url},
            at=at,
        )
    return result
