"""What the staff and the agents do with a correction, in the tests."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.models import (
    Candidature,
    Correction,
    Deposit,
    Question,
)
from tests.factories.candidatures import (
    referent,
)
from tests.walk.cast import browser
from villes_internet.users.models import User

FIRST, OTHER = "Ce qui a été déposé", "Une autre réponse"


def answer(candidature: Candidature, question: Question, text: str) -> None:
    services.save_answers(
        candidature,
        values={question: (text, 0)},
        by=referent(candidature.territory),
        at=timezone.now(),
    )


def ask(candidature: Candidature, question: Question, *, by: User, **more: Any) -> Correction:
    edition = candidature.edition
    said: dict[str, Any] = {
        "request": "Précisez l’année.",
        "until": edition.reading_starts_on - timedelta(days=1),
        "at": timezone.now(),
    }
    return services.ask_correction(candidature, question, by=by, **(said | more))


def draft(
    correction: Correction, text: str, *, by: User, over: int = 0, at: datetime | None = None
) -> Correction:
    return services.save_correction(
        correction, value=text, over=over, by=by, at=at or timezone.now()
    )


def send(correction: Correction, text: str, *, by: User) -> None:
    saved = draft(correction, text, by=by)
    services.send_correction(saved, over=saved.version, by=by, at=timezone.now())


def deposited_of(candidature: Candidature) -> Deposit:
    return Deposit.objects.standing().get(candidature=candidature)


def but_for(dossier: dict[str, Any], question: Question) -> dict[str, Any]:
    """The dossier without its answer to this question."""
    kept = deepcopy(dossier)
    for section in kept["sections"]:
        section["answers"] = [one for one in section["answers"] if one["code"] != question.code]
    return kept


def text_of(dossier: dict[str, Any], question: Question) -> str:
    [value] = [
        one["value"]
        for section in dossier["sections"]
        for one in section["answers"]
        if one["code"] == question.code
    ]
    return str(value)


def signed_in(user: User) -> Client:
    client = browser()
    client.force_login(user)
    return client


def page(correction: Correction) -> str:
    return reverse(
        "candidatures:correction", args=[correction.deposit.candidature_id, correction.pk]
    )


def everything(candidature: Candidature) -> dict[str, Any]:
    """All that the dossier holds, deposited or not."""
    deposit = deposited_of(candidature)
    return {
        "deposit": deepcopy(deposit.snapshot),
        "sha256": deposit.sha256,
        "now": snapshot.take(Candidature.objects.with_details().get(pk=candidature.pk)),
        "state": Candidature.objects.get(pk=candidature.pk).state,
    }
