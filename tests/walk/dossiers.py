"""The dossiers of the four editions, each of their texts marked with its group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from candidatures import passages, services, snapshot
from candidatures.choices import QuestionKind, Side
from candidatures.corrections import correctable
from candidatures.models import (
    Answer,
    Approval,
    Candidature,
    Condition,
    Correction,
    Deposit,
    EarlierAnswer,
    Engagement,
    Question,
)
from candidatures.values import from_list, from_rows
from labels.models import DigitalService, Edition
from tests.factories.atlaas import photograph
from tests.factories.candidatures import ApprovalFactory, CandidatureFactory, InitiativeFactory
from tests.factories.territories import CommuneFactory, MembershipFactory
from tests.walk.people import CONTRIBUTOR, READER, REFERENT, STAFF
from villes_internet.calendar import end_of
from villes_internet.files.services import examine
from villes_internet.territories.models import Territory
from villes_internet.users.models import User

PAST, DECIDED, READING, OPEN = 2024, 2025, 2026, 2027


def secret(group: str, detail: str) -> str:
    return f"zebre-{group}-{detail}"


def write_dossier(
    group: str, territory: Territory, edition: Edition, *, by: User, deposited: bool = True
) -> Candidature:
    """A whole dossier, each of its texts marked with its group."""
    at = end_of(edition.closes_on) - timedelta(hours=2)
    began = min(at, datetime.now(tz=UTC))
    candidature: Candidature = CandidatureFactory(
        edition=edition, territory=territory, created_at=began, created_by=by, updated_at=began
    )
    values = {
        question: (_answer(question, group), 0)
        for question in Question.objects.of(edition)
        if question.is_for(candidature.candidate_type)
    }
    services.save_answers(candidature, values=values, by=by, at=began)
    initiative = InitiativeFactory(
        candidature=candidature,
        title=secret(group, "titre"),
        summary=secret(group, "resume"),
        context=secret(group, "contexte"),
        contact_role=secret(group, "contact"),
        contact_email=f"{secret(group, 'adresse')}@label.example",
        services=DigitalService.objects.filter(theme__edition=edition).order_by("pk")[:2],
    )
    upload = SimpleUploadedFile(secret(group, "piece.pdf"), pdf(secret(group, "contenu")))
    services.attach(candidature, upload=upload, by=by, at=began)
    services.illustrate(
        initiative,
        upload=SimpleUploadedFile("image.jpg", photograph((60, 40))),
        alternative=secret(group, "description"),
        credit=secret(group, "credit"),
        by=by,
        at=began,
    )
    if deposited:
        _deposit(candidature, by=by, at=at)
    candidature.refresh_from_db()
    return candidature


def _deposit(candidature: Candidature, *, by: User, at: datetime) -> None:
    edition = candidature.edition
    services.deposit(
        candidature,
        by=by,
        at=at,
        accepted={one.pk for one in Engagement.objects.of(edition)},
        declared={one.pk for one in Condition.objects.of(edition)},
    )


def deposited_twice(edition: Edition, users: Mapping[str, User]) -> Candidature:
    """Deposited, taken back and deposited again, for another commune of the same people."""
    hamlet = CommuneFactory(name="Zebre-Home-le-Hameau")
    MembershipFactory(user=users[READER], territory=hamlet, active=True, reader=True)
    MembershipFactory(user=users[CONTRIBUTOR], territory=hamlet, active=True)
    MembershipFactory(user=users[REFERENT], territory=hamlet, active=True, referent=True)
    by, now = users[REFERENT], datetime.now(tz=UTC)
    candidature = write_dossier("twice", hamlet, edition, by=by, deposited=False)
    _deposit(candidature, by=by, at=now)
    services.send_receipt(candidature.deposits.get().pk, at=now)
    services.withdraw_deposit(candidature, number=1, by=by, at=now)
    _deposit(candidature, by=by, at=now)
    candidature.refresh_from_db()
    return candidature


def ask_approvals(candidature: Candidature, *, by: User, at: datetime) -> Approval:
    """Its edition asks for one, which it has; another, asked before, still waits."""
    Edition.objects.filter(pk=candidature.edition_id).update(approval_asked=True)
    candidature.edition.refresh_from_db()
    waiting: Approval = ApprovalFactory(
        candidature=candidature, asked_by=by, asked_at=at - timedelta(days=1)
    )
    ApprovalFactory(
        candidature=candidature,
        asked_by=by,
        asked_at=at,
        answered_at=at,
        is_granted=True,
        sha256=snapshot.digest(snapshot.take(candidature)),
    )
    return waiting


def exchange_messages(candidature: Candidature, users: Mapping[str, User], *, at: datetime) -> None:
    """A question of the territory, the answer of the staff, and another question that waits."""
    seen = 0
    for number, (side, who) in enumerate(
        [(Side.TERRITORY, REFERENT), (Side.STAFF, STAFF), (Side.TERRITORY, CONTRIBUTOR)]
    ):
        seen = services.write_message(
            candidature,
            side=side,
            text=secret("thread", f"message-{number}"),
            key=uuid4(),
            seen=seen,
            by=users[who],
            at=at,
        ).pk


def rewrite_an_answer(candidature: Candidature, *, by: User) -> None:
    """The answer to its first question takes the place of another one, which is kept."""
    answer = Answer.objects.get(candidature=candidature, question=first_question(OPEN))
    EarlierAnswer.objects.create(
        answer=answer,
        value=secret("earlier", "texte"),
        version=answer.version,
        written_at=answer.updated_at,
        written_by=by,
    )
    Answer.objects.filter(pk=answer.pk).update(version=answer.version + 1)


def rewrite_an_action(candidature: Candidature, *, by: User, at: datetime) -> None:
    """The context of its first action takes the place of another one, which is kept."""
    initiative = candidature.initiatives.get()
    for text in (secret("earlier", "passage"), secret("draft", "contexte")):
        version = passages.version(initiative, "context")
        values = {"context": ({"context": text}, version)}
        services.save_passages(initiative, values=values, by=by, at=at)
        initiative.refresh_from_db()
        at += timedelta(hours=1)


def correct_documents(candidature: Candidature, group: str, *, by: User, staff: User) -> Correction:
    """The staff ask for documents in answer to its first question, and one is drafted."""
    at = datetime.now(tz=UTC)
    correction = services.ask_correction(
        candidature,
        Question.objects.of(candidature.edition).filter(kind=QuestionKind.FILES)[0],
        request=secret(group, "demande-de-pieces"),
        until=candidature.edition.deliberates_on - timedelta(days=1),
        while_reading=True,
        by=staff,
        at=at,
    )
    content = examine(SimpleUploadedFile("preuve.pdf", pdf(secret(group, "preuve"))))
    added = [(secret(group, "preuve.pdf"), content)]
    services.draft_documents(correction, added=added, over=0, by=by, at=at)
    return correction


def asked_correction(kind: QuestionKind) -> Correction:
    return Correction.objects.asked().get(question__kind=kind)


def deposited_questions(candidature: Candidature) -> list[Question]:
    """Those of long texts that its deposit answers."""
    dossier = Deposit.objects.standing().get(candidature=candidature).snapshot
    return [one for one in correctable(candidature, dossier) if one.kind == "long_text"]


def first_question(year: int) -> Question:
    """A long text that every candidate is asked."""
    questions = Question.objects.of(Edition.objects.get(year=year))
    return questions.filter(kind="long_text", candidate_types=[], asked_if=[])[0]


def _answer(question: Question, group: str) -> str:
    cells = [secret(group, f"case-{question.pk}") for _ in question.columns]
    given = {
        QuestionKind.NUMBER: "3",
        QuestionKind.AMOUNT: "3",
        QuestionKind.CHOICE: str(next(iter(question.choices), "")),
        QuestionKind.CHOICES: from_list(question.choices[:2]),
        QuestionKind.TABLE: from_rows([cells]),
        QuestionKind.DATE: "2026-03-12",
        QuestionKind.YES_NO: "yes",
        QuestionKind.URL: f"https://{secret(group, 'site.example')}/",
        QuestionKind.FILES: "",
    }
    return given.get(QuestionKind(question.kind), secret(group, f"reponse-{question.pk}"))


def pdf(title: str) -> bytes:
    """A one-page document that any reader opens, its words uncompressed."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": title})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
