"""Starting a candidature, and taking it in hand to write it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from candidatures.models import Candidature, CandidatureEntry
from candidatures.permissions import READS_ONLY, can_start, why_closed
from labels.models import Edition
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


def start(*, territory: Territory, edition: Edition, by: User, at: datetime) -> Candidature:
    """Open the territory's candidature to the edition.

    Raises Refusal when the edition takes none, when the territory is no more, or when it has one;
    Forbidden to those who only read.
    """
    if not can_start(by, territory):
        raise Forbidden(READS_ONLY)
    if not edition.takes_candidatures(at=at):
        raise Refusal("Cette édition ne reçoit pas de candidature en ce moment.")
    if territory.vanished_on is not None:
        raise Refusal("Cette collectivité n’existe plus : sa successeure peut candidater.")
    try:
        with transaction.atomic():
            candidature = Candidature.objects.create(
                edition=edition,
                territory=territory,
                candidate_type=edition.candidate_type_of(territory),
                created_at=at,
                created_by=by,
                updated_at=at,
            )
            record(candidature, "Candidature commencée", by=by, at=at)
    except IntegrityError as error:
        raise Refusal("Cette collectivité a déjà une candidature à cette édition.") from error
    return candidature


def take_in_hand(candidature: Candidature, *, by: User, at: datetime) -> Candidature:
    """Lock the candidature's row for the rest of the transaction, to write its content.

    Raises Refusal when it is deposited, or when its time is over; Forbidden to those who only
    read; Candidature.DoesNotExist to those who are not of its territory.
    """
    writes = Territory.objects.written_by(by).filter(pk=OuterRef("territory"))
    locked = (
        Candidature.objects.for_user(by)
        .select_for_update(of=("self",))
        .select_related("edition", "territory__department")
        .annotate(may_write=Exists(writes))
        .get(pk=candidature.pk)
    )
    if not locked.may_write:  # type: ignore[attr-defined]
        raise Forbidden(READS_ONLY)
    if refusal := why_closed(locked, at=at):
        raise Refusal(refusal)
    return locked


def hold(pk: int) -> Candidature:
    """Lock the candidature's row for the rest of the transaction, whoever asks and whatever its
    state.
    """
    return (
        Candidature.objects.select_for_update(of=("self",))
        .select_related("edition", "territory__department")
        .get(pk=pk)
    )


def touch(candidature: Candidature, *, at: datetime) -> None:
    Candidature.objects.filter(pk=candidature.pk).update(updated_at=at)


def record(candidature: Candidature, what: str, *, by: User | None, at: datetime) -> None:
    CandidatureEntry.objects.create(candidature=candidature, what=what[:300], by=by, at=at)
