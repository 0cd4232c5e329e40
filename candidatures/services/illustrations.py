"""Showing an action in pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from atlaas.models.illustration import MEDIUM, MOST_ILLUSTRATIONS, SMALL
from candidatures.models import Initiative, InitiativeIllustration
from candidatures.services.candidature import record, take_in_hand, touch
from villes_internet.files.choices import Kind
from villes_internet.files.derivatives import shrink
from villes_internet.files.services import examine, keep
from villes_internet.refusals import Refusal
from villes_internet.users.models import User


def illustrate(
    initiative: Initiative,
    *,
    upload: UploadedFile[Any],
    alternative: str,
    credit: str,
    by: User,
    at: datetime,
) -> InitiativeIllustration:
    """Add a picture to the action, with its description and its author.

    Raises ValidationError when the file is not acceptable, Refusal when there are enough or when a
    colleague removed the action. The same picture sent twice is there once.
    """
    whole = examine(upload, kinds=(Kind.IMAGE,))
    medium = shrink(whole, longest=MEDIUM[0], most=MEDIUM[1])
    small = shrink(whole, longest=SMALL[0], most=SMALL[1])
    with transaction.atomic():
        locked = take_in_hand(initiative.candidature, by=by, at=at)
        if not locked.initiatives.filter(pk=initiative.pk).exists():
            raise Refusal(
                "Un·e collègue a retiré cette action entre-temps : l’image n’est pas ajoutée."
            )
        if initiative.illustrations.count() >= MOST_ILLUSTRATIONS:
            raise Refusal(
                f"Une action compte au plus {MOST_ILLUSTRATIONS} images : celle-ci n’est pas "
                "ajoutée. Retirez d’abord la moins utile."
            )
        illustration, created = InitiativeIllustration.objects.get_or_create(
            initiative=initiative,
            file=keep(whole, at=at),
            defaults={
                "medium": keep(medium, at=at),
                "small": keep(small, at=at),
                "alternative": alternative,
                "credit": credit,
            },
        )
        if created:
            record(locked, f"Image ajoutée à l’action : {initiative.title}", by=by, at=at)
            touch(locked, at=at)
    return illustration


@transaction.atomic
def remove_illustration(illustration: InitiativeIllustration, *, by: User, at: datetime) -> None:
    """Take a picture out of its action; a second call changes nothing."""
    initiative = illustration.initiative
    locked = take_in_hand(initiative.candidature, by=by, at=at)
    removed, _ = initiative.illustrations.filter(pk=illustration.pk).delete()
    if removed:
        record(locked, f"Image retirée de l’action : {initiative.title}", by=by, at=at)
        touch(locked, at=at)
