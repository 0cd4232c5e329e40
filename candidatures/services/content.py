"""Writing the initiatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from candidatures import ordering
from candidatures.models import Candidature, Initiative
from candidatures.services.candidature import record, take_in_hand, touch
from labels.models import DigitalService
from villes_internet.users.models import User


@transaction.atomic
def add_initiative(
    candidature: Candidature,
    *,
    initiative: Initiative,
    services: Iterable[DigitalService],
    by: User,
    at: datetime,
) -> Initiative:
    """Add the initiative, validated and not saved yet, at the end of the dossier."""
    locked = take_in_hand(candidature, by=by, at=at)
    last = locked.initiatives.aggregate(last=Max("position"))["last"] or 0
    initiative.candidature, initiative.position = locked, last + 1
    initiative.save(force_insert=True)
    initiative.services.set(services)
    record(locked, f"Action ajoutée : {initiative.title}", by=by, at=at)
    touch(locked, at=at)
    return initiative


def append(candidature: Candidature, actions: Sequence[tuple[Initiative, Iterable[int]]]) -> None:
    """Add several at the end of the dossier, in this order, each with the keys of its services.

    Within the transaction of whoever holds the candidature; three queries, however many there are.
    """
    last = candidature.initiatives.aggregate(last=Max("position"))["last"] or 0
    for position, (initiative, _) in enumerate(actions, last + 1):
        initiative.candidature, initiative.position = candidature, position
    Initiative.objects.bulk_create([initiative for initiative, _ in actions])
    link = Initiative.services.through
    link._default_manager.bulk_create(
        link(initiative_id=initiative.pk, digitalservice_id=service)
        for initiative, services in actions
        for service in services
    )


@transaction.atomic
def duplicate_initiative(initiative: Initiative, *, by: User, at: datetime) -> Initiative:
    """Add a copy at the end of the dossier, its title told apart, to be changed into another.

    It tells another practice: the sheet of the first stays the first's alone.
    """
    services = list(initiative.services.all())
    copy = Initiative(**{name: getattr(initiative, name) for name in Initiative.WRITTEN_FIELDS})
    longest = Initiative._meta.get_field("title").max_length or 0
    copy.title = f"Copie de {initiative.title}"[:longest]
    return add_initiative(initiative.candidature, initiative=copy, services=services, by=by, at=at)


@transaction.atomic
def move_initiative(initiative: Initiative, *, up: bool, by: User, at: datetime) -> None:
    """One place up or down in the dossier; at the end of the way nothing changes."""
    locked = take_in_hand(initiative.candidature, by=by, at=at)
    if ordering.move(locked.initiatives.in_order(), initiative, up=up):
        touch(locked, at=at)


@transaction.atomic
def remove_initiative(initiative: Initiative, *, by: User, at: datetime) -> None:
    """Take the initiative out of the dossier; a second call changes nothing."""
    locked = take_in_hand(initiative.candidature, by=by, at=at)
    removed, _ = locked.initiatives.filter(pk=initiative.pk).delete()
    if removed:
        record(locked, f"Action retirée : {initiative.title}", by=by, at=at)
        touch(locked, at=at)
