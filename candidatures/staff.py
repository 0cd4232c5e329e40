"""What candidatures shows of an edition to the staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from candidatures.campaign import Campaign, campaigns, threads_waiting
from labels.course import course
from labels.models import Edition
from villes_internet.french import plural
from villes_internet.staff.panels import Figure, Panel


def edition_panels(editions: Sequence[Edition], *, at: datetime) -> dict[int, list[Panel]]:
    """Two queries."""
    found, waiting = campaigns(editions), threads_waiting(editions)
    return {
        edition.pk: [
            _questionnaire(edition),
            _rules(edition),
            _candidatures(edition, found[edition.pk], at),
            _messages(edition, waiting[edition.pk]),
        ]
        for edition in editions
    }


def _questionnaire(edition: Edition) -> Panel:
    return Panel(
        title="Questionnaire",
        url=reverse("questionnaire:outline", args=[edition.year]),
        description="Ce qui est demandé, à qui, et à quelle condition.",
    )


def _rules(edition: Edition) -> Panel:
    return Panel(
        title="Dépôt",
        url=reverse("depositing:rules", args=[edition.year]),
        description="Les engagements à accepter, les conditions d’admission.",
    )


def _candidatures(edition: Edition, campaign: Campaign, at: datetime) -> Panel:
    started, deposited = campaign.started, campaign.deposited
    return Panel(
        title="Candidatures",
        url=reverse("candidatures_staff:candidatures", args=[edition.year]),
        description="Où en est chaque dossier.",
        figures=(
            Figure(
                value=started,
                label=f"candidature{plural(started)} commencée{plural(started)}",
                note=_types(campaign.by_type),
            ),
            Figure(
                value=deposited,
                label=f"déposée{plural(deposited)}",
                note=_types(campaign.deposited_by_type),
            ),
        ),
        attention=_late(campaign) if course(edition, at=at).is_pressing else "",
    )


def _messages(edition: Edition, waiting: int) -> Panel:
    return Panel(
        title="Messages",
        url=reverse("candidatures_staff:threads", args=[edition.year]),
        description="Ce que les collectivités vous écrivent.",
        attention=(
            f"{waiting} collectivité{plural(waiting)} attend{plural(waiting, ',ent')} une réponse"
            if waiting
            else ""
        ),
    )


def _types(by_type: dict[str, int]) -> str:
    """« 12 villes, 4 villages »."""
    return ", ".join(f"{count} {name}{plural(count)}" for name, count in by_type.items() if count)


def _late(campaign: Campaign) -> str:
    drafts = campaign.started - campaign.deposited
    if not drafts:
        return ""
    return f"{drafts} candidature{plural(drafts)} à déposer avant la date limite"
