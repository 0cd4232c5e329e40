"""What the staff and the agents do with a correction, in the tests."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.models import (
    Candidature,
    Correction,
    CorrectionDocument,
    Deposit,
    Question,
)
from tests.factories.candidatures import (
    referent,
)
from tests.walk.cast import browser
from tests.walk.dossiers import pdf
from villes_internet.files.services import examine
from villes_internet.users.models import User

BLURRED, CLEAR, PLAN = "floue.pdf", "nette.pdf", "plan.pdf"
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


# --- Of a question answered by documents --------------------------------------------------


def document(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(name), "application/pdf")


def join(candidature: Candidature, question: Question, *names: str) -> None:
    services.answer_with_files(
        candidature,
        question,
        added=[(name, examine(document(name))) for name in names],
        by=referent(candidature.territory),
        at=timezone.now(),
    )


def draft_documents(
    correction: Correction, *names: str, without: Sequence[str] = (), by: User, over: int = 0
) -> int:
    """Add these, and take those out."""
    return services.draft_documents(
        correction,
        added=[(name, examine(document(name))) for name in names],
        removed=correction.documents.filter(name__in=without).values_list("pk", flat=True),
        over=over,
        by=by,
        at=timezone.now(),
    )


def drafted(correction: Correction) -> list[str]:
    return [one.name for one in correction.documents.drafted().in_order()]


def joined(candidature: Candidature, question: Question) -> list[str]:
    """What the dossier holds now in answer to it."""
    return [one.name for one in candidature.attachments.filter(question=question).in_order()]


def documents_in(dossier: dict[str, Any], question: Question) -> list[str]:
    return [one["name"] for one in dossier["attachments"] if one["question"] == question.label]


def staff_address(found: CorrectionDocument) -> str:
    candidature = found.correction.deposit.candidature
    return reverse(
        "candidatures_staff:correction_document",
        args=[candidature.edition.year, candidature.pk, found.correction_id, found.pk],
    )


def form_of(correction: Correction, *files: SimpleUploadedFile, **more: Any) -> dict[str, Any]:
    """What the page sends, with the version that one was shown."""
    name = f"q{correction.question_id}"
    without = more.pop("without", [])
    taken_out = correction.documents.filter(name__in=without).values_list("pk", flat=True)
    sent = {name: list(files), f"v{correction.question_id}": more.pop("over", 0)}
    return sent | {f"{name}-retirer": list(taken_out)} | more


def followed_by(staff: User, candidature: Candidature) -> str:
    arguments = [candidature.edition.year, candidature.pk]
    url = reverse("candidatures_staff:candidature", args=arguments)
    return signed_in(staff).get(url).content.decode()


def replace_blurred(correction: Correction, *, by: User) -> None:
    over = draft_documents(correction, CLEAR, without=[BLURRED], by=by)
    services.send_correction(correction, over=over, by=by, at=timezone.now())
