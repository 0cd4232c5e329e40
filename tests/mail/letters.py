"""Every letter of the platform, each written by what writes it, in its several forms.

A letter added to templates/ is asked for here by tests/mail/test_every_letter.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client, TestCase

from atlaas import services as atlaas
from candidatures import services as candidatures
from candidatures import snapshot
from candidatures.choices import Audience, ExportFormat, QuestionKind, Side
from candidatures.models import Candidature, Correction, Deposit
from labels.choices import LevelStatus
from labels.models import Edition
from tests.factories.atlaas import SheetContactFactory
from tests.factories.candidatures import (
    ApprovalFactory,
    CandidatureFactory,
    ConditionFactory,
    QuestionFactory,
    SectionFactory,
    complete,
    referent,
)
from tests.factories.labels import NOW, AwardFactory, EditionFactory, MentionFactory
from tests.factories.territories import (
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
)
from tests.factories.users import EmailAddressFactory, UserFactory
from villes_internet import pdf
from villes_internet.mail.models import Message
from villes_internet.pages import services as pages
from villes_internet.pages.choices import Subject
from villes_internet.territories import services as territories
from villes_internet.territories.choices import Role
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

LATE = NOW + timedelta(days=4)  # a week before the deadline, but for a Sunday
LONGEST = "Communauté de communes des Portes d’Ariège Pyrénées et de la Haute Vallée de l’Aude"


@dataclass(frozen=True)
class Scene:
    """`write` makes the platform write the letter of `template`, alone."""

    template: str
    write: Callable[[], None]


def written(scene: Scene) -> Message:
    before = set(Message.objects.values_list("pk", flat=True))
    with TestCase.captureOnCommitCallbacks(execute=True):
        scene.write()
    return Message.objects.exclude(pk__in=before).get()


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

# --- Candidatures --------------------------------------------------------------


def _deposit(candidature: Candidature) -> None:
    candidatures.deposit(candidature, by=referent(candidature.territory), at=NOW)


def _deposit_from_overseas() -> None:
    department = DepartmentFactory(code="974", name="La Réunion")
    _deposit(complete(territory=EpciFactory(name=LONGEST, department=department)))


def _deposit_where_nothing_draws() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "weasyprint", None)
        with TestCase.captureOnCommitCallbacks(execute=True):
            _deposit(complete())


def _withdraw(candidature: Candidature) -> None:
    """Before its receipt has left, which then does not."""
    agent = referent(candidature.territory)
    candidatures.deposit(candidature, by=agent, at=NOW)
    candidatures.withdraw_deposit(candidature, number=1, by=agent, at=NOW)


def _withdraw_from_overseas() -> None:
    department = DepartmentFactory(code="974", name="La Réunion")
    _withdraw(complete(territory=EpciFactory(name=LONGEST, department=department)))


def _withdraw_what_no_longer_fits() -> None:
    """A table whose column the staff renamed since."""
    table = QuestionFactory(kind=QuestionKind.TABLE, columns=["Lieu"], is_required=False)
    candidature = complete(edition=table.section.edition)
    agent, staff = referent(candidature.territory), UserFactory(staff=True)
    candidatures.save_answers(candidature, values={table: ('[["Ici"]]', 0)}, by=agent, at=NOW)
    candidatures.deposit(candidature, by=agent, at=NOW)
    table.columns = ["Adresse"]
    candidatures.change_question(table, by=staff, at=NOW)
    candidatures.withdraw_deposit(candidature, number=1, by=agent, at=NOW)


def _ask_approval(candidature: Candidature) -> None:
    Edition.objects.update(approval_asked=True)
    candidature.edition.refresh_from_db()
    candidatures.ask_approval(
        candidature,
        name="Jeanne Morel",
        function="maire",
        email="maire@mairie.example",
        by=referent(candidature.territory),
        at=NOW,
    )


def _answer_approval(candidature: Candidature, *, is_granted: bool, word: str = "") -> None:
    candidatures.answer_approval(
        ApprovalFactory(candidature=candidature),
        is_granted=is_granted,
        word=word,
        seen=snapshot.digest(snapshot.take(candidature)),
        at=NOW,
    )


def _not_met(candidature: Candidature, **fields: Any) -> None:
    referent(candidature.territory)
    condition = ConditionFactory(edition=candidature.edition, **fields)
    candidatures.check_condition(
        candidature,
        condition,
        is_met=False,
        note="La cotisation de l’année n’est pas reçue.",
        by=UserFactory(staff=True),
        at=NOW,
    )


def _not_met_once_deposited() -> None:
    candidature = complete()
    _deposit(candidature)
    candidature.refresh_from_db()
    Membership.objects.all().delete()  # those of the receipt, which leaves by itself
    candidatures.send_receipt(candidature.deposits.get().pk, at=NOW)
    Message.objects.all().delete()
    _not_met(candidature)


def _proclaim(level: int | None = 3, *, ten: bool = False, mentions: tuple[str, ...] = ()) -> None:
    edition = EditionFactory(ceremony=True)
    candidature = complete(edition=edition, territory=CommuneFactory(name="L’Haÿ-les-Roses"))
    referent(candidature.territory)
    award = AwardFactory(
        edition=edition,
        territory=candidature.territory,
        level=level,
        level_status=LevelStatus.KNOWN if level else LevelStatus.NONE,
        is_ten=ten,
    )
    award.mentions.set(
        MentionFactory(edition=edition, name=name, green=name == "transition écologique")
        for name in mentions
    )
    candidatures.return_results(candidature, award=award, letter="Bravo.", at=NOW)


def _remind(candidature: Candidature, *, at: datetime = LATE) -> None:
    referent(candidature.territory)
    candidatures.remind(at=at)


def _lacking(questions: int, **territory: Any) -> Candidature:
    edition = EditionFactory()
    for _ in range(questions):
        QuestionFactory(edition=edition)
    candidature: Candidature = CandidatureFactory(
        edition=edition, territory=EpciFactory(name=LONGEST, **territory)
    )
    return candidature


def _remind_an_extended_one_overseas() -> None:
    department = DepartmentFactory(code="974", name="La Réunion")
    candidature = _lacking(1, department=department)
    until = candidature.edition.closes_on + timedelta(days=1)
    candidatures.extend(candidature, until=until, reason="Cyclone", by=UserFactory(), at=NOW)
    _remind(candidature, at=LATE + timedelta(days=3))


def _export() -> None:
    dossiers = [CandidatureFactory().pk for _ in range(2)]
    export = candidatures.ask_for_export(
        EditionFactory(),
        format=ExportFormat.XLSX,
        candidatures=dossiers,
        criteria="Type\N{NO-BREAK SPACE}: village, État\N{NO-BREAK SPACE}: déposée",
        by=UserFactory(staff=True),
        at=NOW,
    )
    candidatures.make_export(export.pk, clock=lambda: NOW)


def _export_where_nothing_draws() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "weasyprint", None)
        export = candidatures.ask_for_export(
            EditionFactory(),
            format=ExportFormat.PDF,
            candidatures=[CandidatureFactory().pk],
            criteria="Toutes les candidatures",
            by=UserFactory(staff=True),
            at=NOW,
        )
        candidatures.make_export(export.pk, clock=lambda: NOW)


def _mail_many(*, is_reminder: bool, body: str, name: str = "Les Aynans") -> None:
    edition = EditionFactory()
    dossier = CandidatureFactory(edition=edition, territory=CommuneFactory(name=name))
    referent(dossier.territory)
    mailing = candidatures.write_mailing(
        edition,
        candidatures=[dossier.pk],
        criteria="Toutes les candidatures",
        subject="Votre dossier, {collectivité}" if is_reminder else "Une permanence jeudi",
        body=body,
        audience=Audience.REFERENTS,
        is_reminder=is_reminder,
        by=UserFactory(staff=True),
        at=NOW,
    )
    candidatures.confirm_mailing(mailing, by=mailing.written_by, at=NOW)


def _delegate() -> None:
    section = SectionFactory()
    candidature = CandidatureFactory(edition=section.edition)
    candidatures.delegate_section(
        candidature,
        section,
        to=referent(candidature.territory),
        by=referent(candidature.territory),
        at=NOW,
    )


def _ask_correction() -> Correction:
    """Of a dossier whose receipt left long ago; its team is one person."""
    candidature = complete()
    question = QuestionFactory(edition=candidature.edition)
    agent = referent(candidature.territory)
    candidatures.save_answers(candidature, values={question: ("12", 0)}, by=agent, at=NOW)
    deposit = candidatures.deposit(candidature, by=agent, at=NOW)
    Deposit.objects.filter(pk=deposit.pk).update(receipt_queued_at=NOW)
    return candidatures.ask_correction(
        candidature,
        question,
        request="Précisez l’année de ce chiffre.",
        until=candidature.edition.closes_on,
        by=UserFactory(),
        at=NOW,
    )


def _asked_to_correct() -> None:
    _ask_correction()


def _send_correction() -> None:
    correction = _ask_correction()
    Message.objects.all().delete()
    UserFactory(staff=True)
    agent = correction.deposit.deposited_by
    saved = candidatures.save_correction(correction, value="12 en 2026", over=0, by=agent, at=NOW)
    candidatures.send_correction(saved, over=saved.version, by=agent, at=NOW)


def _withdraw_correction() -> None:
    correction = _ask_correction()
    Message.objects.all().delete()
    candidatures.withdraw_correction(correction, by=UserFactory(), at=NOW)


def _write_message(side: Side) -> None:
    candidature = CandidatureFactory()
    agent, staff = referent(candidature.territory), UserFactory(staff=True)
    candidatures.write_message(
        candidature,
        side=side,
        text="Où en est-on ?",
        key=uuid4(),
        seen=0,
        by=staff if side == Side.STAFF else agent,
        at=NOW,
    )


GREEN = "transition écologique"
CANDIDATURES = {
    "deposited": Scene("candidatures/emails/receipt", lambda: _deposit(complete())),
    "deposited overseas": Scene("candidatures/emails/receipt", _deposit_from_overseas),
    "deposited without PDF": Scene("candidatures/emails/receipt", _deposit_where_nothing_draws),
    "taken back": Scene("candidatures/emails/withdrawal", lambda: _withdraw(complete())),
    "taken back overseas": Scene("candidatures/emails/withdrawal", _withdraw_from_overseas),
    "taken back, not all of it fits": Scene(
        "candidatures/emails/withdrawal", _withdraw_what_no_longer_fits
    ),
    "to be approved": Scene(
        "candidatures/emails/approval",
        lambda: _ask_approval(complete(territory=EpciFactory(name=LONGEST))),
    ),
    "approved": Scene(
        "candidatures/emails/approval_answer",
        lambda: _answer_approval(complete(), is_granted=True),
    ),
    "approved, with a word": Scene(
        "candidatures/emails/approval_answer",
        lambda: _answer_approval(complete(), is_granted=True, word="Beau travail."),
    ),
    "to be changed": Scene(
        "candidatures/emails/approval_answer",
        lambda: _answer_approval(
            complete(territory__name=LONGEST),
            is_granted=False,
            word="Ajoutez la maison <b>France services</b>.",
        ),
    ),
    "a condition is not met": Scene(
        "candidatures/emails/condition", lambda: _not_met(CandidatureFactory())
    ),
    "a condition that does not block": Scene(
        "candidatures/emails/condition",
        lambda: _not_met(CandidatureFactory(territory__name=LONGEST), is_blocking=False),
    ),
    "a condition of a deposited one": Scene(
        "candidatures/emails/condition", _not_met_once_deposited
    ),
    "a reminder of two things": Scene("candidatures/emails/reminder", lambda: _remind(_lacking(1))),
    "a reminder of many": Scene("candidatures/emails/reminder", lambda: _remind(_lacking(30))),
    "a reminder overseas, with more time": Scene(
        "candidatures/emails/reminder", _remind_an_extended_one_overseas
    ),
    "a section delegated": Scene("candidatures/emails/section", _delegate),
    "a correction asked": Scene("candidatures/emails/correction", _asked_to_correct),
    "a correction made": Scene("candidatures/emails/correction_made", _send_correction),
    "a correction given up": Scene(
        "candidatures/emails/correction_withdrawn", _withdraw_correction
    ),
    "a message to the team": Scene(
        "candidatures/emails/thread", lambda: _write_message(Side.STAFF)
    ),
    "a message to the staff": Scene(
        "candidatures/emails/thread", lambda: _write_message(Side.TERRITORY)
    ),
    "a reminder to deposit": Scene("candidatures/emails/reminder", lambda: _remind(complete())),
    "an export": Scene("candidatures/emails/export", _export),
    "an export that failed": Scene("candidatures/emails/export", _export_where_nothing_draws),
    "many, reminded": Scene(
        "candidatures/emails/mailing",
        lambda: _mail_many(
            is_reminder=True,
            body="Il reste {jours restants} à {collectivité} pour déposer.\n\n"
            "Tout commence ici\N{NO-BREAK SPACE}:\n{lien}",
            name="Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
        ),
    ),
    "many, informed": Scene(
        "candidatures/emails/mailing",
        lambda: _mail_many(
            is_reminder=False,
            body="L’équipe répond au téléphone jeudi matin, de 9\N{NARROW NO-BREAK SPACE}h à midi.",
        ),
    ),
    "three arobases": Scene("candidatures/emails/result", _proclaim),
    "all that can be won": Scene(
        "candidatures/emails/result",
        lambda: _proclaim(5, ten=True, mentions=("démocratie locale", "éducation", GREEN)),
    ),
    "one green arobase": Scene(
        "candidatures/emails/result", lambda: _proclaim(1, mentions=(GREEN,))
    ),
    "a mention alone": Scene(
        "candidatures/emails/result", lambda: _proclaim(None, mentions=("libre",))
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
