"""Joining documents to a candidature, or to one of its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from candidatures.carrying import Carried, carry
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Attachment, Candidature, Question
from candidatures.services.candidature import record, take_in_hand, touch
from candidatures.values import from_list
from villes_internet.files.inspection import Content
from villes_internet.files.services import examine, keep
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

MAX_ATTACHMENTS = 10
NAME_MAX = 200


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
        if locked.attachments.apart().count() >= MAX_ATTACHMENTS:
            raise Refusal(
                f"Une candidature compte au plus {MAX_ATTACHMENTS} pièces jointes : ce document "
                "n’est pas joint. Retirez d’abord une pièce moins utile."
            )
        attachment, created = Attachment.objects.get_or_create(
            candidature=locked,
            question=None,
            file=keep(content, at=at),
            defaults={
                "name": (upload.name or "document")[:NAME_MAX],
                "added_at": at,
                "added_by": by,
            },
        )
        if created:
            record(locked, f"Pièce jointe ajoutée : {attachment.name}", by=by, at=at)
            touch(locked, at=at)
    return attachment


@transaction.atomic
def answer_with_files(
    candidature: Candidature,
    question: Question,
    *,
    added: Iterable[tuple[str, Content]],
    removed: Collection[int] = (),
    by: User,
    at: datetime,
) -> int:
    """Add documents to an answer and take others out of it; returns its new version.

    `added` are names and contents examined by `files.services`. Raises ValidationError when there
    would be too many, Question.DoesNotExist for a question of another edition or kind.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    if question.section.edition_id != locked.edition_id or question.kind != QuestionKind.FILES:
        raise Question.DoesNotExist
    there = locked.attachments.filter(question=question)
    for attachment in there.filter(pk__in=removed):
        attachment.delete()
        record(locked, f"Pièce jointe retirée : {attachment.name}", by=by, at=at)
    has_grown = False
    for name, content in added:
        attachment, created = Attachment.objects.get_or_create(
            candidature=locked,
            question=question,
            file=keep(content, at=at),
            defaults={"name": name[:NAME_MAX], "added_at": at, "added_by": by},
        )
        if created:
            has_grown = True
            record(locked, f"Pièce jointe ajoutée : {attachment.name}", by=by, at=at)
    if has_grown and there.count() > question.most_files:
        raise ValidationError(
            f"Un·e collègue vient de joindre d’autres fichiers à « {question} », qui en compte au "
            f"plus {question.most_files} : les vôtres ne sont pas joints."
        )
    return name_files(locked, question, by=by, at=at)


def name_files(candidature: Candidature, question: Question, *, by: User, at: datetime) -> int:
    """Write, as the answer, the names of the documents that are now there."""
    joined = candidature.attachments.filter(question=question).in_order()
    value = from_list(joined.values_list("name", flat=True))
    answer, created = Answer.objects.get_or_create(
        candidature=candidature,
        question=question,
        defaults={"value": value, "updated_at": at, "updated_by": by},
    )
    if not created and answer.value != value:
        answer.value, answer.version = value, answer.version + 1
        answer.updated_at, answer.updated_by = at, by
        answer.save()
    touch(candidature, at=at)
    return answer.version


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """Take a document out of the dossier; a second call changes nothing."""
    locked = take_in_hand(attachment.candidature, by=by, at=at)
    removed, _ = locked.attachments.filter(pk=attachment.pk).delete()
    if removed:
        record(locked, f"Pièce jointe retirée : {attachment.name}", by=by, at=at)
        if attachment.question:
            name_files(locked, attachment.question, by=by, at=at)
        touch(locked, at=at)


def carry_answer(answer: Answer, question: Question) -> Carried:
    """Documents follow their answer; anything else is carried as its kind allows."""
    if answer.question.kind != QuestionKind.FILES or question.kind != QuestionKind.FILES:
        return carry(answer.value, before=answer.question, after=question)
    joined = Attachment.objects.filter(candidature=answer.candidature_id, question=answer.question)
    joined.update(question=question)
    return Carried(answer.value)
