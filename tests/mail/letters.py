"""Every letter of the platform, each written by what writes it, in its several forms.

A letter added to templates/ is asked for here by tests/mail/test_every_letter.py.
"""

from __future__ import annotations

import re
import time

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from atlaas import services as atlaas
from tests.factories.atlaas import SheetContactFactory
from tests.factories.candidatures import referent
from tests.factories.labels import NOW
from tests.factories.territories import CommuneFactory, MembershipFactory
from tests.factories.users import EmailAddressFactory, UserFactory
from tests.mail.candidature_letters import CANDIDATURES
from tests.mail.scenes import LONGEST, Scene
from villes_internet.mail.models import Message
from villes_internet.pages import services as pages
from villes_internet.pages.choices import Subject
from villes_internet.territories import services as territories
from villes_internet.territories.choices import Role
from villes_internet.users.models import User

# --- Accounts ----------------------------------------------------------------


def _agent() -> User:
    user: User = UserFactory(verified=True)
    return user


def _signed_in() -> tuple[Client, User]:
    """By a code, a moment ago: what allauth wants before it changes an account."""
    client, user = Client(), _agent()
    client.post("/comptes/login/code/", {"email": user.email})
    [code] = re.findall(r"^\d{6}$", Message.objects.get(to=user.email).text, re.MULTILINE)
    client.post("/comptes/login/code/confirm/", {"code": code})
    Message.objects.filter(to=user.email).delete()
    return client, user


def _ask_for_a_code(email: str | None = None) -> None:
    Client().post("/comptes/login/code/", {"email": email or _agent().email})


def _sign_up(email: str) -> None:
    Client().post("/comptes/signup/", {"email": email, "full_name": "Léa Roy"})


def _add_an_address() -> None:
    client, _ = _signed_in()
    client.post("/comptes/email/", {"action_add": "", "email": "seconde@mairie.example"})


def _change_address() -> None:
    client, user = _signed_in()
    other = EmailAddressFactory(user=user, email="nouvelle@mairie.example", primary=False)
    client.post("/comptes/email/", {"action_primary": "", "email": other.email})


def _remove_an_address() -> None:
    client, user = _signed_in()
    other = EmailAddressFactory(user=user, email="ancienne@mairie.example", primary=False)
    client.post("/comptes/email/", {"action_remove": "", "email": other.email})
    assert EmailAddress.objects.filter(user=user).count() == 1


def _link_an_application() -> None:
    client, _ = _signed_in()
    client.get("/comptes/2fa/totp/activate/")
    counter = int(time.time()) // 30
    value = totp.hotp_value(client.session[totp.SECRET_SESSION_KEY], counter)
    answer = client.post("/comptes/2fa/totp/activate/", {"code": f"{value:06d}"})
    assert answer.status_code == 302


def _unlink_it() -> None:
    client = _with_an_application()
    client.post("/comptes/2fa/totp/deactivate/")


def _renew_recovery_codes() -> None:
    client = _with_an_application()
    client.post("/comptes/2fa/recovery-codes/generate/")


def _with_an_application() -> Client:
    """Proved anew a moment ago, with a recovery code; its own letter is another's business."""
    client, user = _signed_in()
    totp.TOTP.activate(user, totp.generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    client.post("/comptes/2fa/reauthenticate/", {"code": code})
    return client


ACCOUNTS = {
    "the code to sign in": Scene("account/email/login_code", _ask_for_a_code),
    "no account there": Scene(
        "account/email/unknown_account", lambda: _ask_for_a_code("personne@nulle-part.example")
    ),
    "the code of a new account": Scene(
        "account/email/email_confirmation_signup", lambda: _sign_up("nouveau@mairie.example")
    ),
    "an account twice": Scene(
        "account/email/account_already_exists", lambda: _sign_up(_agent().email)
    ),
    "the code of one more address": Scene("account/email/email_confirmation", _add_an_address),
    "another principal address": Scene("account/email/email_changed", _change_address),
    "one address less": Scene("account/email/email_deleted", _remove_an_address),
    "an application linked": Scene("mfa/email/totp_activated", _link_an_application),
    "an application unlinked": Scene("mfa/email/totp_deactivated", _unlink_it),
    "recovery codes renewed": Scene("mfa/email/recovery_codes_generated", _renew_recovery_codes),
}

# --- Rattachements -------------------------------------------------------------


def _accept(role: Role, name: str = "Les Aynans") -> None:
    membership = MembershipFactory(role=role, territory__name=name)
    territories.accept_membership(membership, by=UserFactory(staff=True), at=NOW)


def _refuse(reason: str = "") -> None:
    membership = MembershipFactory()
    territories.refuse_membership(membership, by=UserFactory(staff=True), at=NOW, reason=reason)


def _end() -> None:
    membership = MembershipFactory(active=True)
    territories.end_membership(membership, by=UserFactory(staff=True), at=NOW)


def _end_of_a_colleague() -> None:
    membership = MembershipFactory(active=True)
    territories.end_membership(membership, by=referent(membership.territory), at=NOW)


def _change_role(role: Role, name: str = "Les Aynans") -> None:
    membership = MembershipFactory(active=True, territory__name=name)
    by = referent(membership.territory)
    territories.change_role(membership, role=role, by=by, at=NOW)


def _invite(role: Role, name: str = "Les Aynans", by: User | None = None) -> None:
    territory = CommuneFactory(name=name)
    territories.invite(
        territory, email="lea.roy@mairie.example", role=role, by=by or referent(territory), at=NOW
    )


MEMBERSHIPS = {
    "accepted as référent·e": Scene(
        "territories/emails/membership_accepted", lambda: _accept(Role.REFERENT)
    ),
    "accepted as contributor": Scene(
        "territories/emails/membership_accepted", lambda: _accept(Role.CONTRIBUTOR, LONGEST)
    ),
    "accepted as reader": Scene(
        "territories/emails/membership_accepted", lambda: _accept(Role.READER)
    ),
    "refused without a word": Scene("territories/emails/membership_refused", _refuse),
    "refused with a reason": Scene(
        "territories/emails/membership_refused",
        lambda: _refuse("L’adresse n’est pas celle d’une mairie <b>& co</b>."),
    ),
    "ended": Scene("territories/emails/membership_ended", _end),
    "ended by a colleague": Scene("territories/emails/membership_ended", _end_of_a_colleague),
    "another role": Scene("territories/emails/role_changed", lambda: _change_role(Role.READER)),
    "référent·e from now on": Scene(
        "territories/emails/role_changed", lambda: _change_role(Role.REFERENT, LONGEST)
    ),
    "invited": Scene("territories/emails/invitation", lambda: _invite(Role.CONTRIBUTOR)),
    "invited by the staff": Scene(
        "territories/emails/invitation",
        lambda: _invite(Role.REFERENT, LONGEST, by=UserFactory(staff=True)),
    ),
}


# --- The association's own -----------------------------------------------------


def _write_to_the_association() -> None:
    pages.write_to_association(
        name="Une habitante",
        email="habitante@exemple.example",
        subject=Subject.ACCESSIBILITY,
        message="Je lis avec un lecteur d’écran.\n\nLa carte est-elle décrite ?".replace(
            " ?", "\N{NARROW NO-BREAK SPACE}?"
        ),
        at=NOW,
    )


def _write_about_a_sheet() -> None:
    atlaas.write_to_contact(
        SheetContactFactory(),
        name="Un agent d’une autre ville",
        email="agent@exemple.example",
        message="Bonjour,\n\nQuel est le coût d’une tournée ?".replace(
            " ?", "\N{NARROW NO-BREAK SPACE}?"
        ),
        at=NOW,
    )


ATLAAS = {"a letter about a sheet": Scene("atlaas/emails/relay", _write_about_a_sheet)}
ASSOCIATION = {"a letter of the public": Scene("pages/emails/contact", _write_to_the_association)}

SCENES = ACCOUNTS | MEMBERSHIPS | CANDIDATURES | ATLAAS | ASSOCIATION
