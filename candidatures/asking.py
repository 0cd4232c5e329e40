"""Which questions a candidature is asked, and which of them it must answer before its deposit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Case, TextField, When
from django.db.models.functions import Left

from candidatures import values
from candidatures.choices import CLOSED, NUMERIC
from candidatures.conditions import Facts, hold
from candidatures.models import Answer, Candidature, Question
from villes_internet.territories.choices import Zone
from villes_internet.territories.models import Territory


@dataclass(frozen=True)
class Asked:
    """A question put to a candidature, and whether it must be answered before the deposit.

    `value` is its answer as stored, empty when there is none; `version` grows with each change of
    it, 0 when there was none yet.
    """

    question: Question
    is_required: bool = False
    value: str = ""
    version: int = 0

    @property
    def is_missing(self) -> bool:
        return self.is_required and not self.value


class Stored(NamedTuple):
    """An answer: its text and its version."""

    value: str
    version: int = 0


NOT_ANSWERED = Stored("")

# What conditions compare is kept whole; of a text, that it is there.
ENOUGH = Case(
    When(question__kind__in=CLOSED | NUMERIC, then="value"),
    default=Left("value", 1),
    output_field=TextField(),
)


def ask(
    questions: Iterable[Question],
    *,
    candidate_type: str,
    facts: Facts,
    answers: Mapping[int, Stored],
) -> list[Asked]:
    """Those of `questions`, in the order of the questionnaire, that apply.

    `answers` are by primary key of the question. What was answered to a question
    that no longer applies counts as unanswered for those after it, and is kept.
    """
    asked: list[Asked] = []
    known = dict(facts.answers)
    for question in questions:
        now = replace(facts, answers=known)
        if not question.is_for(candidate_type) or not hold(question.asked_under, now):
            continue
        stored = answers.get(question.pk, NOT_ANSWERED)
        is_required = question.is_required and hold(question.required_under, now)
        asked.append(Asked(question, is_required, stored.value, stored.version))
        known[question.code] = values.items(question, stored.value)
    return asked


def facts_of(territory: Territory) -> Facts:
    """What conditions know of a territory, fetched with its département."""
    return Facts(
        population=territory.population, is_overseas=territory.department.zone != Zone.METRO
    )


def asked(candidature: Candidature) -> list[Asked]:
    """Two queries."""
    return asked_of([candidature])[candidature.pk]


def asked_of(candidatures: Iterable[Candidature], *, whole: bool = True) -> dict[int, list[Asked]]:
    """The same for several, by their primary keys, for as many queries.

    Not `whole`: of a text, its first letter alone, to know of hundreds of dossiers what they lack.
    """
    candidatures = list(candidatures)
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.of_editions(one.edition_id for one in candidatures):
        questions.setdefault(question.section.edition_id, []).append(question)
    answers: dict[int, dict[int, Stored]] = {}
    for candidature_id, question_id, value, version in Answer.objects.filter(
        candidature__in=candidatures
    ).values_list("candidature_id", "question_id", "value" if whole else ENOUGH, "version"):
        answers.setdefault(candidature_id, {})[question_id] = Stored(value, version)
    return {
        one.pk: ask(
            questions.get(one.edition_id, []),
            candidate_type=one.edition.candidate_type_of(one.territory),
            facts=facts_of(one.territory),
            answers=answers.get(one.pk, {}),
        )
        for one in candidatures
    }
