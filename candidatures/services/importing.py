"""Adding the actions of a file, all of them or none, and once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from candidatures.models import Candidature, Initiative
from candidatures.services.candidature import record, take_in_hand, touch
from candidatures.services.content import append
from candidatures.spelling import fold
from labels.models import DigitalService
from villes_internet.french import plural
from villes_internet.users.models import User


@dataclass(frozen=True)
class Imported:
    """How many actions were added and left aside; not `is_new` when it was done before."""

    added: int = 0
    left_aside: int = 0
    is_new: bool = True


@transaction.atomic
def import_initiatives(
    candidature: Candidature,
    *,
    actions: Sequence[tuple[Initiative, Sequence[DigitalService]]],
    doubling: Collection[str],
    source: str,
    reference: str,
    by: User,
    at: datetime,
) -> Imported:
    """Add the actions, validated and not saved yet, at the end of the dossier, in their order.

    Those whose title is already in the dossier are left aside, but for the titles (folded) that the
    person knows and wants twice: `doubling`. `source` is the name of the file. The journal keeps
    the reference: a second call with it changes nothing.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    mark = f"(import {reference})"
    if locked.journal.filter(what__endswith=mark).exists():
        return Imported(is_new=False)
    known = {fold(title) for title in locked.initiatives.values_list("title", flat=True)}
    known -= set(doubling)
    taken = [
        (initiative, services)
        for initiative, services in actions
        if fold(initiative.title) not in known
    ]
    if taken:
        append(locked, [(one, [service.pk for service in linked]) for one, linked in taken])
        count = len(taken)
        what = f"{count} action{plural(count)} ajoutée{plural(count)} depuis « {source} » {mark}"
        record(locked, what, by=by, at=at)
        touch(locked, at=at)
    return Imported(added=len(taken), left_aside=len(actions) - len(taken))
