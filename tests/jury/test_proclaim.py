"""Proclaiming: the embargo ends for all at once, or not at all."""

import threading
from datetime import datetime, timedelta

import pytest
from django.core import mail as letters
from django.db import connection
from django.test import Client
from django.urls import reverse

from atlaas.choices import SheetEvent
from atlaas.models import Sheet
from candidatures.choices import ResumptionChoice
from candidatures.models import Candidature, Result
from candidatures.resuming import previous, resumed, sources
from candidatures.services import Decision, decide_practices
from jury import services
from jury.models import Juror
from labels import palmares
from labels.models import Award, Edition
from tests.factories.candidatures import (
    CandidatureFactory,
    complete,
    contributor,
    deposit_last_day,
    deposited,
)
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import (
    DigitalServiceFactory,
    EditionFactory,
    MentionFactory,
    ThemeFactory,
)
from tests.factories.territories import CommuneFactory, EpciFactory, PerimeterFactory
from villes_internet.calendar import start_of
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


class Hall:
    """An edition on the day of its ceremony, with its chair."""

    def __init__(self, year: int = 2027) -> None:
        self.edition: Edition = EditionFactory(year=year, ceremony=True)
        CriterionFactory(edition=self.edition)
        self.chair: Juror = JurorFactory(edition=self.edition, chair=True)
        self.juror: Juror = JurorFactory(edition=self.edition)

    @property
    def evening(self) -> datetime:
        return start_of(self.edition.ceremony_on) + timedelta(hours=18)

    def reviewed(self, **fields: object) -> Candidature:
        dossier = deposited(self.edition, **fields)
        reviewed(self.juror, dossier)
        return dossier

    def decide(self, dossier: Candidature, level: int = 3, **fields: object) -> None:
        decision = {"mentions": [], "is_ten": False, "letter": "Bravo."} | fields
        at = start_of(self.edition.deliberates_on)
        services.decide(dossier, level=level, by=self.chair, at=at, **decision)  # type: ignore[arg-type]

    def proclaim(self) -> None:
        services.proclaim(self.edition, by=self.chair, at=self.evening)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_before_the_proclamation_the_public_rows_do_not_exist(hall: Hall) -> None:
    hall.decide(hall.reviewed())
    assert not Award.objects.exists()
    assert not Sheet.objects.exists()
    assert not Result.objects.exists()


def test_the_proclamation_makes_awards_sheets_and_results(hall: Hall, client: Client) -> None:
    green = MentionFactory(edition=hall.edition, name="Transition écologique", green=True)
    dossier = hall.reviewed()
    hall.decide(dossier, level=4, mentions=[green])
    hall.proclaim()
    award = Award.objects.get()
    assert (award.territory, award.level, award.is_ten) == (dossier.territory, 4, False)
    assert [mention.name for mention in award.mentions.all()] == ["Transition écologique"]
    assert Sheet.objects.get().title == dossier.initiatives.get().title
    assert Result.objects.get().letter == "Bravo."
    page = client.get(reverse("labels:palmares", args=[hall.edition.year])).content.decode()
    assert dossier.territory.name in page
    assert "4 arobases, dont une arobase verte" in page


@pytest.mark.django_db(transaction=True)
def test_each_referent_is_told_by_mail(hall: Hall) -> None:
    dossier = hall.reviewed()
    hall.decide(dossier, level=5)
    letters.outbox.clear()
    hall.proclaim()
    assert [dossier.territory.name in letter.subject for letter in letters.outbox] == [True]


def test_nothing_is_proclaimed_before_the_day_of_the_ceremony(hall: Hall) -> None:
    hall.decide(hall.reviewed())
    eve = start_of(hall.edition.ceremony_on) - timedelta(seconds=1)
    with pytest.raises(Refusal, match="avant le jour de la cérémonie"):
        services.proclaim(hall.edition, by=hall.chair, at=eve)
    assert not Award.objects.exists()


def test_one_undecided_dossier_holds_everything_back(hall: Hall) -> None:
    hall.decide(hall.reviewed())
    hall.reviewed()
    with pytest.raises(Refusal, match="1 dossier attend"):
        hall.proclaim()
    assert not Award.objects.exists()
    hall.edition.refresh_from_db()
    assert hall.edition.proclaimed_at is None


def test_a_draft_never_deposited_holds_nothing_back(hall: Hall) -> None:
    complete(edition=hall.edition)
    hall.decide(hall.reviewed())
    hall.proclaim()
    assert Award.objects.count() == 1


def test_only_the_chair_of_the_edition_proclaims(hall: Hall) -> None:
    hall.decide(hall.reviewed())
    other_chair = JurorFactory(edition__year=2030, chair=True)
    for juror in (hall.juror, other_chair):
        with pytest.raises(Refusal, match="Seule la présidence"):
            services.proclaim(hall.edition, by=juror, at=hall.evening)


@pytest.mark.django_db(transaction=True)
def test_of_two_proclamations_at_once_one_takes_place(hall: Hall) -> None:
    hall.decide(hall.reviewed())
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def proclaim() -> None:
        together.wait()
        try:
            hall.proclaim()
            outcomes.append("proclaimed")
        except Refusal as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=proclaim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Cette édition est déjà proclamée.", "proclaimed"]
    assert Award.objects.count() == 1


@pytest.mark.parametrize("level", [0, 6])
def test_a_label_has_one_to_five_arobases(hall: Hall, level: int) -> None:
    with pytest.raises(Refusal, match="de 1 à 5 arobases"):
        hall.decide(hall.reviewed(), level=level)


def test_the_ten_title_supposes_five_arobases(hall: Hall) -> None:
    dossier = hall.reviewed()
    with pytest.raises(Refusal, match="suppose 5 arobases"):
        hall.decide(dossier, level=4, is_ten=True)
    hall.decide(dossier, level=5, is_ten=True)


def test_a_decision_is_taken_during_the_deliberation_only(hall: Hall) -> None:
    dossier = hall.reviewed()
    reading = start_of(hall.edition.deliberates_on) - timedelta(seconds=1)
    with pytest.raises(Refusal, match="pendant la délibération"):
        services.decide(
            dossier, level=3, mentions=[], is_ten=False, letter="", by=hall.chair, at=reading
        )
    hall.decide(dossier)
    hall.decide(dossier, level=4)
    hall.proclaim()
    assert Award.objects.get().level == 4
    hall.edition.refresh_from_db()
    with pytest.raises(Refusal, match="pendant la délibération"):
        hall.decide(dossier, level=5)


def test_a_commune_labelled_itself_and_through_its_epci_counts_once(hall: Hall) -> None:
    epci = EpciFactory(population=10_000)
    commune = CommuneFactory(population=4_000)
    PerimeterFactory(epci=epci, commune=commune)
    PerimeterFactory(epci=epci, commune=CommuneFactory(population=6_000))
    for territory in (epci, commune):
        hall.decide(hall.reviewed(territory=territory))
    hall.proclaim()
    found = palmares.figures(hall.edition)
    assert (found.labelled, found.communes, found.population) == (2, 2, 10_000)


def test_an_award_keeps_the_name_and_population_of_the_deposit(hall: Hall) -> None:
    dossier = hall.reviewed(territory=CommuneFactory(name="Vieux-Bourg", population=900))
    hall.decide(dossier)
    successor = CommuneFactory(name="Bourg-Nouveau", population=1_500)
    territory = dossier.territory
    territory.vanished_on, territory.successor = (
        start_of(hall.edition.ceremony_on).date(),
        successor,
    )
    territory.save()
    hall.proclaim()
    award = Award.objects.get()
    assert (award.territory_name, award.population) == ("Vieux-Bourg", 900)
    assert list(Award.objects.of_territory(successor)) == [award]


def test_publishing_a_taken_up_sheet_updates_it_instead_of_doubling_it(hall: Hall) -> None:
    dossier = hall.reviewed()
    hall.decide(dossier)
    hall.proclaim()
    first = Sheet.objects.get()
    later = Hall(year=2028)
    again = complete(edition=later.edition, territory=dossier.territory)
    again.initiatives.update(source_sheet=first, title="Le bus du numérique, deux ans après")
    deposit_last_day(again)
    reviewed(later.juror, again)
    later.decide(again)
    later.proclaim()
    sheet = Sheet.objects.get()
    assert (sheet.pk, sheet.title) == (first.pk, "Le bus du numérique, deux ans après")


def told_in(year: int, dossier: Candidature) -> tuple[Hall, Candidature]:
    """The draft of the same territory to the edition of that year, with its one service."""
    hall = Hall(year=year)
    for service in dossier.initiatives.get().services.all():
        theme = ThemeFactory(edition=hall.edition, code=service.theme.code)
        DigitalServiceFactory(theme=theme, code=service.code)
    later: Candidature = CandidatureFactory(edition=hall.edition, territory=dossier.territory)
    return hall, later


def keep_all(later: Candidature) -> None:
    keys = [one.key for one in sources(later, previous(later))]
    decisions = [Decision(key, ResumptionChoice.KEPT, seen=0) for key in keys]
    at = start_of(later.edition.closes_on)
    decide_practices(later, decisions=decisions, by=contributor(later.territory), at=at)


def test_a_sheet_kept_as_it_is_is_confirmed_for_the_year_at_the_same_address(hall: Hall) -> None:
    dossier = hall.reviewed()
    hall.decide(dossier)
    hall.proclaim()
    address = Sheet.objects.get().get_absolute_url()
    for year, title in ((2028, None), (2029, "Le bus roule encore")):
        later, again = told_in(year, dossier)
        keep_all(again)
        if title:
            again.initiatives.update(title=title)
        deposit_last_day(again)
        reviewed(later.juror, again)
        later.decide(again)
        later.proclaim()
    sheet = Sheet.objects.get()
    assert sheet.get_absolute_url().startswith(address.partition("-")[0])
    assert (sheet.edition.year, sheet.title) == (2029, "Le bus roule encore")
    assert [(one.edition.year, one.event) for one in sheet.history.in_order()] == [
        (2027, SheetEvent.PUBLISHED),
        (2028, SheetEvent.CONFIRMED),
        (2029, SheetEvent.UPDATED),
    ]


def test_an_action_resumed_before_the_proclamation_updates_the_sheet_it_became(hall: Hall) -> None:
    dossier = hall.reviewed()
    hall.decide(dossier)
    later, again = told_in(2028, dossier)
    keep_all(again)  # of an action that no sheet tells yet
    assert again.initiatives.get().source_sheet is None
    hall.proclaim()
    sheet = Sheet.objects.get()
    assert again.initiatives.get().source_sheet == sheet
    found = resumed(again.initiatives.get())
    assert found
    assert (found.sheet, found.is_newer, found.changes) == (sheet, False, [])
    assert [one.is_entered for one in sources(again, previous(again))] == [True]
    deposit_last_day(again)
    reviewed(later.juror, again)
    later.decide(again)
    later.proclaim()
    assert Sheet.objects.get().pk == sheet.pk
