"""Asking for a correction of one answer of a deposited dossier, writing it, sending it.

The dossier stays closed all along: the new text waits in the correction. Sending it changes that
answer in the deposit, and by construction nothing else. Documents wait likewise, in rows of their
own: see `services.correction_documents`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from candidatures import snapshot
from candidatures.asking import Asked, asked
from candidatures.carrying import carry, latest
from candidatures.choices import CorrectionState, QuestionKind
from candidatures.corrections import (
    correctable,
    corrected,
    corrected_documents,
    why_no_correction,
    why_not_correct_until,
    words,
)
from candidatures.models import Answer, Candidature, Correction, Deposit, Question
from candidatures.permissions import READS_ONLY, can_deposit, can_write
from candidatures.services.answers import rewrite
from candidatures.services.attachments import carry_answer
from candidatures.services.candidature import hold, record, touch
from candidatures.services.correction_documents import (
    begin_draft,
    change_draft,
    names_drafted,
    put_documents,
)
from candidatures.values import displayed
from villes_internet.calendar import day_of
from villes_internet.files.inspection import Content
from villes_internet.french import day as spelled
from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

ONLY_REFERENTS = (
    "Seul·e un·e référent·e de la collectivité transmet une correction : elle change ce que la "
    "collectivité a déposé. Votre brouillon est enregistré."
)
ONLY_STAFF = "Seule l’équipe du label demande une correction : rien n’a changé."
OVER = (
    "Cette correction n’est plus ouverte : rien n’a été enregistré. Copiez votre texte, ou gardez "
    "vos fichiers, si vous y tenez, puis écrivez à l’équipe du label."
)
REWRITTEN = (
    "Un·e collègue vient de changer ce brouillon : rien n’a été transmis. Relisez-le d’abord, "
    "ci-dessous."
)
CHANGED = (
    "L’association a changé cette question depuis le dépôt : rien n’a été transmis, votre "
    "brouillon est enregistré. Écrivez à l’équipe du label."
)
UNCHANGED = (
    "Cette réponse est celle que vous avez déposée : rien n’a été transmis. Si elle est juste, "
    "écrivez-le à l’équipe du label."
)
OPENS_OTHERS = (
    "Cette réponse en ouvrirait ou en fermerait d’autres, que cette correction ne rouvre pas : "
    "rien n’a été transmis. Écrivez à l’équipe du label."
)


@transaction.atomic
def ask_correction(
    candidature: Candidature,
    question: Question,
    *,
    request: str,
    until: date,
    while_reading: bool = False,
    by: User,
    at: datetime,
) -> Correction:
    """Reopen this answer alone until the end of that day in Paris, told to the team by a letter.

    Raises Refusal when it is not deposited or the jury deliberates, for a day that is past or on
    which the jury reads (unless `while_reading`), for a question that the deposit does not hold,
    and when a correction of it is already asked; Forbidden to those who are not of the staff.
    """
    if not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    locked = hold(candidature.pk)
    refusal = why_no_correction(locked, at=at) or why_not_correct_until(
        locked, until, while_reading=while_reading, at=at
    )
    if refusal:
        raise Refusal(refusal)
    deposit = Deposit.objects.standing().get(candidature=locked)
    if question not in correctable(locked, deposit.snapshot):
        raise Refusal("Cette question n’est pas, ou plus, dans ce dossier : rien n’est demandé.")
    standing = deposit.corrections.filter(state=CorrectionState.ASKED, question=question)
    if standing.open(at=at).exists():
        raise Refusal("Une correction de cette réponse est déjà demandée : retirez-la d’abord.")
    # One that nobody made in time gives way.
    standing.update(state=CorrectionState.WITHDRAWN, closed_at=at, closed_by=by)
    answer = _answer_to(question, locked)
    correction = Correction.objects.create(
        deposit=deposit,
        question=question,
        request=request,
        until=until,
        asked_at=at,
        asked_by=by,
        draft=_carried(answer, question),
    )
    if question.kind == QuestionKind.FILES:
        begin_draft(correction, answer)
    what = f"Correction demandée jusqu’au {spelled(until)} : « {question} »"
    record(locked, what, by=by, at=at)
    _tell(correction, locked, _team(locked), "correction", at=at)
    return correction


@transaction.atomic
def save_correction(
    correction: Correction, *, value: str, over: int, by: User, at: datetime
) -> Correction:
    """Keep a draft of the new answer; returns the correction as it now is.

    Written only over the version `over`, the one that was shown: else the draft returned is the
    colleague's, and not `value`. Raises Refusal once it is not open, Forbidden to readers.
    """
    locked, fresh = _take(correction)
    if not can_write(by, locked):
        raise Forbidden(READS_ONLY)
    if not fresh.is_open(at=at):
        raise Refusal(OVER)
    if fresh.draft != value and fresh.version == over:
        fresh.draft, fresh.version = value, fresh.version + 1
        fresh.written_at, fresh.written_by = at, by
        fresh.save(update_fields=["draft", "version", "written_at", "written_by"])
    return fresh


@transaction.atomic
def draft_documents(
    correction: Correction,
    *,
    added: Iterable[tuple[str, Content]],
    removed: Collection[int] = (),
    over: int,
    by: User,
    at: datetime,
) -> int:
    """Add documents to the draft, names and contents examined by `files.services`, and take others
    out of it, known by their primary keys; no two people's can conflict.

    Returns the version that this person knows: with what they saw, `over`, and just did, and not
    with what a colleague did meanwhile. Raises ValidationError when there would be too many,
    Refusal once it is not open, Forbidden to readers.
    """
    locked, fresh = _take(correction)
    if not can_write(by, locked):
        raise Forbidden(READS_ONLY)
    if not fresh.is_open(at=at):
        raise Refusal(OVER)
    is_known = fresh.version == over
    if change_draft(fresh, added=added, removed=removed, by=by, at=at):
        fresh.draft, fresh.version = names_drafted(fresh), fresh.version + 1
        fresh.written_at, fresh.written_by = at, by
        fresh.save(update_fields=["draft", "version", "written_at", "written_by"])
    return fresh.version if is_known else over


@transaction.atomic
def send_correction(correction: Correction, *, over: int, by: User, at: datetime) -> None:
    """Put the draft, at the version `over`, in the place of the answer in the deposit that stands.

    The dossier as it was is kept with the correction. Raises Refusal once it is not open, when a
    colleague rewrote the draft, when it says what is deposited already, and when it would open or
    close other questions; ValidationError when a necessary answer is empty; Forbidden to those who
    do not deposit.
    """
    locked, fresh = _take(correction)
    if not can_deposit(by, locked):
        raise Forbidden(ONLY_REFERENTS)
    if not fresh.is_open(at=at):
        raise Refusal(OVER)
    if fresh.version != over:
        raise Refusal(REWRITTEN)
    question, deposit = fresh.question, fresh.deposit
    if question not in correctable(locked, deposit.snapshot):
        raise Refusal(CHANGED)
    answer = _answer_to(question, locked)
    if answer and answer.question != question:
        _bring(answer, question, by=by, at=at)
    before = asked(locked)
    dossier = deposit.snapshot
    if question.kind == QuestionKind.FILES:
        former = put_documents(fresh, locked, by=by, at=at)
        joined = locked.attachments.filter(question=question)
        dossier = corrected_documents(dossier, question, joined, instead_of=former)
    else:
        _write_answer(locked, question, fresh.draft, by=by, at=at)
    after = asked(locked)
    if _shape(after) != _shape(before):
        raise Refusal(OPENS_OTHERS)
    if any(one.is_missing for one in after if one.question == question):
        raise ValidationError(
            "Cette réponse est nécessaire : elle ne peut pas être transmise vide. Votre brouillon "
            "est enregistré."
        )
    names = snapshot.names_of([Asked(question, value=fresh.draft)])
    value = displayed(question, fresh.draft, names=names)
    if value == words(dossier, question) and dossier == deposit.snapshot:
        raise Refusal(UNCHANGED)
    dossier = corrected(dossier, question, value, on=day_of(at))
    Correction.objects.filter(pk=fresh.pk).update(
        state=CorrectionState.MADE,
        before=deposit.snapshot,
        before_sha256=deposit.sha256,
        closed_at=at,
        closed_by=by,
    )
    Deposit.objects.filter(pk=deposit.pk).update(snapshot=dossier, sha256=snapshot.digest(dossier))
    touch(locked, at=at)
    record(
        locked,
        f"Réponse corrigée après le dépôt : « {question} »",
        by=by,
        at=at,
    )
    _tell(fresh, locked, _staff(), "correction_made", at=at)


@transaction.atomic
def withdraw_correction(correction: Correction, *, by: User, at: datetime) -> None:
    """Ask for it no more: the deposit stays as it is. A second call changes nothing.

    Raises Refusal when it was made meanwhile; Forbidden to those who are not of the staff.
    """
    if not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    locked, fresh = _take(correction)
    if fresh.is_made:
        raise Refusal("La collectivité vient de transmettre cette correction : elle est faite.")
    withdrawn = Correction.objects.filter(pk=fresh.pk, state=CorrectionState.ASKED).update(
        state=CorrectionState.WITHDRAWN, closed_at=at, closed_by=by
    )
    if withdrawn:
        record(
            locked,
            f"Demande de correction retirée : « {fresh.question} »",
            by=by,
            at=at,
        )
        _tell(fresh, locked, _team(locked), "correction_withdrawn", at=at)


def close_corrections(deposit: Deposit, *, by: User, at: datetime) -> list[Question]:
    """Ask no more for those of a deposit that is taken back: each is written in its section again.

    Within the transaction of who takes it back. Returns their questions; what was drafted is kept.
    """
    asked_for = deposit.corrections.filter(state=CorrectionState.ASKED)
    questions = [one.question for one in asked_for.select_related("question").order_by("pk")]
    asked_for.update(state=CorrectionState.WITHDRAWN, closed_at=at, closed_by=by)
    for question in questions:
        what = f"Correction sans objet, le dépôt étant retiré : « {question} »"
        record(deposit.candidature, what, by=by, at=at)
    return questions


def _take(correction: Correction) -> tuple[Candidature, Correction]:
    locked = hold(correction.deposit.candidature_id)
    fresh = Correction.objects.select_related(
        "deposit__candidature__edition", "question__section"
    ).get(pk=correction.pk)
    return locked, fresh


def _answer_to(question: Question, candidature: Candidature) -> Answer | None:
    """What it answered, be it to a question that this one took the place of since the deposit."""
    answers = Answer.objects.filter(candidature=candidature).select_related("question")
    if answer := answers.filter(question=question).first():
        return answer
    # Those that take the place of one another share a code.
    others = answers.filter(question__section=question.section_id, question__code=question.code)
    return next((one for one in others if latest(one.question) == question), None)


def _carried(answer: Answer | None, question: Question) -> str:
    """In words: documents are copied apart."""
    if answer is None:
        return ""
    return carry(answer.value, before=answer.question, after=question).value


def _bring(answer: Answer, question: Question, *, by: User, at: datetime) -> None:
    """Put it to the question of today: the deposit keeps the words of the former one."""
    value = carry_answer(answer, question).value
    answer.question = question
    if value == answer.value:
        answer.save(update_fields=["question"])
    else:
        rewrite(answer, value, by=by, at=at, keeping=True)


def _write_answer(
    candidature: Candidature, question: Question, value: str, *, by: User, at: datetime
) -> None:
    answer = Answer.objects.filter(candidature=candidature, question=question).first()
    if answer is None:
        Answer.objects.create(
            candidature=candidature, question=question, value=value, updated_at=at, updated_by=by
        )
    elif answer.value != value:
        rewrite(answer, value, by=by, at=at, keeping=True)


def _shape(questions: Iterable[Asked]) -> list[tuple[int, bool]]:
    """Which are asked, and which of them must be answered."""
    return [(one.question.pk, one.is_required) for one in questions]


def _team(candidature: Candidature) -> Iterable[User]:
    writers = Membership.objects.active().writers().filter(territory=candidature.territory_id)
    return writers.people()


def _staff() -> Iterable[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def _tell(
    correction: Correction,
    candidature: Candidature,
    people: Iterable[User],
    letter: str,
    *,
    at: datetime,
) -> None:
    address = (
        reverse("candidatures_staff:candidature", args=[candidature.edition.year, candidature.pk])
        if letter == "correction_made"
        else reverse("candidatures:correction", args=[candidature.pk, correction.pk])
    )
    for person in people:
        mail.queue(
            key=f"{letter}:{correction.pk}:{person.pk}",
            to=person.email,
            template=f"candidatures/emails/{letter}",
            context={
                "correction": correction,
                "candidature": candidature,
                "url": settings.SITE_URL + address,
            },
            at=at,
        )
