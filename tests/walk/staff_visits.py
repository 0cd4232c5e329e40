"""What the staff visit, its rows written for that."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

import labels.services as labels_services
from candidatures import services
from candidatures.choices import Audience, ExportFormat, Side
from candidatures.feedback import FEWEST
from candidatures.models import Mailing, Question
from jury.models import Juror
from labels.models import Edition
from tests.factories.candidatures import (
    CandidatureFactory,
    ConditionFactory,
    EngagementFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    deposited,
    referent,
)
from tests.factories.jury import CriterionFactory, JurorFactory, assigned, reviewed, tied
from tests.factories.labels import DigitalServiceFactory, EditionFactory, MentionFactory
from tests.factories.territories import MembershipFactory
from tests.factories.users import UserFactory
from tests.walk.agent_visits import (
    corrections,
    documents_corrected,
    draft,
    exchanged,
    taken_back,
)
from tests.walk.dossiers import pdf
from tests.walk.visits import Visit, odile, reading, recuse
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.mail.letters import Letter
from villes_internet.mail.models import Message


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


def rules(rows: int) -> Visit:
    edition = EditionFactory(real=True)
    for _ in range(rows):
        EngagementFactory(edition=edition)
        ConditionFactory(edition=edition)
    return odile(), reverse("depositing:rules", args=[edition.year])


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


def corrected(rows: int) -> Visit:
    _, dossier = corrections(rows)
    year = dossier.edition.year
    return odile(), reverse("candidatures_staff:candidature", args=[year, dossier.pk])


def corrected_documents(rows: int) -> Visit:
    agent, asked = documents_corrected(rows)
    services.send_correction(asked, over=1, by=agent, at=timezone.now())
    dossier = asked.deposit.candidature
    address = "candidatures_staff:candidature"
    return odile(), reverse(address, args=[dossier.edition.year, dossier.pk])


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


def juror(rows: int) -> Visit:
    seated = JurorFactory(edition=reading())
    for _ in range(rows):
        tied(seated, deposited(seated.edition).territory)
        recuse(seated, deposited(seated.edition))
    return odile(), reverse("jury_staff:juror", args=[seated.edition.year, seated.pk])


def distributed(rows: int) -> Edition:
    """Each row: a dossier read already, one to be read, one that nobody may read, two jurors."""
    made = reading()
    for _ in range(rows):
        dossier, apart = deposited(made), deposited(made)
        assigned(JurorFactory(edition=made), dossier)
        juror = JurorFactory(edition=made)
        juror.expertise.set([DigitalServiceFactory(edition=made).theme])
        deposited(made)
        for one in Juror.objects.filter(edition=made):
            recuse(one, apart)
    return made


def distribution(rows: int) -> Visit:
    return odile(), reverse("jury_staff:distribution", args=[distributed(rows).year])


def proposal(rows: int) -> Visit:
    return odile(), reverse("jury_staff:proposal", args=[distributed(rows).year])


def load(rows: int) -> Visit:
    made = distributed(rows)
    juror = Juror.objects.filter(edition=made).latest("pk")
    return odile(), reverse("jury_staff:change_load", args=[made.year, juror.pk])


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
