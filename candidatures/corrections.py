"""Which answers of a deposited dossier may be corrected, until when, and what that changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from candidatures.asking import asked
from candidatures.choices import QuestionKind
from candidatures.models import (
    Attachment,
    Candidature,
    Correction,
    CorrectionDocument,
    Deposit,
    Question,
)
from candidatures.models.correction import CorrectionQuerySet
from villes_internet.calendar import day_of
from villes_internet.french import day as spelled

Dossier = dict[str, Any]


def why_no_correction(candidature: Candidature, *, at: datetime) -> str:
    """Why the staff can ask for none; empty when they can."""
    if not candidature.is_deposited:
        return "Cette candidature n’est pas déposée : la collectivité peut encore tout y modifier."
    edition = candidature.edition
    if edition.proclaimed_at is not None or day_of(at) >= edition.deliberates_on:
        return "Le jury délibère : plus aucune correction ne peut être demandée."
    return ""


def why_not_correct_until(
    candidature: Candidature, until: date, *, while_reading: bool, at: datetime
) -> str:
    """Why that day cannot be the last; empty when it can. Never one on which the jury decides."""
    edition = candidature.edition
    if until < day_of(at):
        return "Ce jour est passé : choisissez aujourd’hui, ou un jour à venir."
    if until >= edition.deliberates_on:
        return (
            f"Le jury délibère le {spelled(edition.deliberates_on)} : "
            "choisissez un jour qui précède."
        )
    if until >= edition.reading_starts_on and not while_reading:
        return (
            f"Le jury commence sa lecture le {spelled(edition.reading_starts_on)} : choisissez un "
            "jour qui précède, ou cochez la case qui permet une correction pendant la lecture."
        )
    return ""


def correctable(candidature: Candidature, dossier: Dossier) -> list[Question]:
    """The questions of the deposit that are still asked, in the same words. Two queries."""
    frozen = {(one["code"], one["label"]) for one in _answers(dossier)}
    questions = [one.question for one in asked(candidature)]
    return [one for one in questions if (one.code, one.label) in frozen]


def still_to_ask(candidature: Candidature, deposit: Deposit, *, at: datetime) -> list[Question]:
    """Those of them of which no correction is asked already. Three queries."""
    standing = deposit.corrections.open(at=at)
    taken = set(standing.values_list("question", flat=True))
    questions = correctable(candidature, deposit.snapshot)
    return [one for one in questions if one.pk not in taken]


def corrected(dossier: Dossier, question: Question, value: str, *, on: date) -> Dossier:
    """The same dossier, but for what it says in answer to this question.

    A `note` says when, for who read it already to see it. Not the words of before, which may be
    those that nobody should have read.
    """
    after = deepcopy(dossier)
    for one in _answers(after):
        if one["code"] == question.code:
            one["value"] = value
            one["note"] = f"Corrigée le {spelled(on)}, à la demande de l’association."
    return after


def corrected_documents(
    dossier: Dossier,
    question: Question,
    attachments: Iterable[Attachment],
    *,
    instead_of: Collection[int],
) -> Dossier:
    """The same dossier, but for the documents that answer this question.

    `instead_of` are the primary keys of those of before.
    """
    after = deepcopy(dossier)
    now = [{"id": one.pk, "name": one.name, "question": question.label} for one in attachments]
    kept = [one for one in after["attachments"] if one["id"] not in instead_of]
    # In the order of `snapshot.take`: those joined to the whole come first.
    after["attachments"] = sorted(
        kept + now, key=lambda one: (bool(one.get("question")), one["id"])
    )
    return after


def with_former(
    corrections: CorrectionQuerySet,
) -> list[tuple[Correction, str, list[CorrectionDocument]]]:
    """Each with what the deposit said before it, where it was made, and its documents, those of
    before and those of after.

    Two queries, and one for the documents if there may be any.
    """
    found = list(corrections)
    made = Correction.objects.filter(pk__in=[one.pk for one in found]).exclude(before=None)
    before: dict[int, Any] = dict(made.values_list("pk", "before"))
    documents: dict[int, list[CorrectionDocument]] = {}
    in_files = [one.pk for one in found if one.question.kind == QuestionKind.FILES and one.is_made]
    if in_files:
        given = CorrectionDocument.objects.filter(correction__in=in_files)
        for document in given.select_related("file").in_order():
            documents.setdefault(document.correction_id, []).append(document)
    return [
        (
            one,
            words(before[one.pk], one.question) if one.pk in before else "",
            documents.get(one.pk, []),
        )
        for one in found
    ]


def documents_of(correction: Correction) -> list[CorrectionDocument]:
    """Those of its answer, deposited or drafted; no query when it takes none."""
    if correction.question.kind != QuestionKind.FILES:
        return []
    return list(correction.documents.select_related("file", "added_by").in_order())


def words(dossier: Dossier, question: Question) -> str:
    """What a dossier says in answer to this question."""
    return next((one["value"] for one in _answers(dossier) if one["code"] == question.code), "")


def _answers(dossier: Mapping[str, Any]) -> list[dict[str, str]]:
    return [answer for section in dossier["sections"] for answer in section["answers"]]
