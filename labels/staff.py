"""What labels shows on the staff's home page, and on an edition's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from labels.course import course
from labels.models import Edition, Mention, Theme
from villes_internet.french import plural
from villes_internet.staff.panels import Figure, Panel, Round, offered_edition_panels


def panels() -> list[Panel]:
    count = Edition.objects.count()
    return [
        Panel(
            title="Éditions",
            url=reverse("labels_staff:editions"),
            description="Calendrier, référentiel, mentions, candidatures et jury.",
            figures=(Figure(value=count, label=f"édition{plural(count)}"),),
        )
    ]


def rounds(*, at: datetime) -> list[Round]:
    """Those whose results are not public yet, the latest first."""
    editions = list(Edition.objects.under_way().latest_first())
    doors = offered_edition_panels(editions, at=at)
    return [
        Round(
            title=f"Label {edition.year}",
            url=reverse("labels_staff:edition", args=[edition.year]),
            course=course(edition, at=at),
            panels=doors[edition.pk],
        )
        for edition in editions
    ]


def edition_panels(editions: Sequence[Edition], *, at: datetime) -> dict[int, list[Panel]]:
    """Two queries."""
    themes = {
        edition: (themes, services)
        for edition, themes, services in Theme.objects.filter(edition__in=editions)
        .values_list("edition")
        .annotate(count=Count("pk", distinct=True), service_count=Count("services"))
    }
    mentions = {
        edition: (mentions, green)
        for edition, mentions, green in Mention.objects.filter(edition__in=editions)
        .values_list("edition")
        .annotate(count=Count("pk"), green_count=Count("pk", Q(green=True)))
    }
    return {
        edition.pk: [
            _referentiel(edition, *themes.get(edition.pk, (0, 0))),
            _mentions(edition, *mentions.get(edition.pk, (0, 0))),
        ]
        for edition in editions
    }


def _referentiel(edition: Edition, themes: int, services: int) -> Panel:
    return Panel(
        title="Référentiel",
        url=reverse("labels_staff:referentiel", args=[edition.year]),
        description=f"{themes} enjeu{plural(themes, ',x')} et "
        f"{services} service{plural(services)} numérique{plural(services)}.",
    )


def _mentions(edition: Edition, mentions: int, green: int) -> Panel:
    verte = ", dont celle de l’arobase verte" if green else ""
    return Panel(
        title="Mentions",
        url=reverse("labels_staff:mentions", args=[edition.year]),
        description=f"{mentions} mention{plural(mentions)} thématique{plural(mentions)}{verte}.",
    )
