"""The world of the walk: the label around today, its people, and what the others may not read.

Four editions: 2024 proclaimed, 2025 decided and under embargo on the day of its ceremony, 2026
read by its jury, 2027 open. Every text that could leak holds « zebre-<what>- »: finding
« zebre-letter- » in an answer is finding the jury's word to a territory.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.test.client import ClientHandler
from pypdf import PdfReader, PdfWriter

import jury.services
import labels.services
from atlaas.models import Sheet
from candidatures import services, snapshot
from candidatures.choices import Audience, CheckedBy, ExportFormat, QuestionKind, Side
from candidatures.corrections import correctable
from candidatures.models import (
    Answer,
    Approval,
    Attachment,
    Candidature,
    Condition,
    Correction,
    Deposit,
    EarlierAnswer,
    Engagement,
    Export,
    Extension,
    InitiativeIllustration,
    Mailing,
    Question,
    Section,
)
from candidatures.reminders import sign
from candidatures.values import from_list, from_rows
from jury.models import Juror, Recusal
from labels.models import DigitalService, Edition, Mention, Theme
from tests.factories.atlaas import photograph
from tests.factories.candidatures import (
    ApprovalFactory,
    CandidatureFactory,
    InitiativeFactory,
    SectionFactory,
)
from tests.factories.jury import opinion, reading_day
from tests.factories.labels import EditionFactory
from tests.factories.territories import (
    CommuneFactory,
    EpciFactory,
    InvitationFactory,
    MembershipFactory,
)
from tests.factories.users import UserFactory
from tests.walk.addresses import every_address
from tests.walk.people import (
    ANONYMOUS,
    CHAIR,
    CONTRIBUTOR,
    ELSEWHERE,
    FORMER,
    JUROR,
    NEIGHBOUR,
    NEWCOMER,
    PEOPLE,
    READER,
    RECUSED,
    REFERENT,
    STAFF,
    UNASSIGNED,
)
from villes_internet.calendar import end_of, start_of
from villes_internet.demo.mailbox import MailboxBackend
from villes_internet.demo.models import ReceivedMessage
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.mail.choices import MessageState
from villes_internet.mail.letters import Letter
from villes_internet.mail.models import Message, MessageAttachment
from villes_internet.territories.models import Membership, Perimeter, Territory
from villes_internet.users.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PAST, DECIDED, READING, OPEN = 2024, 2025, 2026, 2027
HANDLER = ClientHandler(enforce_csrf_checks=False)  # its middleware, slow to make, is made once
SECRET = re.compile(r"zebre-([a-z]+)-")


def browser() -> Client:
    """Of somebody who is not signed in."""
    client = Client()
    client.handler = HANDLER
    return client


def secret(group: str, detail: str) -> str:
    return f"zebre-{group}-{detail}"


def secrets_in(response: Response) -> set[str]:
    """What the whole answer gives away: body, headers, and the text of a PDF."""
    body = body_of(response)
    texts = [body.decode("utf-8", "replace"), str(response.headers)]
    if body.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(body))
        texts += [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
    return set(SECRET.findall("\n".join(texts).lower()))


def body_of(response: Response) -> bytes:
    """The bytes of an answer, streamed or not; a stream is read once and kept."""
    if response.streaming and not hasattr(response, "read_body"):
        response.read_body = response.getvalue()  # type: ignore[attr-defined]
    return getattr(response, "read_body", None) or response.content


@dataclass(frozen=True)
class Cast:
    """`arguments` says what each parameter of an address stands for."""

    users: Mapping[str, User]
    sessions: Mapping[str, str]
    dossiers: Mapping[str, Candidature]
    home: Territory
    neighbour: Territory
    editions: Mapping[int, Edition]
    sheet: Sheet
    memberships: Mapping[str, Membership]
    arguments: Mapping[str, Mapping[str, Any]]

    def browser(self, who: str) -> Client:
        """A new one, signed in as this person, which remembers nothing of the others' walks."""
        client = browser()
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def url(self, scene: str) -> str:
        """Where a scene takes place: « jury:review » or « jury:review, rival »."""
        name, _, variant = scene.partition(", ")
        address = every_address()[name]
        known = dict(self.arguments.get(address.namespace, {}))
        known |= self.arguments.get(name, {})
        known |= self.arguments.get(scene, {})
        if missing := [parameter for parameter in address.parameters if parameter not in known]:
            raise LookupError(
                f"Say in tests/walk/cast.py, `_arguments`, what {missing} stands for in {name}."
            )
        if variant and scene not in self.arguments:
            raise LookupError(f"Say in tests/walk/cast.py, `_arguments`, what « {scene} » is.")
        return address.url(known)


def build() -> Cast:
    """Write the whole world; a second or so."""
    now = datetime.now(tz=UTC)
    users = _people()
    home = CommuneFactory(name="Zebre-Home-le-Bourg")
    neighbour = CommuneFactory(name="Zebre-Rival-la-Forêt", town=True)
    epci = EpciFactory()
    for commune in (home, neighbour):
        Perimeter.objects.create(commune=commune, epci=epci, years=(2020, None))
    memberships = _memberships(users, home=home, neighbour=neighbour)
    editions = _editions(users[STAFF])
    past, decided, reading, opened = (editions[year] for year in sorted(editions))

    laureate = _dossier("laureate", home, past, by=users[REFERENT])
    judged = _dossier("judged", home, decided, by=users[REFERENT])
    read = _dossier("read", home, reading, by=users[REFERENT])
    rival = _dossier("rival", neighbour, reading, by=users[NEIGHBOUR])
    draft = _dossier("draft", home, opened, by=users[REFERENT], deposited=False)
    _rewrite_an_answer(draft, by=users[CONTRIBUTOR])
    twice = _twice(opened, users)
    waiting = _approvals(draft, by=users[REFERENT], at=now)

    services.extend(
        draft,
        until=opened.closes_on + timedelta(days=1),
        reason=secret("extension", "motif"),
        by=users[STAFF],
        at=now,
    )
    _exchange(draft, users, at=now)
    services.ask_correction(
        read,
        deposited_questions(read)[0],
        request=secret("correction", "demande"),
        until=reading.deliberates_on - timedelta(days=1),
        while_reading=True,
        by=users[STAFF],
        at=now,
    )
    services.send_receipt(Deposit.objects.standing().get(candidature=read).pk, at=now)

    chair = _jury(past, users, seats=(CHAIR, ELSEWHERE, JUROR))
    _review(past, users[JUROR], laureate, "verdict")
    _decide(laureate, chair, level=4, letter=secret("answer", "mot"))
    jury.services.proclaim(past, by=chair, at=start_of(past.ceremony_on) + timedelta(hours=18))

    chair = _jury(decided, users, seats=(CHAIR, JUROR, UNASSIGNED, RECUSED))
    _review(decided, users[JUROR], judged, "verdict")
    _recuse(decided, users[RECUSED], judged, secret("recusal", "raison"), by=users[STAFF])
    _decide(judged, chair, level=5, letter=secret("letter", "mot"))

    _jury(reading, users, seats=(CHAIR, JUROR, UNASSIGNED, RECUSED))
    _review(reading, users[JUROR], read, "notes", hand_in=False)
    _review(reading, users[UNASSIGNED], rival, "colleague")
    _recuse(reading, users[RECUSED], read, secret("recusal", "raison"), by=users[STAFF])
    _recuse(reading, users[CHAIR], rival, secret("apart", "raison"), by=users[STAFF])

    dossiers = {
        "laureate": laureate, "judged": judged, "read": read, "rival": rival, "draft": draft,
        "twice": twice,
    }  # fmt: skip
    sheet = Sheet.objects.get(territory=home)
    return Cast(
        users=users,
        sessions=_sessions(users),
        dossiers=dossiers,
        home=home,
        neighbour=neighbour,
        editions=editions,
        sheet=sheet,
        memberships=memberships,
        arguments=_arguments(
            dossiers, memberships, home=home, sheet=sheet, waiting=waiting, at=now
        ),
    )


def _people() -> dict[str, User]:
    names = dict.fromkeys(PEOPLE, "Camille Martin") | {
        JUROR: "Zebre-Jury-Durand",
        UNASSIGNED: "Zebre-Jury-Faure",
        RECUSED: "Zebre-Jury-Garnier",
        ELSEWHERE: "Zebre-Jury-Hamel",
        CHAIR: "Zebre-Jury-Imbert",
    }
    people: dict[str, User] = {
        who: UserFactory(
            email=f"{who}@label.example",
            full_name=names[who],
            verified=True,
            staff=who == STAFF,
        )
        for who in PEOPLE
        if who != ANONYMOUS
    }
    TOTP.activate(people[STAFF], generate_totp_secret())
    RecoveryCodes.activate(people[STAFF])
    return people


def _memberships(
    users: Mapping[str, User], *, home: Territory, neighbour: Territory
) -> dict[str, Membership]:
    words = secret("request", "fonction")
    return {
        READER: MembershipFactory(user=users[READER], territory=home, active=True, reader=True),
        CONTRIBUTOR: MembershipFactory(user=users[CONTRIBUTOR], territory=home, active=True),
        REFERENT: MembershipFactory(
            user=users[REFERENT], territory=home, active=True, referent=True
        ),
        NEIGHBOUR: MembershipFactory(
            user=users[NEIGHBOUR], territory=neighbour, active=True, referent=True
        ),
        NEWCOMER: MembershipFactory(user=users[NEWCOMER], territory=home, function=words),
        FORMER: MembershipFactory(user=users[FORMER], territory=home, ended=True),
    }


def _editions(staff: User) -> dict[int, Edition]:
    """With the référentiel, the questionnaire and the criteria that the project ships."""
    now = datetime.now(tz=UTC)
    made = [
        EditionFactory.build(year=PAST, real=True, closes_in=-400),
        EditionFactory.build(year=DECIDED, real=True, ceremony=True),
        EditionFactory.build(year=READING, real=True, reading=True),
        EditionFactory.build(year=OPEN, real=True),
    ]
    return {
        edition.year: labels.services.create_edition(edition, by=staff, at=now) for edition in made
    }


def _dossier(
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


def _twice(edition: Edition, users: Mapping[str, User]) -> Candidature:
    """Deposited, taken back and deposited again, for another commune of the same people."""
    hamlet = CommuneFactory(name="Zebre-Home-le-Hameau")
    MembershipFactory(user=users[READER], territory=hamlet, active=True, reader=True)
    MembershipFactory(user=users[CONTRIBUTOR], territory=hamlet, active=True)
    MembershipFactory(user=users[REFERENT], territory=hamlet, active=True, referent=True)
    by, now = users[REFERENT], datetime.now(tz=UTC)
    candidature = _dossier("twice", hamlet, edition, by=by, deposited=False)
    _deposit(candidature, by=by, at=now)
    services.send_receipt(candidature.deposits.get().pk, at=now)
    services.withdraw_deposit(candidature, number=1, by=by, at=now)
    _deposit(candidature, by=by, at=now)
    candidature.refresh_from_db()
    return candidature


def _approvals(candidature: Candidature, *, by: User, at: datetime) -> Approval:
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


def _exchange(candidature: Candidature, users: Mapping[str, User], *, at: datetime) -> None:
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


def _rewrite_an_answer(candidature: Candidature, *, by: User) -> None:
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


def _jury(edition: Edition, users: Mapping[str, User], *, seats: tuple[str, ...]) -> Juror:
    """Seat them; returns the chair."""
    seated = [
        jury.services.add_juror(
            edition,
            user=users[who],
            is_chair=who == CHAIR,
            by=users[STAFF],
            at=reading_day(edition),
        )
        for who in seats
    ]
    return seated[0]


def _review(
    edition: Edition, user: User, candidature: Candidature, group: str, *, hand_in: bool = True
) -> None:
    juror = Juror.objects.get(edition=edition, user=user)
    at = reading_day(edition)
    jury.services.assign(juror, candidature, by=user, at=at)
    content = opinion(edition, words=secret(group, "avis"))
    act = jury.services.submit_review if hand_in else jury.services.save_review
    act(juror, candidature, content=content, at=at)


def _recuse(
    edition: Edition, user: User, candidature: Candidature, reason: str, *, by: User
) -> Recusal:
    juror = Juror.objects.get(edition=edition, user=user)
    return jury.services.recuse(juror, candidature, reason=reason, by=by, at=reading_day(edition))


def _decide(candidature: Candidature, chair: Juror, *, level: int, letter: str) -> None:
    edition = candidature.edition
    jury.services.decide(
        candidature,
        level=level,
        mentions=list(Mention.objects.filter(edition=edition, green=True)),
        is_ten=level == 5,
        letter=letter,
        by=chair,
        at=start_of(edition.deliberates_on) + timedelta(hours=10),
    )


def _sessions(users: Mapping[str, User]) -> dict[str, str]:
    """The session of each, signed in a moment ago by every means that the account has."""
    keys = {}
    for who, user in users.items():
        client = Client()
        client.force_login(user)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": time.time(), "reauthenticated": True}
        ]
        session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
        session.save()
        keys[who] = str(session.session_key)
    return keys


def _exports(draft: Candidature, *, by: User, at: datetime) -> tuple[Export, Export]:
    """One that is ready, and one whose file is gone."""

    def make(asked_at: datetime) -> Export:
        export = services.ask_for_export(
            draft.edition,
            format=ExportFormat.XLSX,
            candidatures=[draft.pk],
            criteria="Toutes les candidatures",
            by=by,
            at=asked_at,
        )
        services.make_export(export.pk, clock=lambda: asked_at)
        return export

    removed = make(at - timedelta(days=30))
    services.remove_exports(at=at)
    return make(at), removed


def _mailings(draft: Candidature, *, by: User, at: datetime) -> tuple[Mailing, Mailing]:
    """One to be read before it leaves, and one that left."""
    waiting, sent = (
        services.write_mailing(
            draft.edition,
            candidatures=[draft.pk],
            criteria="Toutes les candidatures",
            subject="Votre dossier",
            body="Il reste {jours restants} à {collectivité}.",
            audience=Audience.REFERENTS,
            is_reminder=True,
            by=by,
            at=at,
        )
        for _ in range(2)
    )
    services.confirm_mailing(sent, by=by, at=at)
    services.send_mailing(sent.pk, at=at)
    return waiting, sent


def _letters(at: datetime) -> tuple[Message, Message]:
    """One in doubt, with a document, and one that carried a code."""
    doubtful = mail.queue_letter(
        Letter(
            subject=secret("mail", "objet"), text=secret("mail", "texte"), html="<p>Bonjour</p>"
        ),
        key="walk:doubtful",
        to=secret("mail", "maire@commune.example"),
        category="candidatures",
        at=at,
        attachments=[
            (
                store_bytes(pdf(secret("mail", "jointe")), content_type="application/pdf", at=at),
                secret("mail", "jointe.pdf"),
            )
        ],
    )
    Message.objects.filter(pk=doubtful.pk).update(state=MessageState.UNCERTAIN)
    coded = mail.queue_letter(
        Letter(subject="Votre code de connexion", text=secret("code", "123456")),
        key="walk:coded",
        to="maire@commune.example",
        category="compte",
        at=at,
        transient=True,
    )
    return doubtful, coded


def _received() -> ReceivedMessage:
    """In the mailbox of the demonstration, which hides nothing from anybody."""
    letter = EmailMultiAlternatives(
        "Votre code de connexion", "Bonjour,\n\n123456\n", to=["a@b.fr"]
    )
    letter.attach_alternative("<!doctype html><html lang='fr'><p>Bonjour</p></html>", "text/html")
    letter.attach("note.pdf", pdf("note"), "application/pdf")
    MailboxBackend().send_messages([letter])
    return ReceivedMessage.objects.latest("pk")


def _arguments(
    dossiers: Mapping[str, Candidature],
    memberships: Mapping[str, Membership],
    *,
    home: Territory,
    sheet: Sheet,
    waiting: Approval,
    at: datetime,
) -> dict[str, dict[str, Any]]:
    """What the parameters stand for: by app, then by address, then by scene, the latter winning.

    A new address of an app finds its parameters here by their names.
    """
    doubtful, coded = _letters(at)
    export, removed = _exports(dossiers["draft"], by=memberships[REFERENT].user, at=at)
    documents = {
        group: Attachment.objects.get(candidature=candidature).pk
        for group, candidature in dossiers.items()
    }
    actions = {group: candidature.initiatives.get().pk for group, candidature in dossiers.items()}
    pictures = {
        group: InitiativeIllustration.objects.get(initiative__candidature=candidature).pk
        for group, candidature in dossiers.items()
    }
    keys = {group: candidature.pk for group, candidature in dossiers.items()}
    opened = dossiers["draft"].edition
    mailing, sent = _mailings(dossiers["draft"], by=memberships[REFERENT].user, at=at)
    section = Section.objects.filter(edition=opened).order_by("position")[0]
    question = Question.objects.of(opened)[0]
    unused = SectionFactory(edition=opened, code="vide", title="Rubrique vide", position=9)
    theme = Theme.objects.filter(edition=opened).order_by("position")[0]
    juror = Juror.objects.get(edition__year=READING, user__email=f"{UNASSIGNED}@label.example")
    invitation = InvitationFactory(
        territory=home,
        email=f"{ELSEWHERE}@label.example",
        invited_by=memberships[REFERENT].user,
        invited_at=at - timedelta(days=1),
    )
    neighbouring = InvitationFactory(
        territory=memberships[NEIGHBOUR].territory, invited_by=memberships[NEIGHBOUR].user
    )
    scenes: dict[str, dict[str, Any]] = {
        "atlaas": {
            "code": home.code,
            "slug": home.slug,
            "pk": sheet.pk,
            "illustration_pk": sheet.illustrations.get().pk,
            "size": "moyenne",
        },
        "atlaas:illustration, of no such size": {"size": "immense"},
        "atlaas:sheet": {"slug": sheet.get_absolute_url().strip("/").partition("-")[2]},
        "labels": {"year": PAST},
        "editions": {"year": OPEN},
        "editions:calendar, embargo": {"year": DECIDED},
        "pages": {"section": "fiches"},
        "pages:sitemap_section, territories": {"section": "territoires"},
        "pages:sitemap_section, unknown": {"section": "candidatures"},
        "labels:palmares, embargo": {"year": DECIDED},
        "labels:palmares, open": {"year": OPEN},
        "labels:palmares_picture, embargo": {"year": DECIDED},
        "labels:palmares_picture, open": {"year": OPEN},
        "candidatures": {
            "pk": keys["draft"],
            "code": section.code,
            "initiative_pk": actions["draft"],
            "attachment_pk": documents["draft"],
            "illustration_pk": pictures["draft"],
            "size": "petite",
            "token": sign(dossiers["draft"], memberships[CONTRIBUTOR].user),
            "question_pk": first_question(OPEN).pk,
            "correction_pk": Correction.objects.get().pk,
        },
        "candidatures:approve": {"token": waiting.token},
        "candidatures:approve, forged": {"token": waiting.token + "x"},
        "candidatures:approval_attachment": {"token": waiting.token},
        "candidatures:approval_attachment, of another dossier": {
            "token": waiting.token,
            "attachment_pk": documents["rival"],
        },
        "candidatures:answer, read": {
            "pk": keys["read"],
            "question_pk": first_question(READING).pk,
        },
        "candidatures:answer, another edition": {"question_pk": first_question(READING).pk},
        "candidatures:stop_reminders, forged": {"token": "1-1:zut"},
        "candidatures:receipt": {"pk": keys["read"]},
        "candidatures:withdraw": {"pk": keys["twice"]},
        "candidatures:withdraw, draft": {"pk": keys["draft"]},
        "candidatures:withdraw, read": {"pk": keys["read"]},
        "candidatures:past_deposit": {"pk": keys["twice"], "number": 1},
        "candidatures:past_deposit, never": {"pk": keys["twice"], "number": 3},
        "candidatures:receipt_of": {"pk": keys["twice"], "number": 1},
        "candidatures:receipt_of, in preparation": {"pk": keys["twice"], "number": 2},
        "candidatures:correction": {
            "pk": keys["read"],
            "correction_pk": Correction.objects.get().pk,
        },
        "candidatures:correction, through another dossier": {
            "pk": keys["draft"],
            "correction_pk": Correction.objects.get().pk,
        },
        "candidatures:thread, read": {"pk": keys["read"]},
        "candidatures:thread, of a neighbour": {"pk": keys["rival"]},
        "candidatures:diploma": {"pk": keys["laureate"]},
        "candidatures:feedback, read": {"pk": keys["read"]},
        "candidatures:receipt, draft": {"pk": keys["draft"]},
        "candidatures:diploma, embargo": {"pk": keys["judged"]},
        "jury": {
            "year": READING,
            "pk": keys["read"],
            "attachment_pk": documents["read"],
            "illustration_pk": pictures["read"],
            "size": "moyenne",
        },
        "jury:dashboard, embargo": {"year": DECIDED},
        "jury:dashboard, unknown": {"year": 1999},
        "jury:deliberation, embargo": {"year": DECIDED},
        "jury:proclaim, embargo": {"year": DECIDED},
        "jury:review, another edition": {"pk": keys["judged"]},
        "jury:attachment, of another dossier": {"attachment_pk": documents["draft"]},
        "jury:illustration, of another dossier": {"illustration_pk": pictures["draft"]},
        "mail": {
            "pk": doubtful.pk,
            "attachment_pk": MessageAttachment.objects.get(message=doubtful).pk,
        },
        "mail:detail, code": {"pk": coded.pk},
        "labels_staff": {"year": OPEN, "code": theme.code},
        "labels_staff:edition, proclaimed": {"year": PAST},
        "labels_staff:edition, unknown": {"year": 1999},
        "questionnaire": {"year": OPEN, "pk": section.pk, "section_pk": section.pk},
        "questionnaire:change_question, another edition": {"year": READING},
        "candidatures_staff": {
            "year": OPEN,
            "pk": keys["draft"],
            "extension_pk": Extension.objects.get().pk,
            "export_pk": export.pk,
            "mailing_pk": mailing.pk,
        },
        "candidatures_staff:mailing, another edition": {"year": READING},
        "candidatures_staff:export, another edition": {"year": READING},
        "candidatures_staff:export_file, removed": {"export_pk": removed.pk},
        "candidatures_staff:dossier, read": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:candidatures, read": {"year": READING},
        "candidatures_staff:candidature, read": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:ask_correction": {"year": READING, "pk": keys["read"]},
        "candidatures_staff:ask_correction, draft": {"year": OPEN, "pk": keys["draft"]},
        "candidatures_staff:withdraw_correction": {
            "year": READING,
            "pk": keys["read"],
            "correction_pk": Correction.objects.get().pk,
        },
        "candidatures_staff:thread, another edition": {"pk": keys["read"]},
        "candidatures_staff:extend, read": {"year": READING, "pk": keys["read"]},
        "jury_staff": {"year": READING, "pk": juror.pk},
        "territories": {
            "code": home.code,
            "pk": memberships[NEWCOMER].pk,
            "token": invitation.token,
        },
        "territories:team, unknown": {"code": "99999"},
        "territories:accept_invitation, forged": {"token": invitation.token + "x"},
        "territories:request_membership, unknown": {"code": "99999"},
        "territories_staff": {"pk": memberships[NEWCOMER].pk},
        "territories_staff:end_membership": {"pk": memberships[CONTRIBUTOR].pk},
        "demo": {"pk": _received().pk, "number": 1},
        "": {"uidb36": "1", "key": "set-password", "rest": "change/"},
    }
    for name in ("mailing", "change_mailing", "confirm_mailing"):
        scenes[f"candidatures_staff:{name}, sent"] = {"mailing_pk": sent.pk}
    for name in ("change_role", "end_colleague"):
        scenes[f"territories:{name}"] = {"pk": memberships[CONTRIBUTOR].pk}
        scenes[f"territories:{name}, of a neighbour"] = {"pk": memberships[NEIGHBOUR].pk}
    for name in ("resend_invitation", "revoke_invitation"):
        scenes[f"territories:{name}"] = {"pk": invitation.pk}
        scenes[f"territories:{name}, of a neighbour"] = {"pk": neighbouring.pk}
    engagement, condition = Engagement.objects.of(opened)[0], Condition.objects.of(opened)[0]
    checked = Condition.objects.of(opened).get(checked_by=CheckedBy.STAFF)
    scenes["depositing"] = {"year": OPEN}
    for name in ("change", "move", "retire"):
        scenes[f"depositing:{name}_engagement"] = {"pk": engagement.pk}
        scenes[f"depositing:{name}_condition"] = {"pk": condition.pk}
    scenes["depositing:change_engagement, another edition"] = {
        "year": READING,
        "pk": engagement.pk,
    }
    scenes["candidatures_staff:check"] = {"condition_pk": checked.pk}
    scenes["candidatures_staff:check, declared"] = {"condition_pk": condition.pk}
    scenes["questionnaire:remove_section"] = {"pk": unused.pk}
    for name in ("change_question", "move_question", "withdraw_question"):
        scenes[f"questionnaire:{name}"] = {"pk": question.pk}
    scenes["questionnaire:change_question, another edition"]["pk"] = question.pk
    for name in ("delegate_section", "mark_section"):
        scenes[f"candidatures:{name}, read"] = {"pk": keys["read"]}
    for name in (
        "detail",
        "section",
        "attachments",
        "deposit",
        "change_initiative",
        "detach",
        "illustrations",
        "illustration",
        "remove_illustration",
    ):
        for group in ("read", "judged", "laureate"):
            scenes[f"candidatures:{name}, {group}"] = {
                "pk": keys[group],
                "initiative_pk": actions[group],
                "attachment_pk": documents[group],
                "illustration_pk": pictures[group],
            }
    for name in (
        "earlier_answers",
        "change_initiative",
        "move_initiative",
        "duplicate_initiative",
        "remove_initiative",
        "attachment",
        "detach",
        "illustrations",
        "illustration",
        "remove_illustration",
    ):
        # Through one's own dossier to the content of another's.
        scenes[f"candidatures:{name}, through another dossier"] = {"pk": keys["rival"]}
    for name in ("review", "decide", "attachment", "illustration"):
        for group in ("rival", "draft"):
            scenes[f"jury:{name}, {group}"] = {
                "pk": keys[group],
                "attachment_pk": documents[group],
                "illustration_pk": pictures[group],
            }
        scenes[f"jury:{name}, embargo"] = {
            "year": DECIDED,
            "pk": keys["judged"],
            "attachment_pk": documents["judged"],
            "illustration_pk": pictures["judged"],
        }
    return scenes
