"""Joining documents to a candidature."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from candidatures.models import Attachment, Candidature
from candidatures.services.candidature import record, take_in_hand, touch
from villes_internet.files.services import examine, keep
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

MAX_ATTACHMENTS = 10


def attach(
    candidature: Candidature, *, upload: UploadedFile[Any], by: User, at: datetime
) -> Attachment:
    """Join a PDF or a picture, found to be one by its content.

    Raises ValidationError when the file is not acceptable, Refusal when there are too many. The
    same document joined twice is joined once.
    """
    content = examine(upload)
    with transaction.atomic():
        locked = take_in_hand(candidature, by=by, at=at)
        if locked.attachments.count() >= MAX_ATTACHMENTS:
            raise Refusal(
                f"Une candidature compte au plus {MAX_ATTACHMENTS} pièces jointes : ce document "
                "n’est pas joint. Retirez d’abord une pièce moins utile."
            )
        attachment, created = Attachment.objects.get_or_create(
            candidature=locked,
            file=keep(content, at=at),
            defaults={"name": (upload.name or "document")[:200], "added_at": at, "added_by": by},
        )
        if created:
            record(locked, f"Pièce jointe ajoutée : {attachment.name}", by=by, at=at)
            touch(locked, at=at)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """Take a document out of the dossier; a second call changes nothing."""
    locked = take_in_hand(attachment.candidature, by=by, at=at)
    removed, _ = locked.attachments.filter(pk=attachment.pk).delete()
    if removed:
        record(locked, f"Pièce jointe retirée : {attachment.name}", by=by, at=at)
        touch(locked, at=at)
