"""Writing the answers: several people at once, and no text lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from candidatures.asking import Asked
from candidatures.models import Answer, Candidature, EarlierAnswer, Question
from candidatures.services.candidature import take_in_hand, touch
from candidatures.snapshot import names_of
from candidatures.values import displayed
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

ONE_SITTING = timedelta(minutes=10)
REPLACED = (
    "L’association vient de changer cette question : rien n’a été enregistré. Copiez votre texte, "
    "puis rechargez la page."
)


@dataclass(frozen=True)
class Conflict:
    """A colleague changed this answer meanwhile: theirs is kept, ours is shown beside it."""

    question: Question
    theirs: Answer
    ours: str

    @property
    def label(self) -> str:
        return self.question.label

    @property
    def by(self) -> User:
        return self.theirs.updated_by

    @property
    def at(self) -> datetime:
        return self.theirs.updated_at

    @property
    def version(self) -> int:
        return self.theirs.version

    @property
    def words(self) -> str:
        """Their text as it is read: one query where it names a territory."""
        names = names_of([Asked(self.question, value=self.theirs.value)])
        return displayed(self.question, self.theirs.value, names=names)


@dataclass(frozen=True)
class Saved:
    """What became of some answers.

    `versions` are those now stored, by primary key of the question, 0 where there is none;
    `conflicts` are the answers that were not written because a colleague was faster.
    """

    versions: dict[int, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


@transaction.atomic
def save_answers(
    candidature: Candidature,
    *,
    values: Mapping[Question, tuple[str, int]],
    by: User,
    at: datetime,
    keeping: bool = False,
) -> Saved:
    """Write each answer unless its version (0 when there was none) is no longer the one shown.

    Equal texts do not count as a conflict. What a new text takes the place of stays among the
    earlier ones, unless it is the same person going on typing; always, when `keeping`.

    Raises Question.DoesNotExist for a question of another edition, Refusal when the staff put
    another question in the place of one that had no answer yet.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    if any(question.section.edition_id != locked.edition_id for question in values):
        raise Question.DoesNotExist
    stored = {
        answer.question_id: answer
        for answer in Answer.objects.filter(candidature=locked, question__in=values).select_related(
            "updated_by"
        )
    }
    saved = Saved()
    written, begun = False, []
    for question, (value, version) in values.items():
        answer = stored.get(question.pk)
        if answer is None and value:
            answer = Answer(candidature=locked, question=question, value=value)
            answer.updated_at, answer.updated_by = at, by
            answer.save(force_insert=True)
            written = True
            begun.append(question.pk)
        elif answer is not None and answer.value != value:
            if answer.version != version:
                saved.conflicts.append(Conflict(question, answer, value))
            else:
                rewrite(answer, value, by=by, at=at, keeping=keeping)
                written = True
        saved.versions[question.pk] = answer.version if answer else 0
    if begun and Question.objects.filter(pk__in=begun, replaced_by__isnull=False).exists():
        raise Refusal(REPLACED)
    if written:
        touch(locked, at=at)
    return saved


@transaction.atomic
def set_aside(
    candidature: Candidature,
    question: Question,
    value: str,
    *,
    over: int,
    by: User,
    at: datetime,
) -> Saved:
    """Leave a colleague's answer where it is; `value`, typed meanwhile, is among the earlier texts.

    A conflict again when theirs is not at the version `over`, which was shown. Raises
    Answer.DoesNotExist where there is none.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    answer = Answer.objects.select_related("updated_by").get(candidature=locked, question=question)
    if answer.version != over:
        return Saved({question.pk: answer.version}, [Conflict(question, answer, value)])
    if value and value != answer.value:
        EarlierAnswer.objects.create(
            answer=answer, value=value, version=over, written_at=at, written_by=by
        )
        answer.version += 1
        answer.save(update_fields=["version"])
    return Saved({question.pk: answer.version})


@transaction.atomic
def restore_answer(earlier: EarlierAnswer, *, over: int, by: User, at: datetime) -> None:
    """Put an earlier text back in place of the present one, which becomes an earlier one itself.

    Raises Refusal when a colleague changed the answer after version `over`, which was shown.
    """
    answer = earlier.answer
    take_in_hand(answer.candidature, by=by, at=at)
    answer.refresh_from_db(fields=["value", "version", "updated_at", "updated_by"])
    if answer.value == earlier.value:
        return
    if answer.version != over:
        raise Refusal(
            "Un·e collègue vient de modifier cette réponse. Rien n’a été repris : relisez "
            "d’abord son texte."
        )
    rewrite(answer, earlier.value, by=by, at=at, keeping=True)
    touch(answer.candidature, at=at)


def rewrite(answer: Answer, value: str, *, by: User, at: datetime, keeping: bool = False) -> None:
    """Put `value` in the place of a text, which stays among the earlier ones if worth it."""
    if answer.value and (keeping or _is_worth_keeping(answer, value, by=by, at=at)):
        EarlierAnswer.objects.create(
            answer=answer,
            value=answer.value,
            version=answer.version,
            written_at=answer.updated_at,
            written_by_id=answer.updated_by_id,
        )
    answer.value, answer.version = value, answer.version + 1
    answer.updated_at, answer.updated_by = at, by
    # Not the question: the staff may just have put another in its place.
    answer.save(update_fields=["value", "version", "updated_at", "updated_by"])


def _is_worth_keeping(answer: Answer, value: str, *, by: User, at: datetime) -> bool:
    """Somebody else’s, that of an earlier sitting, or one of which most is taken away."""
    return (
        answer.updated_by_id != by.pk
        or at - answer.updated_at >= ONE_SITTING
        or 2 * len(value) < len(answer.value)
    )
