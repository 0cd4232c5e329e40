"""What candidatures puts into a new edition: the questionnaire, and what a deposit asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from candidatures.models import Condition, Engagement, Question, Rule, Section
from labels.models import Edition

DATA = Path(__file__).parent / "data"
COPIED_FIELDS = ("code", "position", *Question.WORDS)


def prepare(edition: Edition, *, source: Edition | None) -> None:
    """Fill `edition` with what `source` asks, or with what is shipped here."""
    if source:
        _copy(source, edition)
        _copy_rules(source, edition)
    else:
        _load(edition)
        _load_rules(edition)


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


def _copy_rules(source: Edition, edition: Edition) -> None:
    Engagement.objects.bulk_create(
        Engagement(edition=edition, **_copied(rule)) for rule in Engagement.objects.of(source)
    )
    Condition.objects.bulk_create(
        Condition(edition=edition, **_copied(rule)) for rule in Condition.objects.of(source)
    )


def _copied(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("position", *rule.WORDS)}


def _load_rules(edition: Edition) -> None:
    shipped = tomllib.loads((DATA / "depositing.toml").read_text())
    Engagement.objects.bulk_create(
        Engagement(edition=edition, position=rank, title=one["title"], text=one["text"])
        for rank, one in enumerate(shipped["engagement"], 1)
    )
    Condition.objects.bulk_create(
        Condition(
            edition=edition,
            position=rank,
            label=one["label"],
            help=one["help"],
            checked_by=one["checked_by"],
            is_blocking=one["blocking"],
        )
        for rank, one in enumerate(shipped["condition"], 1)
    )
