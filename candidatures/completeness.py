"""What a candidature still lacks: one list for all who fill it, and the condition to deposit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from candidatures.models import Answer, Candidature, Initiative, Question


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


def missing_of(candidatures: Sequence[Candidature]) -> dict[int, list[Missing]]:
    """The same for several, by their primary keys, for as many queries; none without any."""
    if not candidatures:
        return {}
    answered = set(
        Answer.objects.filter(candidature__in=candidatures)
        .exclude(value="")
        .values_list("candidature_id", "question_id")
    )
    required: dict[int, list[Question]] = {}
    for question in Question.objects.required(one.edition_id for one in candidatures):
        required.setdefault(question.section.edition_id, []).append(question)
    with_actions = set(
        Initiative.objects.filter(candidature__in=candidatures).values_list(
            "candidature_id", flat=True
        )
    )
    return {
        candidature.pk: [
            *(
                _unanswered(candidature, question)
                for question in required.get(candidature.edition_id, [])
                if question.is_for(candidature.edition.candidate_type_of(candidature.territory))
                and (candidature.pk, question.pk) not in answered
            ),
            *([] if candidature.pk in with_actions else [_no_action(candidature)]),
        ]
        for candidature in candidatures
    }


def _unanswered(candidature: Candidature, question: Question) -> Missing:
    page = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    return Missing(f"Répondre à la question « {question.label} »", f"{page}#id_q{question.pk}")


def _no_action(candidature: Candidature) -> Missing:
    page = reverse("candidatures:add_initiative", args=[candidature.pk])
    return Missing("Présenter au moins une action", page)
