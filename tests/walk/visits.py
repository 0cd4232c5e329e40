"""What anybody and the jury visit, its rows written for that; `Visit` says who looks and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.mail import EmailMessage
from django.urls import reverse

import jury.services
from candidatures import services
from candidatures.models import Candidature
from jury.models import Juror
from labels.models import Edition
from tests.factories.atlaas import SheetFactory, SheetIllustrationFactory
from tests.factories.candidatures import InitiativeFactory, complete, deposited, referent
from tests.factories.jury import (
    CriterionFactory,
    JurorFactory,
    assigned,
    opinion,
    reading_day,
    reviewed,
    tied,
)
from tests.factories.labels import (
    NOW,
    AwardFactory,
    DigitalServiceFactory,
    EditionFactory,
    MentionFactory,
)
from tests.factories.territories import CommuneFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from villes_internet.demo.mailbox import MailboxBackend
from villes_internet.demo.models import ReceivedMessage
from villes_internet.users.models import User

Visit = tuple[User | None, str]


def odile() -> User:
    staff: User = UserFactory(staff=True)
    return staff


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


def affiliations(rows: int) -> Visit:
    juror = JurorFactory(edition=reading())
    for _ in range(rows):
        tied(juror, deposited(juror.edition).territory)
    return juror.user, reverse("jury:affiliations", args=[juror.edition.year])


def declaration(rows: int) -> Visit:
    juror = JurorFactory(edition=reading(), unsigned=True)
    for _ in range(rows):
        tied(juror, CommuneFactory())
    return juror.user, reverse("jury:declaration", args=[juror.edition.year])


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
