"""The dossier as plain data, frozen at deposit: read by the receipt and by the jury."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch

from atlaas.models import Practice
from candidatures.asking import Asked, asked
from candidatures.choices import QuestionKind
from candidatures.models import Candidature, Engagement, InitiativeIllustration
from candidatures.values import displayed
from labels.choices import CandidateType
from labels.models import DigitalService
from villes_internet.territories.models import Territory

VERSION = 3  # since 2: `engagements`; since 3: `question` of an attachment


def take(candidature: Candidature) -> dict[str, Any]:
    """All that the dossier says, in a constant number of queries.

    Keys: `version`, `territory` (code, name, department, population), `candidate_type`,
    `sections` (title, answers: code, label and value), `initiatives` (the fields of a practice with
    their labels, whether it is shared, illustrations, and services: code, name, theme),
    `attachments` (id, name, and the label of the `question` answered, if any), `engagements`
    (title, version, text).
    """
    territory = candidature.territory
    candidate_type = candidature.edition.candidate_type_of(territory)
    questions = asked(candidature)
    return {
        "version": VERSION,
        "territory": {
            "code": territory.code,
            "name": territory.name,
            "department": str(territory.department),
            "population": territory.population,
        },
        "candidate_type": CandidateType(candidate_type).value,
        "sections": _sections(questions),
        "initiatives": _initiatives(candidature),
        "attachments": _attachments(candidature, questions),
        "engagements": [
            {"title": one.title, "version": one.version, "text": one.text}
            for one in Engagement.objects.of(candidature.edition)
        ],
    }


def digest(snapshot: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: the fingerprint printed on the receipt."""
    canonical = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def holds_attachment(dossier: dict[str, Any], pk: int) -> bool:
    """Whether a document is of this dossier: one whose question is no longer asked is not."""
    return any(one["id"] == pk for one in dossier["attachments"])


def perimeter(territory: Territory) -> list[dict[str, Any]]:
    """The communes covered today: the commune itself, or the members of the EPCI."""
    communes = (
        Territory.objects.current_members_of(territory).order_by("code")
        if territory.is_epci
        else [territory]
    )
    return [
        {"code": commune.code, "name": commune.name, "population": commune.population or 0}
        for commune in communes
    ]


def _sections(questions: list[Asked]) -> list[dict[str, Any]]:
    names = names_of(questions)
    sections: dict[int, dict[str, Any]] = {}
    for one in questions:
        question = one.question
        section = sections.setdefault(
            question.section_id, {"title": question.section.title, "answers": []}
        )
        value = displayed(question, one.value, names=names)
        section["answers"].append({"code": question.code, "label": question.label, "value": value})
    return list(sections.values())


def names_of(questions: Iterable[Asked]) -> dict[str, str]:
    """The names of the territories that are given as answers; no query without any."""
    codes = {
        one.value for one in questions if one.question.kind == QuestionKind.TERRITORY and one.value
    }
    if not codes:
        return {}
    found = Territory.objects.filter(code__in=codes)
    return {one.code: f"{one} ({one.department_id})" for one in found}


def _initiatives(candidature: Candidature) -> list[dict[str, Any]]:
    services = Prefetch("services", DigitalService.objects.in_order())
    illustrations = Prefetch("illustrations", InitiativeIllustration.objects.in_order())
    initiatives = candidature.initiatives.in_order().prefetch_related(services, illustrations)
    return [
        {
            "id": initiative.pk,
            **{name: _plain(getattr(initiative, name)) for name in Practice.PRACTICE_FIELDS},
            "illustrations": [
                {
                    "id": illustration.pk,
                    "alternative": illustration.alternative,
                    "credit": illustration.credit,
                    "width": illustration.width,
                    "height": illustration.height,
                    "small_width": illustration.small_width,
                }
                for illustration in initiative.illustrations.all()
            ],
            "period": initiative.period,
            "is_shared": initiative.is_shared,
            "kind_label": initiative.get_kind_display(),
            "mode_label": initiative.get_mode_display(),
            "cost_label": initiative.get_cost_band_display(),
            "services": [
                {
                    "code": service.code,
                    "name": service.name,
                    "theme": service.theme.code,
                    "theme_name": service.theme.name,
                }
                for service in initiative.services.all()
            ],
        }
        for initiative in initiatives
    ]


def _attachments(candidature: Candidature, questions: list[Asked]) -> list[dict[str, Any]]:
    """Those joined to the whole, then those that answer a question which is still asked."""
    joined = list(candidature.attachments.in_order())
    labels = {one.question.pk: one.question.label for one in questions}
    apart = [(attachment, "") for attachment in joined if attachment.question_id is None]
    answers = [
        (attachment, labels[attachment.question_id])
        for attachment in joined
        if attachment.question_id in labels
    ]
    return [
        {"id": attachment.pk, "name": attachment.name, "question": label}
        for attachment, label in [*apart, *answers]
    ]


def _plain(value: Any) -> Any:
    """A date as JSON has it: « 2026-03-01 »."""
    return value.isoformat() if isinstance(value, date) else value
