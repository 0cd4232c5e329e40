"""For each form, one that says nothing wrong: then only the rights of a person can refuse it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from candidatures import snapshot
from candidatures.choices import QuestionKind
from candidatures.forms.questionnaire import CLAUSES
from candidatures.models import Answer, Condition, Engagement
from jury.distribution import gather
from jury.models import Criterion, Juror
from labels.models import DigitalService, Mention, Theme
from tests.factories.atlaas import photograph
from tests.walk.cast import Cast
from tests.walk.dossiers import (
    OPEN,
    PAST,
    READING,
    asked_correction,
    deposited_questions,
    first_question,
    pdf,
)
from tests.walk.people import CHAIR, JUROR, NEWCOMER, RECUSED, UNASSIGNED

NEW_WORDS = "Des mots nouveaux"


def payload(scene: str, cast: Cast) -> dict[str, Any]:
    """The fields of the scene's address; those of its pages that only confirm have none."""
    address = scene.partition(", ")[0]
    return FORMS[address](scene, cast) if address in FORMS else {}


def _start(scene: str, cast: Cast) -> dict[str, Any]:
    return {"territory": cast.neighbour.code, "edition": OPEN}


def _section(scene: str, cast: Cast) -> dict[str, Any]:
    group = scene.partition(", ")[2].replace("another edition", "read")
    candidature = cast.dossiers[group or "draft"]
    first = first_question(candidature.edition.year)
    answer = Answer.objects.filter(candidature=candidature, question=first).first()
    return {f"q{first.pk}": NEW_WORDS, f"v{first.pk}": answer.version if answer else 0}


def _ticked(scene: str, cast: Cast) -> dict[str, Any]:
    """Every engagement accepted, every condition declared."""
    edition = cast.editions[READING if scene.endswith(", read") else OPEN]
    boxes = [f"engagement_{one.pk}" for one in Engagement.objects.of(edition)]
    boxes += [f"condition_{one.pk}" for one in Condition.objects.of(edition)]
    return dict.fromkeys(boxes, "on")


def _approval(scene: str, cast: Cast) -> dict[str, Any]:
    dossier = snapshot.take(cast.dossiers["draft"])
    return {"answer": "granted", "seen": snapshot.digest(dossier)}


def _initiative(scene: str, cast: Cast) -> dict[str, Any]:
    candidature = cast.dossiers["read" if scene.endswith(", read") else "draft"]
    services = DigitalService.objects.filter(theme__edition=candidature.edition)[:1]
    return {
        "title": NEW_WORDS,
        "summary": NEW_WORDS,
        "services": [service.pk for service in services],
        "kind": "service",
        "mode": "regie",
        "started_on": candidature.edition.opens_on,
        "still_running": "on",
    }


def _attachment(scene: str, cast: Cast) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("bilan.pdf", pdf("Bilan"))}


def _import(scene: str, cast: Cast) -> dict[str, Any]:
    service = DigitalService.objects.filter(theme__edition=cast.editions[OPEN])[0].name
    kind = "gare" if scene.endswith("a wrong line") else "service"
    rows = [f"{NEW_WORDS};{NEW_WORDS};{service};{kind};en régie;2024;?" for _ in range(3)]
    table = "Titre;Résumé;Service 1;Nature;Mode de gestion;Date de début;Note\n" + "\n".join(rows)
    return {"file": SimpleUploadedFile("actions.csv", table.encode())}


def _illustration(scene: str, cast: Cast) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("image.jpg", photograph((60, 40))),
        "alternative": NEW_WORDS,
        "credit": NEW_WORDS,
    }


def _review(scene: str, cast: Cast) -> dict[str, Any]:
    edition = cast.dossiers["judged" if scene.endswith("embargo") else "read"].edition
    criterion = Criterion.objects.filter(edition=edition)[0]
    return {f"score_{criterion.pk}": 3, "comment_for_jury": NEW_WORDS, "action": "save"}


def _tie(scene: str, cast: Cast) -> dict[str, Any]:
    return {"kind": "birthplace", "place": cast.home.code, "note": NEW_WORDS}


def _decide(scene: str, cast: Cast) -> dict[str, Any]:
    return {"level": 2, "letter": NEW_WORDS}


def _extension(scene: str, cast: Cast) -> dict[str, Any]:
    return {"until": cast.editions[OPEN].closes_on + timedelta(days=1), "reason": NEW_WORDS}


def _mailing(scene: str, cast: Cast) -> dict[str, Any]:
    return {"subject": NEW_WORDS, "body": NEW_WORDS, "audience": "referents"}


def _edition(scene: str, cast: Cast) -> dict[str, Any]:
    year = PAST if scene.endswith("proclaimed") else OPEN
    edition = cast.editions[year]
    shift = timedelta(days=2)
    return {
        "year": year if scene.startswith("labels_staff:edition") else OPEN + 1,
        "opens_on": edition.opens_on,
        "closes_on": edition.closes_on,
        "reading_starts_on": edition.reading_starts_on,
        "deliberates_on": edition.deliberates_on,
        "ceremony_on": edition.ceremony_on + shift,
        "grace_minutes": 15,
        "village_below": 3_500,
    }


def _theme(scene: str, cast: Cast) -> dict[str, Any]:
    theme = Theme.objects.filter(edition=cast.editions[OPEN]).order_by("position")[0]
    rows = list(theme.services.order_by("position"))
    return {
        "name": theme.name,
        "description": NEW_WORDS,
        **_formset("services", [{"id": row.pk, "name": row.name} for row in rows]),
    }


def _question(scene: str, cast: Cast) -> dict[str, Any]:
    clauses = {
        f"{prefix}-{rank}-{name}": value
        for prefix in ("asked", "required")
        for rank in range(CLAUSES)
        for name, value in (("subject", "none"), ("operator", "is"))
    }
    return {"label": NEW_WORDS, "kind": "long_text", **clauses}


def _mentions(scene: str, cast: Cast) -> dict[str, Any]:
    rows = Mention.objects.filter(edition=cast.editions[OPEN]).order_by("position")
    return _formset("mentions", [{"id": row.pk, "name": row.name} for row in rows])


def _criteria(scene: str, cast: Cast) -> dict[str, Any]:
    rows = Criterion.objects.filter(edition=cast.editions[READING]).order_by("position")
    return _formset("form", [{"id": row.pk, "name": row.name, "weight": 2} for row in rows])


THRESHOLDS = {
    "two_from": 30,
    "three_from": 45,
    "four_from": 60,
    "five_from": 75,
    "threshold_margin": 3,
    "disagreement_from": 25,
    "minimum_sample": 4,
}


def _formset(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    fields = {
        f"{prefix}-{rank}-{name}": value
        for rank, row in enumerate(rows)
        for name, value in row.items()
    }
    counts = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
    return fields | counts


def _message(scene: str, cast: Cast) -> dict[str, Any]:
    return {"text": NEW_WORDS, "key": uuid4(), "seen": 0}


def _corrected(scene: str, cast: Cast) -> dict[str, Any]:
    if scene.endswith(", in documents"):
        correction = asked_correction(QuestionKind.FILES)
        upload = SimpleUploadedFile("preuve.pdf", pdf("Preuve"))
        return {f"q{correction.question_id}": upload, f"v{correction.question_id}": 1}
    correction = asked_correction(QuestionKind.LONG_TEXT)
    return {f"q{correction.question_id}": NEW_WORDS, f"v{correction.question_id}": 0}


def _correction(scene: str, cast: Cast) -> dict[str, Any]:
    """Of another question than the one that is reopened."""
    edition = cast.editions[READING]
    return {
        "question": deposited_questions(cast.dossiers["read"])[1].pk,
        "request": NEW_WORDS,
        "until": edition.deliberates_on - timedelta(days=1),
        "while_reading": "on",
    }


def _juror(who: str, cast: Cast) -> Juror:
    return Juror.objects.get(user=cast.users[who], edition=cast.editions[READING])


def _pair(who: str, group: str) -> Callable[[str, Cast], dict[str, Any]]:
    return lambda scene, cast: {
        "juror": _juror(who, cast).pk,
        "candidature": cast.dossiers[group].pk,
        "reason": NEW_WORDS,
    }


def _readings(scene: str, cast: Cast) -> dict[str, Any]:
    """The dossier « read », for who may read it, or for who is recused from it."""
    who = RECUSED if scene.endswith(", recused") else UNASSIGNED
    table = f"code;adresse\n{cast.home.code};{cast.users[who].email}\n"
    return {"file": SimpleUploadedFile("lectures.csv", table.encode())}


def _distribution(scene: str, cast: Cast) -> dict[str, Any]:
    year = OPEN if scene.endswith(", open") else READING
    seen = "x" if scene.endswith(", forged") else gather(cast.editions[year]).problem.digest
    return {"seen": seen}


FORMS: dict[str, Callable[[str, Cast], dict[str, Any]]] = {
    "candidatures:start": _start,
    "candidatures:deposit": _ticked,
    "depositing:add_engagement": lambda scene, cast: {"title": NEW_WORDS, "text": NEW_WORDS},
    "depositing:change_engagement": lambda scene, cast: {"title": NEW_WORDS, "text": NEW_WORDS},
    "depositing:add_condition": lambda scene, cast: {"label": NEW_WORDS, "checked_by": "staff"},
    "depositing:change_condition": lambda scene, cast: {"label": NEW_WORDS, "checked_by": "staff"},
    "depositing:move_engagement": lambda scene, cast: {"to": "down"},
    "depositing:move_condition": lambda scene, cast: {"to": "down"},
    "candidatures_staff:check": lambda scene, cast: {"is_met": "not_met", "note": NEW_WORDS},
    "candidatures:approve": _approval,
    "candidatures:ask_approval": lambda scene, cast: {
        "name": "Jeanne Morel",
        "function": "maire",
        "email": "maire@label.example",
    },
    "candidatures:withdraw": lambda scene, cast: {
        "number": 2 if scene == "candidatures:withdraw" else 1,
        "understood": "on",
    },
    "candidatures:section": _section,
    "candidatures:answer": _section,
    "candidatures:mark_section": lambda scene, cast: {"prete": "oui"},
    "candidatures:resume_answers": lambda scene, cast: {"tout": ""},
    "candidatures:resume_practices": lambda scene, cast: {"tout": ""},
    "candidatures:earlier_answers": lambda scene, cast: {"version": 1, "over": 2},
    "candidatures:passage": lambda scene, cast: {"summary": NEW_WORDS, "vsummary": 0},
    "candidatures:earlier_passages": lambda scene, cast: {"version": 1, "over": 2},
    "candidatures:add_initiative": _initiative,
    "candidatures:change_initiative": _initiative,
    "candidatures:import_initiatives": _import,
    "candidatures:confirm_import": lambda scene, cast: {"sealed": "x"},
    "candidatures:attachments": _attachment,
    "candidatures:thread": _message,
    "candidatures:read_thread": lambda scene, cast: {"seen": 0},
    "candidatures_staff:thread": _message,
    "candidatures_staff:read_thread": lambda scene, cast: {"seen": 0},
    "candidatures_staff:settle_thread": lambda scene, cast: {"seen": 0},
    "candidatures:correction": _corrected,
    "candidatures_staff:ask_correction": _correction,
    "candidatures:illustrations": _illustration,
    "candidatures:feedback": lambda scene, cast: {"ease": "4", "time_spent": "day"},
    "candidatures_staff:extend": _extension,
    "candidatures_staff:write_mailing": _mailing,
    "candidatures_staff:change_mailing": _mailing,
    "candidatures_staff:ask_for_export": lambda scene, cast: {"format": "xlsx"},
    "territories:request_membership": lambda scene, cast: {"function": "Maire", "role": "reader"},
    "territories:team": lambda scene, cast: {"email": "q@label.example", "role": "reader"},
    "territories:change_role": lambda scene, cast: {"role": "reader"},
    "territories:accept_invitation": lambda scene, cast: {"function": "Maire"},
    "territories_staff:accept_membership": lambda scene, cast: {"role": "reader"},
    "territories_staff:refuse_membership": lambda scene, cast: {"reason": NEW_WORDS},
    "jury:review": _review,
    "jury:decide": _decide,
    "jury:affiliations": _tie,
    "jury:declaration": lambda scene, cast: {"agreed": "on", "seen": "Un texte"},
    "jury:declare_recusal": lambda scene, cast: {"reason": NEW_WORDS},
    "labels_staff:create_edition": _edition,
    "labels_staff:edition": _edition,
    "labels_staff:theme": _theme,
    "labels_staff:mentions": _mentions,
    "questionnaire:add_section": lambda scene, cast: {"title": NEW_WORDS},
    "questionnaire:change_section": lambda scene, cast: {"title": NEW_WORDS},
    "questionnaire:add_question": _question,
    "questionnaire:change_question": _question,
    "questionnaire:move_section": lambda scene, cast: {"to": "down"},
    "questionnaire:move_question": lambda scene, cast: {"to": "down"},
    "jury_staff:criteria": _criteria,
    "jury_staff:thresholds": lambda scene, cast: THRESHOLDS,
    "jury_staff:add_juror": lambda scene, cast: {"email": cast.users[NEWCOMER].email},
    "jury_staff:assign": _pair(UNASSIGNED, "read"),
    "jury_staff:unassign": _pair(JUROR, "read"),
    "jury_staff:recuse": _pair(CHAIR, "read"),
    "jury_staff:juror": _tie,
    "jury_staff:change_declaration": lambda scene, cast: {"text": NEW_WORDS},
    "jury_staff:recusal_rules": lambda scene, cast: {"recuses_department": "oui"},
    "jury_staff:lift_recusal": lambda scene, cast: {"reason": NEW_WORDS},
    "jury_staff:distribution": lambda scene, cast: {"readers": 2},
    "jury_staff:change_load": lambda scene, cast: {"max_load": 12},
    "jury_staff:distribute": _distribution,
    "jury_staff:entrust": _readings,
    "atlaas:contact": lambda scene, cast: {
        "name": "Léa Roy",
        "email": "lea.roy@label.example",
        "message": NEW_WORDS,
    },
    "pages:contact": lambda scene, cast: {
        "name": "Léa Roy",
        "email": "lea.roy@label.example",
        "subject": "autre",
        "message": NEW_WORDS,
    },
    "account": lambda scene, cast: {"full_name": "Camille Martin-Petit"},
    "account_signup": lambda scene, cast: {"email": "n@label.example", "full_name": "Léa Roy"},
    "account_email": lambda scene, cast: {"email": "o@label.example", "action_add": ""},
    "account_request_login_code": lambda scene, cast: {"email": "p@label.example"},
    "mfa_reauthenticate": lambda scene, cast: {"code": "000000"},
    "mfa_activate_totp": lambda scene, cast: {"code": "000000"},
}
