"""The questionnaire of an edition as the staff read it: who is asked what, and when, in words."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.conditions import Clause
from candidatures.models import Question, Section
from labels.choices import CandidateType
from labels.models import Edition
from villes_internet.french import plural


@dataclass(frozen=True)
class Line:
    """A question, and its rules in a few words."""

    question: Question
    asked_if: str
    required_if: str

    @property
    def audience(self) -> str:
        """« villages, villes », or nothing when it is put to all."""
        return ", ".join(f"{CandidateType(one).label}s" for one in self.question.candidate_types)

    @property
    def answer(self) -> str:
        """« texte long, 250 mots au plus »."""
        kind = self.question.get_kind_display()
        if words := self.question.max_words:
            return f"{kind}, {words} mot{plural(words)} au plus"
        if self.question.unit:
            return f"{kind} ({self.question.unit})"
        return kind


@dataclass(frozen=True)
class Part:
    section: Section
    lines: list[Line]


def outline(edition: Edition) -> list[Part]:
    """Each section with the questions put today. Two queries."""
    questions = list(Question.objects.of(edition))
    labels = {question.code: question.label for question in questions}
    parts = {
        section.pk: Part(section, [])
        for section in Section.objects.filter(edition=edition).order_by("position", "pk")
    }
    for question in questions:
        line = Line(
            question,
            asked_if=_in_words(question.asked_under, labels),
            required_if=_in_words(question.required_under, labels),
        )
        parts[question.section_id].lines.append(line)
    return list(parts.values())


def _in_words(clauses: list[Clause], labels: dict[str, str]) -> str:
    return " et ".join(clause.in_words(labels) for clause in clauses)
