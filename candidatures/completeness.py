"""What a candidature still lacks: one list for all who fill it, and the condition to deposit."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from candidatures.models import Answer, Candidature, Question


@dataclass(frozen=True)
class Missing:
    """One thing to do: a sentence, and the address of the field where it is done."""

    sentence: str
    url: str


def missing(candidature: Candidature) -> list[Missing]:
    """All that must be there before the deposit, in the order of the dossier; empty when complete.

    Costs three queries whatever the size of the dossier.
    """
    answered = set(
        Answer.objects.filter(candidature=candidature)
        .exclude(value="")
        .values_list("question_id", flat=True)
    )
    questions = Question.objects.asked(
        candidature.edition, candidature.edition.candidate_type_of(candidature.territory)
    )
    lacking = [
        Missing(
            f"Répondre à la question « {question.label} »",
            reverse("candidatures:section", args=[candidature.pk, question.section.code])
            + f"#id_q{question.pk}",
        )
        for question in questions
        if question.is_required and question.pk not in answered
    ]
    if not candidature.initiatives.exists():
        lacking.append(
            Missing(
                "Présenter au moins une action",
                reverse("candidatures:add_initiative", args=[candidature.pk]),
            )
        )
    return lacking
