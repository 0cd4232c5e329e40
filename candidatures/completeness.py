"""What a candidature still lacks: one list for all who fill it, and the condition to deposit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from candidatures.asking import asked_of
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


def missing_of(candidatures: Sequence[Candidature]) -> dict[int, list[Missing]]:
    """The same for several, by their primary keys, for as many queries; none without any."""
    if not candidatures:
        return {}
    questions = asked_of(candidatures)
    with_actions = set(
        Initiative.objects.filter(candidature__in=candidatures).values_list(
            "candidature_id", flat=True
        )
    )
    return {
        candidature.pk: [
            *(
                _unanswered(candidature, asked.question)
                for asked in questions[candidature.pk]
                if asked.is_missing
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
