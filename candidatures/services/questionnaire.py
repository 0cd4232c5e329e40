"""Writing the questionnaire of an edition, while nothing that was deposited loses its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify

from candidatures import ordering, values
from candidatures.carrying import carry, columns_gone
from candidatures.choices import WITH_CHOICES, CandidatureState, QuestionKind
from candidatures.models import (
    Answer,
    Attachment,
    Candidature,
    EarlierAnswer,
    Question,
    Section,
)
from candidatures.overtaking import refuse_if_overtaken
from candidatures.permissions import why_not_change
from labels import services as labels
from labels.models import Edition
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

GONE = (
    "Un·e collègue vient de changer ou de retirer cette question : rien n’est enregistré. Copiez "
    "votre texte, puis rouvrez-la depuis le questionnaire."
)


@transaction.atomic
def add_section(section: Section, *, by: User, at: datetime) -> Section:
    """Save a section, validated and not saved yet, after the others of its edition."""
    edition = _take(section.edition, at=at)
    rows = Section.objects.filter(edition=edition)
    section.code = _free_code(section.title, set(rows.values_list("code", flat=True)))
    section.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    section.save(force_insert=True)
    _record(edition, f"rubrique « {section} » ajoutée", by=by, at=at)
    return section


@transaction.atomic
def change_section(section: Section, *, seen: str = "", by: User, at: datetime) -> None:
    """Raises OvertakenError when it changed since it was shown, `seen` being its fingerprint."""
    edition = _take(section.edition, at=at)
    refuse_if_overtaken(Section.objects.get(pk=section.pk), seen=seen)
    section.save(update_fields=Section.WORDS)
    _record(edition, f"rubrique « {section} » modifiée", by=by, at=at)


@transaction.atomic
def remove_section(section: Section, *, by: User, at: datetime) -> None:
    """Raises Refusal when it still asks a question; one that asked some keeps its row, unseen."""
    edition = _take(section.edition, at=at)
    if section.questions.current().exists():
        raise Refusal("Cette rubrique pose encore des questions : retirez-les d’abord.")
    if not section.questions.exists():
        section.delete()
    _record(edition, f"rubrique « {section} » retirée", by=by, at=at)


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User, at: datetime) -> None:
    """One place up or down; at the end of the way nothing changes.

    Raises Refusal when a question would come before the one that opens it.
    """
    edition = _take(section.edition, at=at)
    rows = Section.objects.filter(edition=edition).order_by("position", "pk")
    if ordering.move(rows, section, up=up):
        _refuse_what_comes_too_early(edition)
        _record(edition, f"rubrique « {section} » déplacée", by=by, at=at)


@transaction.atomic
def add_question(question: Question, *, by: User, at: datetime) -> Question:
    """Save a question, validated and not saved yet, at the end of its section."""
    edition = _take(question.section.edition, at=at)
    taken = Question.objects.filter(section__edition=edition).values_list("code", flat=True)
    question.code = _free_code(question.label, set(taken))
    last = question.section.questions.aggregate(last=Max("position"))["last"] or 0
    question.position = last + 1
    question.save(force_insert=True)
    _refuse_what_comes_too_early(edition)
    _record(edition, f"question « {question} » ajoutée", by=by, at=at)
    return question


@transaction.atomic
def change_question(question: Question, *, seen: str = "", by: User, at: datetime) -> Question:
    """Save the changed words and rules of `question`; returns the row that is put from now on.

    Under an answer that was deposited a question does not change: another row takes its place for
    the drafts, which keep what was typed. So it is with a table whose columns change while pages
    may be open on it. Raises Refusal when the kind of an answered question would change, when a
    choice or a column in use would go, when a colleague replaced or withdrew it meanwhile, and when
    one changed it since it was shown (`seen` is its fingerprint, empty for any).
    """
    edition = _take(question.section.edition, at=at)
    # Locked: a draft that begins to answer it waits here, then learns that it was replaced.
    stored = Question.objects.current().select_for_update().filter(pk=question.pk).first()
    if stored is None:
        raise Refusal(GONE)
    refuse_if_overtaken(stored, seen=seen)
    if all(getattr(stored, name) == getattr(question, name) for name in Question.WORDS):
        return stored
    answers = Answer.objects.to(stored)
    if stored.kind != question.kind and answers.exists():
        raise Refusal(
            "Des réponses existent : le type de cette question ne change plus. Retirez-la et "
            "posez-en une autre."
        )
    drafts = answers.exclude(candidature__state=CandidatureState.DEPOSITED)
    _refuse_to_drop_choices(question, drafts.values_list("value", flat=True))
    _refuse_to_drop_columns(stored, question)
    is_deposited = answers.filter(candidature__state=CandidatureState.DEPOSITED).exists()
    if is_deposited or _moves_columns(stored, question):
        question = _replace(stored, question, at=at)
    else:
        question.save(update_fields=Question.WORDS)
    _refuse_what_comes_too_early(edition)
    _record(edition, f"question « {question} » modifiée", by=by, at=at)
    return question


@transaction.atomic
def withdraw_question(question: Question, *, by: User, at: datetime) -> None:
    """Ask it no more; what was answered is kept. A second call changes nothing.

    Raises Refusal while another question depends on it.
    """
    edition = _take(question.section.edition, at=at)
    for other in Question.objects.of(edition):
        clauses = [*other.asked_under, *other.required_under]
        if other.pk != question.pk and any(clause.question == question.code for clause in clauses):
            raise Refusal(
                f"La question « {other} » dépend de celle-ci : changez d’abord sa condition."
            )
    if Question.objects.current().filter(pk=question.pk).update(retired_at=at):
        _record(edition, f"question « {question} » retirée", by=by, at=at)


@transaction.atomic
def move_question(question: Question, *, up: bool, by: User, at: datetime) -> None:
    """One place up or down in its section; at the end of the way nothing changes.

    Raises Refusal when it would come before the question that opens it.
    """
    edition = _take(question.section.edition, at=at)
    rows = question.section.questions.current().order_by("position", "pk")
    if ordering.move(rows, question, up=up):
        _refuse_what_comes_too_early(edition)
        _record(edition, f"question « {question} » déplacée", by=by, at=at)


def _take(edition: Edition, *, at: datetime) -> Edition:
    """Lock the edition for the rest of the transaction: one change of its questionnaire at a time.

    Raises Refusal once its candidatures are closed.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if refusal := why_not_change(locked, at=at):
        raise Refusal(refusal)
    return locked


def _record(edition: Edition, what: str, *, by: User, at: datetime) -> None:
    labels.record(edition, f"Questionnaire : {what}", by=by, at=at)


def _free_code(text: str, taken: set[str]) -> str:
    code = base = slugify(text)[:50].strip("-") or "question"
    rank = 2
    while code in taken:
        code, rank = f"{base}-{rank}", rank + 1
    return code


def _replace(stored: Question, question: Question, *, at: datetime) -> Question:
    Question.objects.filter(pk=stored.pk).update(retired_at=at)
    new = Question(section=stored.section, code=stored.code, position=stored.position)
    for name in Question.WORDS:
        setattr(new, name, getattr(question, name))
    new.save(force_insert=True)
    Question.objects.filter(pk=stored.pk).update(replaced_by=new)
    drafts, earlier = _written(stored)
    if stored.columns != new.columns:
        # As they were written, under the columns of today: nobody wrote them again.
        written: list[Answer | EarlierAnswer] = [*drafts, *earlier]
        for row in written:
            row.value = carry(row.value, before=stored, after=new).value
            row.save(update_fields=["value"])
    drafts.update(question=new)
    joined = Attachment.objects.filter(question=stored)
    joined.exclude(candidature__state=CandidatureState.DEPOSITED).update(question=new)
    return new


def _written(question: Question) -> tuple[QuerySet[Answer], QuerySet[EarlierAnswer]]:
    """What was answered to it and is not deposited, now and before."""
    drafts = Answer.objects.filter(question=question)
    drafts = drafts.exclude(candidature__state=CandidatureState.DEPOSITED)
    return drafts, EarlierAnswer.objects.filter(answer__in=drafts)


def _moves_columns(stored: Question, question: Question) -> bool:
    """Whether a page open on it would send its cells under the columns of before."""
    if stored.kind != QuestionKind.TABLE or stored.columns == question.columns:
        return False
    return Candidature.objects.filter(edition=stored.section.edition).exists()


def _refuse_to_drop_columns(stored: Question, question: Question) -> None:
    if stored.kind != QuestionKind.TABLE or question.kind != QuestionKind.TABLE:
        return
    written = [row.value for rows in _written(stored) for row in rows]
    used = {
        rank
        for value in written
        for row in values.as_rows(value)
        for rank, cell in enumerate(row)
        if cell.strip()
    }
    gone = columns_gone(stored.columns, question.columns)
    if dropped := [stored.columns[rank] for rank in gone if rank in used]:
        named = ", ".join(f"« {column} »" for column in dropped)
        raise Refusal(
            f"Des candidatures ont déjà rempli {named} : gardez cette colonne. Vous pouvez en "
            "changer la place, ou le nom d’une seule à la fois."
        )


def _refuse_to_drop_choices(question: Question, answered: Iterable[str]) -> None:
    if question.kind not in WITH_CHOICES:
        return
    used = {item for value in answered for item in values.items(question, value)}
    if dropped := sorted(used - set(question.choices)):
        named = ", ".join(f"« {choice} »" for choice in dropped)
        raise Refusal(f"Des candidatures ont déjà répondu {named} : gardez cette réponse.")


def _refuse_what_comes_too_early(edition: Edition) -> None:
    before: set[str] = set()
    for question in Question.objects.of(edition):
        for clause in [*question.asked_under, *question.required_under]:
            if clause.question and clause.question not in before:
                raise Refusal(
                    f"La question « {question} » viendrait avant celle qui la commande : "
                    "rien n’a changé."
                )
        before.add(question.code)
