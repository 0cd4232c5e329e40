"""A list asks the database as much for three rows as for one: the numbers are written here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import jury.services
import labels.services as labels_services
from candidatures import services
from candidatures.choices import Audience, ExportFormat, Side
from candidatures.feedback import FEWEST
from candidatures.models import Candidature, Correction, Mailing, Question
from jury.models import Juror
from labels.models import Edition
from tests.factories.atlaas import SheetFactory, SheetIllustrationFactory
from tests.factories.candidatures import (
    ApprovalFactory,
    CandidatureFactory,
    ConditionFactory,
    EngagementFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    deposited,
    illustrated,
    referent,
)
from tests.factories.jury import (
    CriterionFactory,
    JurorFactory,
    assigned,
    opinion,
    reading_day,
    reviewed,
)
from tests.factories.labels import (
    NOW,
    AwardFactory,
    DigitalServiceFactory,
    EditionFactory,
    MentionFactory,
)
from tests.factories.territories import CommuneFactory, InvitationFactory, MembershipFactory
from tests.factories.users import UserFactory
from tests.walk.cast import browser, pdf
from tests.walk.pages import Page, undone
from villes_internet.demo.mailbox import MailboxBackend
from villes_internet.demo.models import ReceivedMessage
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.mail.letters import Letter
from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

Visit = tuple[User | None, str]


@dataclass(frozen=True)
class List:
    """`write` makes that many rows, and says who looks at them and where."""

    queries: int
    write: Callable[[int], Visit]
    fewest: int = 1
    most: int = 3


# --- What anybody reads -----------------------------------------------------------------------


def awards(rows: int) -> Edition:
    edition: Edition = EditionFactory(year=2026, ceremony=True, proclaimed_at=NOW)
    for _ in range(rows):
        AwardFactory(edition=edition).mentions.add(MentionFactory(edition=edition))
    return edition


def sheets(rows: int, **fields: object) -> None:
    for _ in range(rows):
        sheet = SheetFactory(**fields)
        sheet.services.set([DigitalServiceFactory(edition=sheet.edition) for _ in range(2)])


def home(rows: int) -> Visit:
    awards(rows + 1)  # one is on the panel
    sheets(rows)
    return None, reverse("atlaas:home")


def palmares(rows: int) -> Visit:
    return None, reverse("labels:palmares", args=[awards(rows).year])


def library(rows: int) -> Visit:
    sheets(rows)
    return None, reverse("atlaas:sheets")


def feed(rows: int) -> Visit:
    sheets(rows)
    return None, reverse("atlaas:feed")


def sheet(rows: int) -> Visit:
    town = CommuneFactory()
    sheets(rows + 1, territory=town)
    last = SheetFactory(territory=town)
    last.services.set([DigitalServiceFactory(edition=last.edition) for _ in range(rows)])
    SheetIllustrationFactory.create_batch(rows, sheet=last)
    return None, last.get_absolute_url()


def territory(rows: int) -> Visit:
    town = CommuneFactory()
    for year in range(2026, 2026 - rows, -1):
        edition = EditionFactory(year=year, proclaimed_at=NOW)
        award = AwardFactory(edition=edition, territory=town)
        award.mentions.add(MentionFactory(edition=edition))
    sheets(rows, territory=town)
    return None, reverse("atlaas:territory", args=[town.code])


def territories(rows: int) -> Visit:
    for _ in range(rows):
        AwardFactory(territory=CommuneFactory(name="Saint-Martin"))
    return None, reverse("atlaas:territories") + "?q=saint-martin"


def site_map(section: str) -> Callable[[int], Visit]:
    def written(rows: int) -> Visit:
        for year in range(2026, 2026 - rows, -1):
            AwardFactory(edition=EditionFactory(year=year, proclaimed_at=NOW))
        sheets(rows)
        return None, reverse("pages:sitemap_section", args=[section])

    return written


def site_map_index(rows: int) -> Visit:
    sheets(rows)
    return None, reverse("pages:sitemap")


def mailbox(rows: int) -> Visit:
    letters = [EmailMessage(f"Code {n}", "Bonjour,\n\n123456", to=["a@b.fr"]) for n in range(rows)]
    MailboxBackend().send_messages(letters)
    return None, reverse("demo:mailbox")


def received_message(rows: int) -> Visit:
    letter = EmailMessage("Dossier", "Bonjour,", to=["a@b.fr"])
    for number in range(rows):
        letter.attach(f"piece-{number}.pdf", pdf("pièce"), "application/pdf")
    MailboxBackend().send_messages([letter])
    return None, reverse("demo:message", args=[ReceivedMessage.objects.latest("pk").pk])


# --- What an agent reads ----------------------------------------------------------------------


def draft(rows: int) -> tuple[User, Candidature]:
    """A dossier with that many questions answered, actions and documents, and its référent·e."""
    candidature = CandidatureFactory(edition=EditionFactory(real=True))
    agent = referent(candidature.territory)
    now = timezone.now()
    for _ in range(rows):
        condition = ConditionFactory(edition=candidature.edition)
        services.check_condition(candidature, condition, is_met=True, note="", by=odile(), at=now)
    questions: list[Question] = [QuestionFactory(edition=candidature.edition) for _ in range(rows)]
    values = dict.fromkeys(questions, ("Une réponse", 0))
    services.save_answers(candidature, values=values, by=agent, at=now)
    for number in range(rows):
        initiative = InitiativeFactory(candidature=candidature)
        for _ in range(rows):
            illustrated(initiative, by=agent, at=now)
        upload = SimpleUploadedFile(f"piece-{number}.pdf", pdf(f"pièce {number}"))
        services.attach(candidature, upload=upload, by=agent, at=now)
    return agent, candidature


def candidatures(rows: int) -> Visit:
    agent = UserFactory()
    edition = EditionFactory(real=True)
    for _ in range(rows):
        membership = MembershipFactory(user=agent, active=True)
        CandidatureFactory(edition=edition, territory=membership.territory)
        MembershipFactory(user=agent, active=True)  # to which one may apply
        MembershipFactory(user=agent)
    return agent, reverse("candidatures:index")


def candidature(rows: int) -> Visit:
    agent, dossier = draft(rows)
    taken_back(dossier, agent, times=rows)
    return agent, reverse("candidatures:detail", args=[dossier.pk])


def taken_back(dossier: Candidature, agent: User, *, times: int) -> None:
    now = timezone.now()
    for number in range(1, times + 1):
        services.deposit(dossier, by=agent, at=now)
        services.withdraw_deposit(dossier, number=number, by=agent, at=now)


def rules(rows: int) -> Visit:
    edition = EditionFactory(real=True)
    for _ in range(rows):
        EngagementFactory(edition=edition)
        ConditionFactory(edition=edition)
    return odile(), reverse("depositing:rules", args=[edition.year])


def exchanged(rows: int) -> tuple[User, User, Candidature]:
    """That many colleagues write, and that many of the staff answer all but the last."""
    dossier, staff = CandidatureFactory(edition=EditionFactory(real=True)), odile()
    agent, at = referent(dossier.territory), timezone.now()
    for number in range(rows):
        for side, by in ((Side.STAFF, odile()), (Side.TERRITORY, referent(dossier.territory))):
            services.write_message(
                dossier, side=side, text=f"Mot {number}", key=uuid4(), seen=0, by=by, at=at
            )
    return agent, staff, dossier


def thread(rows: int) -> Visit:
    agent, _, dossier = exchanged(rows)
    return agent, reverse("candidatures:thread", args=[dossier.pk])


def staff_thread(rows: int) -> Visit:
    _, staff, dossier = exchanged(rows)
    return staff, reverse("candidatures_staff:thread", args=[dossier.edition.year, dossier.pk])


def threads(rows: int) -> Visit:
    edition = EditionFactory(real=True)
    for _ in range(rows):
        dossier = CandidatureFactory(edition=edition)
        by, at = referent(dossier.territory), timezone.now()
        services.write_message(
            dossier, side=Side.TERRITORY, text="Mot", key=uuid4(), seen=0, by=by, at=at
        )
    return odile(), reverse("candidatures_staff:threads", args=[edition.year])


def corrections(rows: int) -> tuple[User, Candidature]:
    """A deposit of that many answers, the last of which are corrected, all but one."""
    agent, dossier = draft(rows)
    now, staff = timezone.now(), odile()
    services.deposit(dossier, by=agent, at=now)
    dossier.refresh_from_db()
    for question in Question.objects.order_by("-pk"):
        asked = services.ask_correction(
            dossier, question, request="?", until=dossier.last_day, by=staff, at=now
        )
        if Question.objects.filter(pk__lt=question.pk).exists():
            services.save_correction(asked, value="Mieux", over=0, by=agent, at=now)
            services.send_correction(asked, over=1, by=agent, at=now)
    return agent, dossier


def correction(rows: int) -> Visit:
    agent, dossier = corrections(rows)
    pk = Correction.objects.latest("pk").pk
    return agent, reverse("candidatures:correction", args=[dossier.pk, pk])


def corrected(rows: int) -> Visit:
    _, dossier = corrections(rows)
    year = dossier.edition.year
    return odile(), reverse("candidatures_staff:candidature", args=[year, dossier.pk])


def approve(rows: int) -> Visit:
    _, dossier = draft(rows)
    approval = ApprovalFactory(candidature=dossier, asked_at=timezone.now())
    return None, reverse("candidatures:approve", args=[approval.token])


def ask_approval(rows: int) -> Visit:
    agent, dossier = draft(rows)
    Edition.objects.update(approval_asked=True)
    return agent, reverse("candidatures:ask_approval", args=[dossier.pk])


def past_deposit(rows: int) -> Visit:
    agent, dossier = draft(rows)
    taken_back(dossier, agent, times=1)
    return agent, reverse("candidatures:past_deposit", args=[dossier.pk, 1])


def deposit(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:deposit", args=[dossier.pk])


def section(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:section", args=[dossier.pk, "volonte"])


def earlier_answers(rows: int) -> Visit:
    """One answer, each text written by somebody else than the one before."""
    agent, dossier = draft(1)
    question = Question.objects.get()
    for number in range(rows):
        values = {question: (f"Texte {number}", number + 1)}
        services.save_answers(
            dossier, values=values, by=referent(dossier.territory), at=timezone.now()
        )
    return agent, reverse("candidatures:earlier_answers", args=[dossier.pk, question.pk])


def attachments(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:attachments", args=[dossier.pk])


def initiative(rows: int) -> Visit:
    agent, dossier = draft(rows)
    pk = dossier.initiatives.order_by("pk")[0].pk
    return agent, reverse("candidatures:change_initiative", args=[dossier.pk, pk])


def illustrations(rows: int) -> Visit:
    agent, dossier = draft(rows)
    pk = dossier.initiatives.order_by("pk")[0].pk
    return agent, reverse("candidatures:illustrations", args=[dossier.pk, pk])


def new_initiative(rows: int) -> Visit:
    agent, dossier = draft(rows)
    return agent, reverse("candidatures:add_initiative", args=[dossier.pk])


def memberships(rows: int) -> Visit:
    agent = UserFactory()
    for _ in range(rows):
        MembershipFactory(user=agent, active=True)
    return agent, reverse("territories:memberships")


def team(rows: int) -> Visit:
    town = CommuneFactory()
    agent = referent(town)
    for _ in range(rows):
        MembershipFactory(territory=town, active=True, decided_by=agent)
        InvitationFactory(territory=town, invited_by=agent)
    return agent, reverse("territories:team", args=[town.code])


def new_membership(rows: int) -> Visit:
    for _ in range(rows):
        AwardFactory(territory=CommuneFactory(name="Saint-Martin"))
    return UserFactory(), reverse("territories:new_membership") + "?q=saint-martin"


def addresses(rows: int) -> Visit:
    agent = UserFactory(verified=True)
    for number in range(rows):
        EmailAddress.objects.create(user=agent, email=f"autre{number}@label.example")
    return agent, reverse("account_email")


# --- What the jury reads ----------------------------------------------------------------------


def reading() -> Edition:
    edition: Edition = EditionFactory(real=True, reading=True)
    CriterionFactory(edition=edition)
    return edition


def recuse(juror: Juror, dossier: Candidature) -> None:
    staff, at = UserFactory(staff=True), reading_day(dossier.edition)
    jury.services.recuse(juror, dossier, reason="Un ancien mandat", by=staff, at=at)


def seats(rows: int) -> Visit:
    juror = UserFactory()
    for year in range(2027, 2027 - rows, -1):
        JurorFactory(user=juror, edition=EditionFactory(year=year, real=True, reading=True))
    return juror, reverse("jury:index")


def readings(rows: int) -> Visit:
    edition = reading()
    juror = JurorFactory(edition=edition)
    for _ in range(rows):
        dossier = deposited(edition)
        assigned(juror, dossier)
        at = reading_day(edition)
        jury.services.save_review(juror, dossier, content=opinion(edition), at=at)
        recuse(juror, deposited(edition))
    return juror.user, reverse("jury:dashboard", args=[edition.year])


def review(rows: int) -> Visit:
    edition = reading()
    dossier = complete(edition=edition)
    for _ in range(rows):
        InitiativeFactory(candidature=dossier)
        CriterionFactory(edition=edition)
        MentionFactory(edition=edition)
    last_day = edition.closes_at - timedelta(hours=1)
    services.deposit(dossier, by=referent(dossier.territory), at=last_day)
    dossier.refresh_from_db()
    juror = JurorFactory(edition=edition)
    reviewed(juror, dossier)
    return juror.user, reverse("jury:review", args=[edition.year, dossier.pk])


def deliberation(rows: int) -> Visit:
    edition = reading()
    chair = JurorFactory(edition=edition, chair=True)
    for _ in range(rows):
        dossier = deposited(edition)
        for _ in range(2):
            reviewed(JurorFactory(edition=edition), dossier)
        recuse(chair, deposited(edition))
    return chair.user, reverse("jury:deliberation", args=[edition.year])


def decision(rows: int) -> Visit:
    edition = reading()
    chair = JurorFactory(edition=edition, chair=True)
    dossier = deposited(edition)
    for _ in range(rows):
        CriterionFactory(edition=edition)
        MentionFactory(edition=edition)
    for _ in range(rows):
        reviewed(JurorFactory(edition=edition), dossier)
    return chair.user, reverse("jury:decide", args=[edition.year, dossier.pk])


# --- What the staff read ----------------------------------------------------------------------


def odile() -> User:
    staff: User = UserFactory(staff=True)
    return staff


def staff_home(rows: int) -> Visit:
    for year in range(2027, 2027 - rows, -1):
        made = EditionFactory(year=year, real=True, reading=True)
        for _ in range(rows):
            dossier = deposited(made)
            assigned(JurorFactory(edition=made), dossier)
            CandidatureFactory(edition=made)
    return odile(), reverse("staff_home")


def editions(rows: int) -> Visit:
    for year in range(2027, 2027 - rows, -1):
        EditionFactory(year=year, real=True)
    return odile(), reverse("labels_staff:editions")


def edition(rows: int) -> Visit:
    made, staff = EditionFactory(real=True), odile()
    for number in range(rows):
        made.village_below = 3_000 + number + 1
        labels_services.change_calendar(made, by=staff, at=timezone.now())
    return staff, reverse("labels_staff:edition", args=[made.year])


def referentiel(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        DigitalServiceFactory(edition=made)
    return odile(), reverse("labels_staff:referentiel", args=[made.year])


def theme(rows: int) -> Visit:
    made = EditionFactory(real=True)
    first = DigitalServiceFactory(edition=made).theme
    for _ in range(rows):
        DigitalServiceFactory(theme=first)
    return odile(), reverse("labels_staff:theme", args=[made.year, first.code])


def outline(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        QuestionFactory(edition=made)
    return odile(), reverse("questionnaire:outline", args=[made.year])


def preview(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        QuestionFactory(edition=made)
    return odile(), reverse("questionnaire:preview", args=[made.year])


def question_form(rows: int) -> Visit:
    made = EditionFactory(real=True)
    questions: list[Question] = [QuestionFactory(edition=made) for _ in range(rows)]
    return odile(), reverse("questionnaire:change_question", args=[made.year, questions[-1].pk])


def new_question(rows: int) -> Visit:
    made = EditionFactory(real=True)
    questions: list[Question] = [QuestionFactory(edition=made) for _ in range(rows)]
    section = questions[0].section
    return odile(), reverse("questionnaire:add_question", args=[made.year, section.pk])


def mentions(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        MentionFactory(edition=made)
    return odile(), reverse("labels_staff:mentions", args=[made.year])


def campaign(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        InitiativeFactory(candidature__edition=made)
    return odile(), reverse("candidatures_staff:candidatures", args=[made.year])


def followed(rows: int) -> Visit:
    agent, dossier = draft(rows)
    taken_back(dossier, agent, times=rows)
    year = dossier.edition.year
    return odile(), reverse("candidatures_staff:candidature", args=[year, dossier.pk])


def export_form(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        CandidatureFactory(edition=made)
    return odile(), reverse("candidatures_staff:ask_for_export", args=[made.year])


def exports(rows: int) -> Visit:
    dossier = CandidatureFactory(edition=EditionFactory(real=True))
    for _ in range(rows):
        services.ask_for_export(
            dossier.edition,
            format=ExportFormat.CSV,
            candidatures=[dossier.pk],
            criteria="Toutes les candidatures",
            by=odile(),
            at=timezone.now(),
        )
    return odile(), reverse("candidatures_staff:exports", args=[dossier.edition.year])


def mailing_form(rows: int) -> Visit:
    _, address = export_form(rows)
    return odile(), address.replace("exporter", "ecrire")


def written(rows: int) -> Mailing:
    made = EditionFactory(real=True)
    dossiers = [CandidatureFactory(edition=made) for _ in range(rows)]
    for dossier in dossiers:
        referent(dossier.territory)
    return services.write_mailing(
        made,
        candidatures=[dossier.pk for dossier in dossiers],
        criteria="Toutes les candidatures",
        subject="Votre dossier",
        body="Il reste {jours restants} à {collectivité}.",
        audience=Audience.REFERENTS,
        is_reminder=True,
        by=odile(),
        at=timezone.now(),
    )


def mailings(rows: int) -> Visit:
    found = [written(1) for _ in range(rows)]
    return odile(), reverse("candidatures_staff:mailings", args=[found[0].edition.year])


def mailing_read(rows: int) -> Visit:
    found = written(rows)
    return odile(), reverse("candidatures_staff:mailing", args=[found.edition.year, found.pk])


def mailing_sent(rows: int) -> Visit:
    found = written(rows)
    services.confirm_mailing(found, by=odile(), at=timezone.now())
    services.send_mailing(found.pk, at=timezone.now())
    return odile(), reverse("candidatures_staff:mailing", args=[found.edition.year, found.pk])


def mailing_changed(rows: int) -> Visit:
    found = written(rows)
    year = found.edition.year
    return odile(), reverse("candidatures_staff:change_mailing", args=[year, found.pk])


def feedback(rows: int) -> Visit:
    dossier = complete(edition=EditionFactory(real=True))
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    dossier.refresh_from_db()
    for _ in range(rows + FEWEST):
        services.give_feedback(
            dossier, ease=4, time_spent="day", wish="Moins de questions", by=UserFactory()
        )
    return odile(), reverse("candidatures_staff:feedback", args=[dossier.edition.year])


def composition(rows: int) -> Visit:
    made = reading()
    for _ in range(rows):
        dossier = deposited(made)
        reviewed(JurorFactory(edition=made), dossier)
        recuse(JurorFactory(edition=made), dossier)
    return odile(), reverse("jury_staff:jury", args=[made.year])


def criteria(rows: int) -> Visit:
    made = EditionFactory(real=True)
    for _ in range(rows):
        CriterionFactory(edition=made)
    return odile(), reverse("jury_staff:criteria", args=[made.year])


def letter(key: str, attachments: int = 0) -> Message:
    at = timezone.now()
    stored = [
        store_bytes(pdf(f"jointe {n}"), content_type="application/pdf", at=at)
        for n in range(attachments)
    ]
    return mail.queue_letter(
        Letter(subject="Candidature déposée", text="Bonjour,"),
        key=key,
        to="mairie@commune.example",
        category="candidatures",
        at=at,
        attachments=[(file, f"piece-{n}.pdf") for n, file in enumerate(stored)],
    )


def letters(rows: int) -> Visit:
    for number in range(rows):
        letter(f"list:{number}")
    return odile(), reverse("mail:list")


def letter_in_full(rows: int) -> Visit:
    return odile(), reverse("mail:detail", args=[letter("one", rows).pk])


def requests(rows: int) -> Visit:
    staff = odile()
    for _ in range(rows):
        MembershipFactory()
        MembershipFactory(active=True, decided_by=staff)
    return staff, reverse("territories_staff:memberships")


# --- The numbers ------------------------------------------------------------------------------

LISTS = {
    "atlaas:home": List(15, home),
    "labels:palmares": List(12, palmares),
    "atlaas:sheets": List(8, library),
    "atlaas:feed": List(2, feed),
    "atlaas:sheet": List(6, sheet),
    "atlaas:territory": List(11, territory),
    "atlaas:territories": List(3, territories),
    "pages:sitemap": List(5, site_map_index),
    "pages:sitemap_section, fiches": List(2, site_map("fiches")),
    "pages:sitemap_section, territoires": List(2, site_map("territoires")),
    "pages:sitemap_section, palmares": List(2, site_map("palmares")),
    "demo:mailbox": List(2, mailbox),
    "demo:message": List(1, received_message),
    "candidatures:index": List(16, candidatures),
    "candidatures:thread": List(8, thread),
    "candidatures:correction": List(7, correction),
    "candidatures:detail": List(26, candidature),
    "candidatures:deposit": List(19, deposit),
    "candidatures:approve": List(8, approve),
    "candidatures:ask_approval": List(17, ask_approval),
    "candidatures:past_deposit": List(7, past_deposit),
    "candidatures:section": List(12, section),
    "candidatures:earlier_answers": List(8, earlier_answers),
    "candidatures:attachments": List(6, attachments),
    "candidatures:illustrations": List(7, illustrations),
    "candidatures:change_initiative": List(12, initiative),
    "candidatures:add_initiative": List(9, new_initiative),
    "territories:memberships": List(4, memberships),
    "territories:team": List(8, team),
    "territories:new_membership": List(4, new_membership),
    "account_email": List(5, addresses),
    "jury:index": List(4, seats, fewest=2),  # a single seat leads to its readings
    "jury:dashboard": List(7, readings),
    "jury:review": List(13, review),
    "jury:deliberation": List(13, deliberation),
    "jury:decide": List(14, decision),
    "staff_home": List(15, staff_home),
    "labels_staff:editions": List(5, editions),
    "labels_staff:edition": List(14, edition),
    "labels_staff:referentiel": List(7, referentiel),
    "labels_staff:theme": List(5, theme),
    "labels_staff:mentions": List(5, mentions),
    "candidatures_staff:candidature, corrected": List(12, corrected),
    "candidatures_staff:threads": List(6, threads),
    "candidatures_staff:thread": List(8, staff_thread),
    "candidatures_staff:candidatures": List(15, campaign),
    "candidatures_staff:ask_for_export": List(9, export_form),
    "candidatures_staff:exports": List(6, exports),
    "candidatures_staff:feedback": List(6, feedback),
    "candidatures_staff:write_mailing": List(9, mailing_form),
    "candidatures_staff:mailings": List(6, mailings),
    "candidatures_staff:mailing": List(7, mailing_read),
    "candidatures_staff:mailing, sent": List(6, mailing_sent),
    "candidatures_staff:change_mailing": List(4, mailing_changed),
    "candidatures_staff:candidature": List(19, followed),
    "depositing:rules": List(6, rules),
    "questionnaire:outline": List(6, outline),
    "questionnaire:preview": List(5, preview),
    "questionnaire:change_question": List(6, question_form),
    "questionnaire:add_question": List(6, new_question),
    "jury_staff:criteria": List(6, criteria),
    "jury_staff:jury": List(15, composition),
    "mail:list": List(6, letters),
    "mail:detail": List(5, letter_in_full),
    "territories_staff:memberships": List(5, requests),
}

# Pages whose loop goes over something else than rows.
NOT_LISTS = {
    "pages:accessibility": "the sample, as the code names it",
    "atlaas:territory_named": "the page of atlaas:territory",
    "gallery": "examples",
    "mfa_view_recovery_codes": "ten codes of one row",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_as_much_whatever_its_length(name: str) -> None:
    listed = LISTS[name]
    counts = {}
    for rows in (listed.fewest, listed.most):
        with undone():
            counts[rows] = queries(*listed.write(rows))
    assert counts == {listed.fewest: listed.queries, listed.most: listed.queries}


def queries(who: User | None, url: str) -> int:
    client = browser()
    if who:
        client.force_login(who)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)


def test_every_page_with_a_list_is_counted(pages: list[Page]) -> None:
    forgotten = {
        page.address
        for page in pages
        if page.is_html and page.status == 200 and not page.step and loops(page.template)
        if not page.scene.startswith("halfway")
        if page.address not in LISTS and page.address not in NOT_LISTS
    }
    assert forgotten == set(), "Count their queries in LISTS, or say in NOT_LISTS why not."


@cache
def loops(template: str) -> bool:
    """Whether the template, or one that it includes, goes over something; the frame aside."""
    path = Path(settings.PROJECT) / "templates" / template
    if not path.is_file() or template.startswith("components/"):
        return False
    source = path.read_text()
    included = re.findall(r"{% include [\"']([^\"']+)[\"']", source)
    return "{% for " in source or "formset" in source or any(map(loops, included))
