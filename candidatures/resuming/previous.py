"""Which candidature comes before this one, and whether there is anything to resume."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.models import Candidature
from candidatures.resuming.answers import RESUMABLE, deposited
from candidatures.resuming.practices import sources


def previous(candidature: Candidature) -> Candidature | None:
    """The last one that the same territory deposited, to an earlier edition. One query."""
    return (
        Candidature.objects.deposited()
        .filter(territory=candidature.territory_id, edition__year__lt=candidature.edition.year)
        .select_related("edition", "territory__department")
        .order_by("-edition__year")
        .first()
    )


@dataclass(frozen=True)
class Offer:
    """What there is to resume: from which candidature, how many answers and practices."""

    earlier: Candidature | None
    answers: int
    practices: int
    examined: int

    @property
    def is_examined(self) -> bool:
        return self.examined == self.practices


def offer(candidature: Candidature) -> Offer | None:
    """None when the territory never deposited before nor has any sheet. Six queries at most."""
    earlier = previous(candidature)
    found = sources(candidature, earlier)
    if earlier is None and not found:
        return None
    given = deposited(earlier) if earlier else {}
    return Offer(
        earlier=earlier,
        answers=sum(one.question.kind in RESUMABLE for one in given.values()),
        practices=len(found),
        examined=sum(one.resumption is not None for one in found),
    )
