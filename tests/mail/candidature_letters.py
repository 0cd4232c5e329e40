"""The letters about a candidature, from its first reminder to its result."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import TestCase

from candidatures import services as candidatures
from candidatures import snapshot
from candidatures.choices import Audience, ExportFormat, QuestionKind, Side
from candidatures.models import Candidature, Correction, Deposit
from labels.choices import LevelStatus
from labels.models import Edition
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
from tests.factories.territories import CommuneFactory, DepartmentFactory, EpciFactory
from tests.factories.users import UserFactory
from tests.mail.scenes import LONGEST, Scene
from villes_internet import pdf
from villes_internet.mail.models import Message
from villes_internet.territories.models import Membership

LATE = NOW + timedelta(days=4)  # a week before the deadline, but for a Sunday
GREEN = "transition écologique"


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
    """A table from which the staff took a column since."""
    table = QuestionFactory(kind=QuestionKind.TABLE, columns=["Lieu", "Année"], is_required=False)
    candidature = complete(edition=table.section.edition)
    agent, staff = referent(candidature.territory), UserFactory(staff=True)
    candidatures.save_answers(
        candidature, values={table: ('[["Ici", "2024"]]', 0)}, by=agent, at=NOW
    )
    candidatures.deposit(candidature, by=agent, at=NOW)
    table.columns = ["Lieu"]
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
        by=UserFactory(staff=True),
        at=NOW,
    )


def _asked_to_correct() -> None:
    _ask_correction()


def _send_correction() -> None:
    correction = _ask_correction()
    Message.objects.all().delete()
    agent = correction.deposit.deposited_by
    saved = candidatures.save_correction(correction, value="12 en 2026", over=0, by=agent, at=NOW)
    candidatures.send_correction(saved, over=saved.version, by=agent, at=NOW)


def _withdraw_correction() -> None:
    correction = _ask_correction()
    Message.objects.all().delete()
    candidatures.withdraw_correction(correction, by=UserFactory(staff=True), at=NOW)


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
