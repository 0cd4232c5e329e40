"""What the staff do something with: the candidatures that they ticked, or all that they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from candidatures.filters import CandidatureFilter
from candidatures.following import following
from candidatures.models import Candidature
from labels.models import Edition
from villes_internet.french import number, plural

TICKED = "c"  # in the address, once for each
ALL = "Toutes les candidatures"


@dataclass(frozen=True)
class Selection:
    """The candidatures by name, and in words why these: « Type : ville, État : déposée »."""

    candidatures: list[Candidature]
    words: str

    @property
    def keys(self) -> list[int]:
        return [one.pk for one in self.candidatures]


def selection(edition: Edition, asked: QueryDict, *, at: datetime) -> Selection:
    """Those that were ticked on the list, else those that its criteria leave. Five queries."""
    narrowed = CandidatureFilter(asked, following=following(edition, at=at))
    candidatures = list(narrowed.qs.by_name())
    ticked = {key for key in asked.getlist(TICKED) if key.isdecimal()}
    if ticked:
        candidatures = [one for one in candidatures if str(one.pk) in ticked]
        count = len(candidatures)
        said = f"{number(count)} candidature{plural(count)} choisie{plural(count)} une à une"
        return Selection(candidatures, said)
    words = (f"{one.label}\N{NO-BREAK SPACE}: {one.value}" for one in narrowed.criteria)
    return Selection(candidatures, ", ".join(words) or ALL)
