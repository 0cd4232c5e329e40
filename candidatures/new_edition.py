"""What candidatures puts into a new edition: the questionnaire."""

from __future__ import annotations

import tomllib
from pathlib import Path

from candidatures.models import Question, Section
from labels.models import Edition

DATA = Path(__file__).parent / "data"
COPIED_FIELDS = ("code", "position", *Question.WORDS)


def prepare(edition: Edition, *, source: Edition | None) -> None:
    """Fill `edition` with the questionnaire of `source`, or with the one shipped here."""
    if source:
        _copy(source, edition)
    else:
        _load(edition)


def _copy(source: Edition, edition: Edition) -> None:
    for section in Section.objects.filter(edition=source):
        questions = list(section.questions.current())
        copy = Section.objects.create(
            edition=edition,
            code=section.code,
            title=section.title,
            intro=section.intro,
            position=section.position,
        )
        Question.objects.bulk_create(
            Question(section=copy, **{name: getattr(question, name) for name in COPIED_FIELDS})
            for question in questions
        )


def _load(edition: Edition) -> None:
    shipped = tomllib.loads((DATA / "questionnaire.toml").read_text())
    for rank, fields in enumerate(shipped["section"], 1):
        section = Section.objects.create(
            edition=edition,
            code=fields["code"],
            title=fields["title"],
            intro=fields.get("intro", ""),
            position=rank,
        )
        Question.objects.bulk_create(
            Question(
                section=section,
                code=question["code"],
                label=question["label"],
                help=question.get("help", ""),
                example=question.get("example", ""),
                kind=question["kind"],
                is_required=question["required"],
                max_words=question.get("max_words"),
                minimum=question.get("minimum"),
                maximum=question.get("maximum"),
                unit=question.get("unit", ""),
                choices=question.get("choices", []),
                columns=question.get("columns", []),
                candidate_types=question.get("candidate_types", []),
                asked_if=question.get("asked_if", []),
                required_if=question.get("required_if", []),
                position=position,
            )
            for position, question in enumerate(fields["question"], 1)
        )
