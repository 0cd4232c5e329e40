"""What a candidature still lacks: one list for all who fill it, and the condition to deposit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Q, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from candidatures.asking import Asked, asked_of
from candidatures.models import Candidature, Initiative, Question


@dataclass(frozen=True)
class Missing:
    """One thing to do: a sentence, and the address of the field where it is done."""

    sentence: str
    url: str


def missing(candidature: Candidature) -> list[Missing]:
    """All that must be there before the deposit, in the order of the dossier; empty when complete.

    Costs three queries whatever the size of the dossier.
    """
    return missing_of([candidature])[candidature.pk]


def missing_of(
    candidatures: Sequence[Candidature],
    *,
    questions: Mapping[int, Sequence[Asked]] | None = None,
) -> dict[int, list[Missing]]:
    """The same for several, by their primary keys, for as many queries; none without any.

    `questions` are those that they are asked, where they are known already: two queries less.
    """
    if not candidatures:
        return {}
    if questions is None:
        questions = asked_of(candidatures, whole=False)
    actions = _unlinked(candidatures)
    return {one.pk: _lacking(one, questions[one.pk], actions.get(one.pk)) for one in candidatures}


def missing_among(candidature: Candidature, questions: Iterable[Asked]) -> list[Missing]:
    """The same for one, of which the questions are already known; one query."""
    actions = _unlinked([candidature])
    return _lacking(candidature, questions, actions.get(candidature.pk))


def _unlinked(candidatures: Iterable[Candidature]) -> dict[int, list[dict[str, Any]]]:
    """Of each that has actions, `pk` and `title` of those linked to no service; one query."""
    rows = Initiative.objects.filter(candidature__in=candidatures).values_list("candidature_id")
    unlinked = JSONBAgg(
        JSONObject(pk="pk", title="title"),
        filter=Q(services=None),
        order_by=("position", "pk"),
        default=Value([], JSONField()),
    )
    return dict(rows.annotate(unlinked=unlinked).order_by("candidature_id"))


def _lacking(
    candidature: Candidature, questions: Iterable[Asked], actions: list[dict[str, Any]] | None
) -> list[Missing]:
    unanswered = [_unanswered(candidature, one.question) for one in questions if one.is_missing]
    if actions is None:
        return [*unanswered, _no_action(candidature)]
    return [*unanswered, *(_no_service(candidature, **one) for one in actions)]


def _unanswered(candidature: Candidature, question: Question) -> Missing:
    page = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    return Missing(f"Répondre à la question « {question.label} »", f"{page}#id_q{question.pk}")


def _no_action(candidature: Candidature) -> Missing:
    page = reverse("candidatures:add_initiative", args=[candidature.pk])
    return Missing("Présenter au moins une action", page)


def _no_service(candidature: Candidature, pk: int, title: str) -> Missing:
    page = reverse("candidatures:change_initiative", args=[candidature.pk, pk])
    return Missing(
        f"Relier à un service l’action «\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»",
        f"{page}#id_services",
    )
