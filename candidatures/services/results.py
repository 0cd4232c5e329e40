"""What the jury's decision becomes for the territory, once proclaimed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from atlaas.models import Sheet
from candidatures.models import Candidature, Initiative, Result, Resumption
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


def link_sheets(sheets: Mapping[Initiative, Sheet]) -> None:
    """Let each published action know its sheet, and so those taken from it for a later edition.

    Their own publication then updates that sheet. Called by the proclamation, within its
    transaction.
    """
    new = [initiative for initiative in sheets if initiative.source_sheet_id is None]
    _wait_for_decisions({initiative.candidature_id for initiative in new})
    taken = list(
        Resumption.objects.filter(earlier__in=new, sheet=None).select_related(
            "initiative", "earlier"
        )
    )
    for initiative in new:
        initiative.source_sheet = sheets[initiative]
    for resumption in taken:
        resumption.sheet = sheets[resumption.earlier]  # type: ignore[index]
        if resumption.initiative:
            resumption.initiative.source_sheet = resumption.sheet
    later = [one.initiative for one in taken if one.initiative]
    Initiative.objects.bulk_update([*new, *later], ["source_sheet"])
    Resumption.objects.bulk_update(taken, ["sheet"])


def _wait_for_decisions(published: Collection[int]) -> None:
    """Lock the later dossiers of these territories: none is being taken from them meanwhile."""
    territories = Candidature.objects.filter(pk__in=published).values("territory")
    others = Candidature.objects.filter(territory__in=territories).exclude(pk__in=published)
    list(others.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
