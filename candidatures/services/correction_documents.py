"""The documents of a correction: drafted beside those that are deposited, then in their place.

Each is called within the transaction of `services.corrections`, which holds the candidature.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from candidatures.models import Answer, Attachment, Candidature, Correction, CorrectionDocument
from candidatures.services.attachments import NAME_MAX, name_files
from candidatures.values import from_list
from villes_internet.files.inspection import Content
from villes_internet.files.services import keep
from villes_internet.users.models import User


def begin_draft(correction: Correction, answer: Answer | None) -> None:
    """Start from what this answer holds, which is what is deposited."""
    if answer is None:
        return
    joined = Attachment.objects.filter(candidature=answer.candidature_id, question=answer.question)
    CorrectionDocument.objects.bulk_create(
        CorrectionDocument(
            correction=correction,
            file_id=one.file_id,
            name=one.name,
            added_at=one.added_at,
            added_by_id=one.added_by_id,
            is_deposited=True,
        )
        for one in joined.in_order()
    )
    correction.draft = names_drafted(correction)
    correction.save(update_fields=["draft"])


def change_draft(
    correction: Correction,
    *,
    added: Iterable[tuple[str, Content]],
    removed: Collection[int],
    by: User,
    at: datetime,
) -> bool:
    """Whether anything changed. Raises ValidationError when there would be too many documents."""
    before = set(correction.documents.drafted().values_list("pk", flat=True))
    taken_out = correction.documents.drafted().filter(pk__in=removed)
    taken_out.exclude(is_deposited=True).delete()
    taken_out.update(is_drafted=False)
    for name, content in added:
        correction.documents.update_or_create(
            file=keep(content, at=at),
            defaults={"is_drafted": True},
            create_defaults={"name": name[:NAME_MAX], "added_at": at, "added_by": by},
        )
    after = set(correction.documents.drafted().values_list("pk", flat=True))
    most = correction.question.most_files
    if len(after) > most and len(after) > len(before):
        raise ValidationError(
            f"Un·e collègue vient d’ajouter d’autres fichiers à ce brouillon, qui en compte au "
            f"plus {most} : les vôtres ne sont pas joints, gardez-les. Les siens sont ci-dessous."
        )
    return after != before


def names_drafted(correction: Correction) -> str:
    """As an answer is stored."""
    drafted = correction.documents.drafted().in_order()
    return from_list(drafted.values_list("name", flat=True))


def put_documents(
    correction: Correction, candidature: Candidature, *, by: User, at: datetime
) -> list[int]:
    """Join those that are drafted to the answer, in the place of those that were.

    Returns the primary keys of the latter; one that stays is joined as it was.
    """
    joined = candidature.attachments.filter(question=correction.question)
    former = list(joined.values_list("pk", flat=True))
    drafted = list(correction.documents.drafted().in_order())
    joined.exclude(file__in=[one.file_id for one in drafted]).delete()
    there = set(joined.values_list("file", flat=True))
    Attachment.objects.bulk_create(
        Attachment(
            candidature=candidature,
            question=correction.question,
            file_id=one.file_id,
            name=one.name,
            added_at=one.added_at,
            added_by_id=one.added_by_id,
        )
        for one in drafted
        if one.file_id not in there
    )
    name_files(candidature, correction.question, by=by, at=at)
    return former
