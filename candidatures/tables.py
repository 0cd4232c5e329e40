"""The candidatures and their actions as rows of a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import capfirst

from atlaas.models import Practice
from candidatures import snapshot, values
from candidatures.asking import Asked, asked_of
from candidatures.choices import NUMERIC, CandidatureState, QuestionKind
from candidatures.models import Answer, Attachment, Candidature, Deposit, Initiative, Question
from candidatures.progress import progress_of
from labels.models import DigitalService, Edition
from villes_internet.spreadsheets import Cell

HEADS = (
    "Code INSEE ou SIREN",
    "Collectivité",
    "Type",
    "Code du département",
    "Département",
    "Région",
    "Population",
    "État",
    "Avancement (%)",
    "Éléments manquants",
    "À relancer",
    "Actions",
    "Pièces jointes",
    "Commencée le",
    "Modifiée le",
    "Date limite",
    "Déposée le",
    "Déposée par",
)
ACTION_HEADS = ("Code INSEE ou SIREN", "Collectivité", "État", "Rang")
YES_NO = {True: "Oui", False: "Non"}


def questions_of(edition: Edition, keys: Sequence[int]) -> list[Question]:
    """A column each: those put today, and those replaced since to which one of these answered."""
    answered = Answer.objects.filter(candidature__in=keys).exclude(value="").values("question")
    return list(
        Question.objects.filter(section__edition=edition)
        .filter(Q(retired_at=None) | Q(pk__in=answered))
        .in_order()
    )


def heads_of(questions: Sequence[Question]) -> list[str]:
    """Their words; two that say the same are told apart by their codes and versions."""
    counted = Counter(question.label for question in questions)
    return [
        question.label if counted[question.label] == 1 else f"{question.label} [{question.pk}]"
        for question in questions
    ]


def deposits_of(candidatures: Iterable[Candidature]) -> dict[int, Deposit]:
    """That of each of them that is deposited. One query.

    One whose deposit was taken back since it was fetched is a draft from here on.
    """
    deposited = [one for one in candidatures if one.is_deposited]
    standing = Deposit.objects.standing().filter(candidature__in=deposited)
    found = {one.candidature_id: one for one in standing.select_related("deposited_by")}
    for one in deposited:
        if one.pk not in found:
            one.state = CandidatureState.DRAFT
    return found


def rows(
    candidatures: Sequence[Candidature], questions: Sequence[Question], *, at: datetime
) -> Iterator[list[Cell]]:
    """One for each, fetched with its details. Nine queries at most."""
    deposits = deposits_of(candidatures)
    progress = progress_of(candidatures, at=at)
    actions = _counted(Initiative.objects.filter(candidature__in=candidatures))
    pieces = _counted(Attachment.objects.filter(candidature__in=candidatures))
    answers = _answers(candidatures, questions, deposits)
    for one in candidatures:
        territory, way = one.territory, progress[one.pk]
        deposit = deposits.get(one.pk)
        yield [
            territory.code,
            territory.name,
            one.get_candidate_type_display(),
            territory.department_id,
            territory.department.name,
            territory.department.region.name,
            deposit.population if deposit else territory.population,
            one.get_state_display(),
            way.percent,
            way.missing,
            YES_NO[way.is_stuck],
            actions[one.pk],
            pieces[one.pk],
            one.created_at,
            one.updated_at,
            one.last_day,
            deposit.deposited_at if deposit else None,
            str(deposit.deposited_by) if deposit else None,
            *answers[one.pk],
        ]


def action_heads() -> list[str]:
    fields = {field.name: str(field.verbose_name) for field in Initiative._meta.fields}
    named = [capfirst(fields[name]) for name in Practice.PRACTICE_FIELDS]
    return [*ACTION_HEADS, *named, "Services", "Enjeux"]


def action_rows(candidatures: Sequence[Candidature]) -> Iterator[list[Cell]]:
    """One for each action, in the order of its dossier. Three queries."""
    services = Prefetch("services", DigitalService.objects.in_order())
    actions: dict[int, list[Initiative]] = {}
    for action in (
        Initiative.objects.filter(candidature__in=candidatures)
        .in_order()
        .prefetch_related(services)
    ):
        actions.setdefault(action.candidature_id, []).append(action)
    for one in candidatures:
        for rank, action in enumerate(actions.get(one.pk, []), 1):
            linked = list(action.services.all())
            yield [
                one.territory.code,
                one.territory.name,
                one.get_state_display(),
                rank,
                *(_field(action, name) for name in Practice.PRACTICE_FIELDS),
                "\n".join(service.name for service in linked),
                "\n".join(dict.fromkeys(service.theme.name for service in linked)),
            ]


def _field(action: Initiative, name: str) -> Cell:
    """As it is read: the words of a choice, « Oui » or « Non », one item a line."""
    value = getattr(action, name)
    if isinstance(value, bool):
        return YES_NO[value]
    if displayed := getattr(action, f"get_{name}_display", None):
        return str(displayed())
    if isinstance(value, list):
        return "\n".join(
            " | ".join(filter(None, one)) if isinstance(one, list) else one for one in value
        )
    if value is None or isinstance(value, int | Decimal | date):
        return value
    return str(value)


def _counted(rows: QuerySet[Any]) -> Counter[int]:
    return Counter(rows.values_list("candidature_id", flat=True))


def _answers(
    candidatures: Sequence[Candidature],
    questions: Sequence[Question],
    deposits: dict[int, Deposit],
) -> dict[int, list[Cell]]:
    """Of a draft, what it is asked today; of a deposited one, what it was asked then."""
    asked = asked_of([one for one in candidatures if not one.is_deposited])
    stored: dict[int, dict[int, str]] = {}
    for candidature, question, value in Answer.objects.filter(
        candidature__in=candidatures
    ).values_list("candidature_id", "question_id", "value"):
        stored.setdefault(candidature, {})[question] = value
    given: dict[int, dict[int, str]] = {}
    for one in candidatures:
        if one.is_deposited:
            codes = set(_codes(deposits[one.pk]))
            own = stored.get(one.pk, {})
            given[one.pk] = {
                question.pk: own[question.pk]
                for question in questions
                if question.code in codes and question.pk in own
            }
        else:
            given[one.pk] = {item.question.pk: item.value for item in asked[one.pk]}
    kinds = {question.pk: question for question in questions}
    names = snapshot.names_of(
        Asked(kinds[pk], value=value)
        for own in given.values()
        for pk, value in own.items()
        if pk in kinds
    )
    return {
        pk: [_answer(question, own.get(question.pk, ""), names) for question in questions]
        for pk, own in given.items()
    }


def _codes(deposit: Deposit) -> Iterable[str]:
    for section in deposit.snapshot["sections"]:
        for answer in section["answers"]:
            yield answer["code"]


def _answer(question: Question, value: str, names: dict[str, str]) -> Cell:
    """A figure or a day as such, so that it can be added up or sorted; else as it is read."""
    try:
        if value and question.kind in NUMERIC:
            return Decimal(value)
        if value and question.kind == QuestionKind.DATE:
            return date.fromisoformat(value)
    except (InvalidOperation, ValueError):
        return value
    return values.displayed(question, value, names=names)
