"""What the pages of a candidature show, gathered in a constant number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from candidatures.completeness import missing
from candidatures.models import Answer, Candidature, Deposit, Question, Result
from candidatures.permissions import why_not_write
from labels.models import Edition
from labels.mosaic import Mosaic, mosaic
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


def startable(user: User, *, at: datetime) -> list[tuple[Territory, Edition]]:
    """The territories of this person that have no candidature yet to an open edition."""
    territories = list(
        Territory.objects.for_user(user).current().select_related("department").order_by("sort_key")
    )
    editions = list(Edition.objects.open(at=at).latest_first())
    taken = set(
        Candidature.objects.filter(territory__in=territories, edition__in=editions).values_list(
            "territory_id", "edition_id"
        )
    )
    return [
        (territory, edition)
        for edition in editions
        for territory in territories
        if (territory.pk, edition.pk) not in taken
    ]


def mosaic_of(candidature: Candidature) -> Mosaic:
    """The mosaïque as the initiatives of this candidature draw it."""
    initiatives = candidature.initiatives.prefetch_related("services__theme")
    return mosaic(
        candidature.edition,
        [
            [service.theme.code for service in initiative.services.all()]
            for initiative in initiatives
        ],
    )


def sections_of(candidature: Candidature) -> list[dict[str, Any]]:
    """Each section of the questionnaire with how many of its questions are answered."""
    answered = set(
        Answer.objects.filter(candidature=candidature)
        .exclude(value="")
        .values_list("question_id", flat=True)
    )
    candidate_type = candidature.edition.candidate_type_of(candidature.territory)
    sections: dict[int, dict[str, Any]] = {}
    for question in Question.objects.asked(candidature.edition, candidate_type):
        section = sections.setdefault(
            question.section_id, {"section": question.section, "total": 0, "answered": 0}
        )
        section["total"] += 1
        section["answered"] += question.pk in answered
    return list(sections.values())


def of(candidature: Candidature, *, at: datetime) -> dict[str, Any]:
    """The context of the overview page."""
    return {
        "candidature": candidature,
        "edition": candidature.edition,
        "phase": candidature.edition.phase(at=at),
        "why_not": why_not_write(candidature, at=at),
        "sections": sections_of(candidature),
        "initiatives": candidature.initiatives.in_order(),
        "attachments": candidature.attachments.order_by("pk"),
        "mosaic": mosaic_of(candidature),
        "missing": missing(candidature),
        "journal": candidature.journal.select_related("by").order_by("-at", "-pk")[:15],
        "deposit": Deposit.objects.filter(candidature=candidature)
        .select_related("deposited_by")
        .defer("snapshot", "perimeter")
        .first(),
        "result": Result.objects.filter(candidature=candidature)
        .select_related("award")
        .prefetch_related("award__mentions")
        .first(),
    }
