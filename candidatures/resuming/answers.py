"""The answers of the last deposited candidature, each put to the question of this year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from candidatures.asking import NOT_ANSWERED, Asked, Stored, ask, facts_of
from candidatures.carrying import TEXTS, carry
from candidatures.choices import CLOSED, NUMERIC, QuestionKind
from candidatures.differences import Piece, differences
from candidatures.models import Answer, Candidature, Deposit, Question, Section
from candidatures.snapshot import names_of
from candidatures.values import as_rows, displayed, items
from villes_internet.french import plural

# Those whose answer is words; a document is joined again, for it stays with its dossier.
RESUMABLE = (
    TEXTS
    | NUMERIC
    | CLOSED
    | {QuestionKind.DATE, QuestionKind.URL, QuestionKind.TABLE, QuestionKind.TERRITORY}
)


@dataclass(frozen=True)
class Proposal:
    """An answer of before beside the present one; `value` is what resuming it would store.

    `earlier`, `offered` and `present` are the three texts as they are read. `value` is empty when
    the question changed so much that nothing can be carried; `lost` names what is left behind.
    """

    question: Question
    before: Question
    value: str
    version: int
    is_answered: bool
    is_done: bool
    earlier: str
    offered: str
    present: str
    lost: tuple[str, ...]

    @property
    def section(self) -> Section:
        return self.question.section

    @property
    def can_resume(self) -> bool:
        return bool(self.value) and not self.is_done

    @property
    def is_waiting(self) -> bool:
        """It may be resumed without taking the place of anything."""
        return self.can_resume and not self.is_answered

    @cached_property
    def difference(self) -> list[Piece]:
        """From the text of before to the present one, where both are words."""
        return differences(self.earlier, self.present)

    @cached_property
    def wording(self) -> list[Piece]:
        """What changed in the question itself; empty when it is put in the same words."""
        if self.before.label == self.question.label:
            return []
        return differences(self.before.label, self.question.label)

    @cached_property
    def changes(self) -> list[str]:
        """What else changed in what is asked, in sentences."""
        return _changes(self.before, self.question)


@dataclass(frozen=True)
class SectionOfBefore:
    """A section that has something to resume, with how much of it."""

    section: Section
    proposals: list[Proposal]

    @property
    def waiting(self) -> int:
        return sum(one.is_waiting for one in self.proposals)

    @property
    def differing(self) -> int:
        """Those that were answered this year, in other words."""
        return sum(one.is_answered and not one.is_done for one in self.proposals)

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.proposals)


@dataclass(frozen=True)
class AnswersOfBefore:
    """`new` are still to be answered, and were not before; `gone` are not asked any more, with what
    was answered."""

    proposals: list[Proposal]
    new: list[Question]
    gone: list[tuple[Question, str]]

    @property
    def sections(self) -> list[SectionOfBefore]:
        """In order."""
        found: dict[int, SectionOfBefore] = {}
        for one in self.proposals:
            here = found.setdefault(one.question.section_id, SectionOfBefore(one.section, []))
            here.proposals.append(one)
        return list(found.values())

    def of_section(self, code: str) -> list[Proposal]:
        return [one for one in self.proposals if one.section.code == code]


def answers_of_before(candidature: Candidature, earlier: Candidature) -> AnswersOfBefore:
    """What `earlier`, which is deposited, answered; at most five queries.

    A question that resuming the other answers would open is among those proposed.
    """
    given = deposited(earlier)
    questions = list(Question.objects.of(candidature.edition))
    stored = {
        pk: Stored(value, version)
        for pk, value, version in Answer.objects.filter(candidature=candidature).values_list(
            "question", "value", "version"
        )
    }
    carried = {
        question.pk: _carried(given[question.code], question)
        for question in questions
        if question.code in given
    }
    resumed = {
        question.pk: Stored(
            stored.get(question.pk, NOT_ANSWERED).value or carried.get(question.pk, "")
        )
        for question in questions
    }
    put = ask(
        questions,
        candidate_type=candidature.edition.candidate_type_of(candidature.territory),
        facts=facts_of(candidature.territory),
        answers=resumed,
    )
    names = names_of(
        [
            *(Asked(answer.question, value=answer.value) for answer in given.values()),
            *(Asked(one, value=stored.get(one.pk, NOT_ANSWERED).value) for one in questions),
        ]
    )
    asked = [one.question for one in put]
    return AnswersOfBefore(
        proposals=[
            _proposal(
                question,
                given[question.code],
                carried[question.pk],
                stored.get(question.pk, NOT_ANSWERED),
                names,
            )
            for question in asked
            if question.code in given
        ],
        new=[
            question
            for question in asked
            if question.code not in given and not stored.get(question.pk, NOT_ANSWERED).value
        ],
        gone=[
            (answer.question, displayed(answer.question, answer.value, names=names))
            for code, answer in given.items()
            if code not in {question.code for question in asked}
        ],
    )


def deposited(earlier: Candidature) -> dict[str, Answer]:
    """By the code of their question, those that its deposit holds: what was typed and was not
    asked in the end was never sent."""
    deposit = Deposit.objects.standing().filter(candidature=earlier).first()
    frozen = {
        one["code"]
        for section in (deposit.snapshot["sections"] if deposit else [])
        for one in section["answers"]
    }
    answers = (
        Answer.objects.filter(candidature=earlier, question__code__in=frozen)
        .exclude(value="")
        .select_related("question__section")
        .order_by("question__section__position", "question__position", "question__pk")
    )
    return {answer.question.code: answer for answer in answers}


def _carried(answer: Answer, question: Question) -> str:
    if not {answer.question.kind, question.kind} <= RESUMABLE:
        return ""
    return carry(answer.value, before=answer.question, after=question).value


def _proposal(
    question: Question, answer: Answer, value: str, now: Stored, names: dict[str, str]
) -> Proposal:
    before = answer.question
    return Proposal(
        question=question,
        before=before,
        value=value,
        version=now.version,
        is_answered=bool(now.value),
        is_done=bool(value) and now.value == value,
        earlier=displayed(before, answer.value, names=names),
        offered=displayed(question, value, names=names),
        present=displayed(question, now.value, names=names),
        lost=_lost(answer, question, value),
    )


def _lost(answer: Answer, question: Question, value: str) -> tuple[str, ...]:
    """The choices, or the columns that held something, which the present question does not take."""
    before = answer.question
    if before.kind == question.kind == QuestionKind.TABLE:
        written = {
            name
            for row in as_rows(answer.value)
            for name, cell in zip(before.columns, row, strict=False)
            if cell
        }
        return tuple(name for name in before.columns if name in written - set(question.columns))
    if {before.kind, question.kind} <= CLOSED - {QuestionKind.YES_NO}:
        kept = items(question, value)
        return tuple(one for one in items(before, answer.value) if one not in kept)
    return ()


def _changes(before: Question, after: Question) -> list[str]:
    found = []
    if before.kind != after.kind:
        kinds = f"{after.get_kind_display()}, au lieu de {before.get_kind_display()}"
        found.append(f"Le type de réponse a changé\N{NO-BREAK SPACE}: {kinds}.")
    if before.choices and after.choices:
        found += _moved("Nouvelles réponses proposées", after.choices, before.choices)
        found += _moved("Réponses qui ne sont plus proposées", before.choices, after.choices)
    if before.columns and after.columns:
        found += _moved("Nouvelles colonnes", after.columns, before.columns)
        found += _moved("Colonnes retirées", before.columns, after.columns)
    if before.max_words != after.max_words:
        was = f"au lieu de {before.max_words}" if before.max_words else "sans limite jusque-là"
        found.append(
            f"{after.max_words} mot{plural(after.max_words)} au plus, {was}."
            if after.max_words
            else "Le nombre de mots n’est plus limité."
        )
    if before.shown_unit != after.shown_unit:
        units = f"en {after.shown_unit or 'nombre'}, au lieu de {before.shown_unit or 'nombre'}"
        found.append(f"L’unité a changé\N{NO-BREAK SPACE}: {units}. Vérifiez le nombre.")
    if after.is_required and not before.is_required:
        found.append("Elle est désormais nécessaire pour déposer.")
    if before.help != after.help:
        found.append("Son aide a changé.")
    return found


def _moved(words: str, these: list[str], those: list[str]) -> list[str]:
    """« Nouvelles colonnes : « Poste », « Agents ». », of what is in these and not in those."""
    named = [f"«\N{NO-BREAK SPACE}{one}\N{NO-BREAK SPACE}»" for one in these if one not in those]
    return [f"{words}\N{NO-BREAK SPACE}: {', '.join(named)}."] if named else []
