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

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler
from pypdf import PdfReader

import jury.services
import labels.services
from atlaas.models import Sheet
from candidatures import services
from candidatures.models import Candidature, Deposit
from jury.models import Juror, JuryRules, Recusal
from labels.models import Edition, Mention
from tests.factories.jury import opinion, reading_day, tied
from tests.factories.labels import EditionFactory
from tests.factories.territories import CommuneFactory, EpciFactory, MembershipFactory
from tests.factories.users import UserFactory
from tests.walk.addresses import every_address
from tests.walk.arguments import arguments
from tests.walk.dossiers import (
    DECIDED,
    OPEN,
    PAST,
    READING,
    ask_approvals,
    correct_documents,
    deposited_questions,
    deposited_twice,
    exchange_messages,
    rewrite_an_action,
    rewrite_an_answer,
    secret,
    write_dossier,
)
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
from villes_internet.calendar import start_of
from villes_internet.territories.models import Membership, Perimeter, Territory
from villes_internet.users.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

HANDLER = ClientHandler(enforce_csrf_checks=False)  # its middleware, slow to make, is made once
SECRET = re.compile(r"zebre-([a-z]+)-")


def browser() -> Client:
    """Of somebody who is not signed in."""
    client = Client()
    client.handler = HANDLER
    return client


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
                f"Say in tests/walk/arguments.py what {missing} stands for in {name}."
            )
        if variant and scene not in self.arguments:
            raise LookupError(f"Say in tests/walk/arguments.py what « {scene} » is.")
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

    laureate = write_dossier("laureate", home, past, by=users[REFERENT])
    judged = write_dossier("judged", home, decided, by=users[REFERENT])
    read = write_dossier("read", home, reading, by=users[REFERENT])
    rival = write_dossier("rival", neighbour, reading, by=users[NEIGHBOUR])
    draft = write_dossier("draft", home, opened, by=users[REFERENT], deposited=False)
    rewrite_an_answer(draft, by=users[CONTRIBUTOR])
    rewrite_an_action(draft, by=users[CONTRIBUTOR], at=now - timedelta(hours=2))
    twice = deposited_twice(opened, users)
    waiting = ask_approvals(draft, by=users[REFERENT], at=now)

    services.extend(
        draft,
        until=opened.closes_on + timedelta(days=1),
        reason=secret("extension", "motif"),
        by=users[STAFF],
        at=now,
    )
    exchange_messages(draft, users, at=now)
    services.ask_correction(
        read,
        deposited_questions(read)[0],
        request=secret("correction", "demande"),
        until=reading.deliberates_on - timedelta(days=1),
        while_reading=True,
        by=users[STAFF],
        at=now,
    )
    correct_documents(read, "correction", by=users[CONTRIBUTOR], staff=users[STAFF])
    sent = correct_documents(rival, "rival", by=users[NEIGHBOUR], staff=users[STAFF])
    services.send_correction(sent, over=1, by=users[NEIGHBOUR], at=now)
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
    # With a collectivité that is no candidate: it sets nobody apart.
    neutral = CommuneFactory(name="Sans candidature")
    tied(_seat(reading, users[UNASSIGNED]), neutral, note=secret("tie", "précision"))

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
        arguments=arguments(dossiers, memberships, home=home, sheet=sheet, waiting=waiting, at=now),
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
    for juror in seated:
        text = JuryRules.of(edition).declaration
        jury.services.sign_declaration(juror, seen=text, at=reading_day(edition))
    return seated[0]


def _seat(edition: Edition, user: User) -> Juror:
    return Juror.objects.get(edition=edition, user=user)


def _review(
    edition: Edition, user: User, candidature: Candidature, group: str, *, hand_in: bool = True
) -> None:
    juror = _seat(edition, user)
    at = reading_day(edition)
    jury.services.assign(juror, candidature, by=user, at=at)
    content = opinion(edition, words=secret(group, "avis"))
    act = jury.services.submit_review if hand_in else jury.services.save_review
    act(juror, candidature, content=content, at=at)


def _recuse(
    edition: Edition, user: User, candidature: Candidature, reason: str, *, by: User
) -> Recusal:
    juror = _seat(edition, user)
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
