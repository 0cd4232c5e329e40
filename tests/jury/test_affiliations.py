"""What ties a juror to collectivités sets them apart from dossiers, each with its reason."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures.models import Candidature
from jury import services
from jury.choices import AffiliationKind, RecusalOrigin
from jury.models import Affiliation, Assignment, Juror, JuryEntry, Recusal, Review
from labels.models import Edition
from tests.factories.candidatures import deposited
from tests.factories.jury import CriterionFactory, JurorFactory, assigned, reviewed, tied
from tests.factories.labels import EditionFactory
from tests.factories.territories import (
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    PerimeterFactory,
)
from tests.factories.users import UserFactory
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Territory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(real=True, reading=True)
    CriterionFactory(edition=edition)
    return edition


@pytest.fixture
def juror(edition: Edition) -> Juror:
    found: Juror = JurorFactory(edition=edition)
    return found


@pytest.fixture
def odile() -> User:
    staff: User = UserFactory(staff=True)
    return staff


class Country:
    """An EPCI of two communes, a commune of another EPCI, and one of another département."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.epci: Territory = EpciFactory(name="Val de Saône")
        self.other_epci: Territory = EpciFactory(name="Val d’Ognon")
        self.home: Territory = CommuneFactory(name="Gy")
        self.sibling: Territory = CommuneFactory(name="Bucey")
        self.outside: Territory = CommuneFactory(name="Pesmes")
        self.far: Territory = CommuneFactory(
            name="Brest", department=DepartmentFactory(code="29", name="Finistère")
        )
        for commune in (self.home, self.sibling):
            PerimeterFactory(commune=commune, epci=self.epci)
        PerimeterFactory(commune=self.outside, epci=self.other_epci)
        self.dossiers = {
            territory.name: deposited(edition, territory=territory)
            for territory in (
                self.epci,
                self.other_epci,
                self.home,
                self.sibling,
                self.outside,
                self.far,
            )
        }


@pytest.fixture
def country(edition: Edition) -> Country:
    return Country(edition)


def recused(juror: Juror) -> dict[str, str]:
    """The names of the collectivités from which they are set apart, and why."""
    found = Recusal.objects.standing().filter(juror=juror)
    return dict(found.values_list("candidature__territory__name", "reason"))


# --- The rules --------------------------------------------------------------------------------


def test_one_s_commune_sets_apart_from_it_its_epci_and_the_communes_of_it(
    country: Country, juror: Juror
) -> None:
    tied(juror, country.home)
    assert recused(juror) == {
        "Gy": "Résidence : Gy",
        "Val de Saône": "Résidence : Gy, qui en est membre",
        "Bucey": "Résidence : Gy, de la même intercommunalité (Val de Saône)",
    }


def test_an_epci_sets_apart_from_itself_and_its_communes(country: Country, juror: Juror) -> None:
    tied(juror, country.epci, kind=AffiliationKind.WORK)
    assert recused(juror) == {
        "Val de Saône": "Travail passé : Val de Saône",
        "Gy": "Travail passé : Val de Saône, dont elle est membre",
        "Bucey": "Travail passé : Val de Saône, dont elle est membre",
    }


def test_the_whole_departement_only_where_the_edition_says_so(
    country: Country, juror: Juror, odile: User
) -> None:
    tied(juror, country.home)
    assert "Pesmes" not in recused(juror)
    now = timezone.now()
    services.set_recusal_rules(country.edition, recuses_department=True, by=odile, at=now)
    assert set(recused(juror)) == {"Gy", "Val de Saône", "Bucey", "Pesmes", "Val d’Ognon"}
    assert recused(juror)["Pesmes"] == "Résidence : Gy, dans le même département"
    services.set_recusal_rules(country.edition, recuses_department=False, by=odile, at=now)
    assert set(recused(juror)) == {"Gy", "Val de Saône", "Bucey"}


def test_a_tie_with_a_departement_counts_under_the_same_rule(
    country: Country, juror: Juror, odile: User
) -> None:
    tied(juror, country.far.department, kind=AffiliationKind.EMPLOYER, is_current=True)
    assert recused(juror) == {}
    services.set_recusal_rules(
        country.edition, recuses_department=True, by=odile, at=timezone.now()
    )
    assert recused(juror) == {"Brest": "Employeur : Finistère (29), dans le même département"}


def test_the_perimeter_is_that_of_the_day_of_the_deposit(country: Country, juror: Juror) -> None:
    """A commune that joined since does not change what the dossier is about."""
    late: Territory = CommuneFactory(name="Choye")
    PerimeterFactory(commune=late, epci=country.other_epci)
    tied(juror, late)
    assert recused(juror) == {
        "Pesmes": "Résidence : Choye, de la même intercommunalité (Val d’Ognon)"
    }


def test_a_commune_that_disappeared_is_its_successor(country: Country, juror: Juror) -> None:
    former: Territory = CommuneFactory(name="Autoreille", vanished=True, successor=country.home)
    tied(juror, former, kind=AffiliationKind.BIRTHPLACE)
    assert recused(juror)["Gy"] == "Lieu de naissance : Autoreille"


def test_a_dossier_deposited_later_is_set_apart_too(edition: Edition, juror: Juror) -> None:
    home: Territory = CommuneFactory(name="Gy")
    tied(juror, home)
    assert recused(juror) == {}
    deposited(edition, territory=home)
    assert recused(juror) == {"Gy": "Résidence : Gy"}


def test_the_ties_of_one_juror_or_edition_are_no_other_s(country: Country, juror: Juror) -> None:
    tied(JurorFactory(edition=country.edition), country.home)
    tied(JurorFactory(edition=EditionFactory(year=2031), user=juror.user), country.home)
    assert recused(juror) == {}


# --- Mandates -----------------------------------------------------------------------------------


def test_a_mandate_of_today_is_refused_with_the_rule_and_a_past_one_only_recuses(
    country: Country, juror: Juror
) -> None:
    with pytest.raises(Refusal, match="comité d’orientation"):
        tied(juror, country.home, kind=AffiliationKind.MANDATE, is_current=True)
    assert not Affiliation.objects.exists()
    tied(juror, country.home, kind=AffiliationKind.MANDATE)
    assert recused(juror)["Gy"] == "Mandat passé : Gy"


def test_the_same_tie_is_noted_once(country: Country, juror: Juror) -> None:
    tied(juror, country.home)
    with pytest.raises(Refusal, match="déjà noté"):
        tied(juror, country.home)


# --- What follows -------------------------------------------------------------------------------


def test_the_reading_is_taken_back_and_a_review_given_is_set_aside(
    country: Country, juror: Juror
) -> None:
    gy, brest = country.dossiers["Gy"], country.dossiers["Brest"]
    for dossier in (gy, brest):
        reviewed(juror, dossier)
    tied(juror, country.home)
    assert list(Assignment.objects.values_list("candidature", flat=True)) == [brest.pk]
    assert [one.candidature for one in Review.objects.counting()] == [brest]
    assert Review.objects.filter(candidature=gy).exists()


def test_a_tie_removed_ends_the_recusals_that_it_alone_explained(
    country: Country, juror: Juror, odile: User
) -> None:
    now = timezone.now()
    home = tied(juror, country.home)
    tied(juror, country.sibling, kind=AffiliationKind.BIRTHPLACE)
    services.recuse(juror, country.dossiers["Gy"], reason="Un ami", by=odile, at=now)
    services.remove_affiliation(home, by=odile, at=now)
    assert recused(juror)["Gy"] == "Un ami"  # it was imposed besides
    assert set(recused(juror)) == {"Gy", "Bucey", "Val de Saône"}


def test_one_that_is_lifted_stays_lifted_with_its_reason(
    country: Country, juror: Juror, odile: User
) -> None:
    tied(juror, country.home)
    recusal = Recusal.objects.get(juror=juror, candidature=country.dossiers["Bucey"])
    now = timezone.now()
    services.lift_recusal(recusal, reason="Homonymie", by=odile, at=now)
    services.refresh_recusals(country.edition, by=odile, at=now)
    assert "Bucey" not in recused(juror)
    recusal.refresh_from_db()
    assert (recusal.lift_reason, recusal.lifted_by) == ("Homonymie", odile)
    assert JuryEntry.objects.filter(what__contains="levé : Homonymie", by=odile).exists()
    with pytest.raises(Refusal, match="déjà levé"):
        services.lift_recusal(recusal, reason="Encore", by=odile, at=now)
    assigned(juror, country.dossiers["Bucey"])


def test_each_recusal_is_in_the_journal_with_its_reason(country: Country, juror: Juror) -> None:
    tied(juror, country.home)
    said = f"Déport de {juror} sur Bucey\N{NO-BREAK SPACE}: {recused(juror)['Bucey']}"
    assert JuryEntry.objects.filter(what=said, candidature=country.dossiers["Bucey"]).count() == 1


def test_refreshing_again_changes_nothing(country: Country, juror: Juror) -> None:
    tied(juror, country.home)
    before = (recused(juror), JuryEntry.objects.count())
    services.refresh_recusals(country.edition, by=None, at=timezone.now() + timedelta(hours=1))
    assert (recused(juror), JuryEntry.objects.count()) == before


# --- Who --------------------------------------------------------------------------------------


def test_a_juror_notes_their_own_ties_and_takes_none_back(
    country: Country, juror: Juror, client: Client
) -> None:
    client.force_login(juror.user)
    page = reverse("jury:affiliations", args=[country.edition.year])
    sent = {"kind": "residence", "place": country.home.code}
    assert client.post(page, sent).status_code == 302
    assert "Résidence" in client.get(page).content.decode()
    affiliation = Affiliation.objects.get()
    assert affiliation.added_by == juror.user
    with pytest.raises(Forbidden):
        services.remove_affiliation(affiliation, by=juror.user, at=timezone.now())
    with pytest.raises(Forbidden):
        services.lift_recusal(
            Recusal.objects.filter(juror=juror)[0], reason="Non", by=juror.user, at=timezone.now()
        )


def test_nobody_notes_the_ties_of_another_juror(country: Country, juror: Juror) -> None:
    affiliation = Affiliation(juror=juror, kind=AffiliationKind.RESIDENCE, territory=country.home)
    colleague = JurorFactory(edition=country.edition).user
    with pytest.raises(Forbidden):
        services.add_affiliation(affiliation, by=colleague, at=timezone.now())


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "et un seul des deux"),
        ({"place": "{home}", "department": "70"}, "et un seul des deux"),
        ({"place": "Nulle-Part-sur-Rien"}, "Aucune collectivité ne porte ce nom"),
        ({"place": "{home}", "kind": ""}, "obligatoire"),
        ({"place": "{home}", "kind": "mandate", "is_current": "on"}, "comité d’orientation"),
    ],
)
def test_what_cannot_be_noted_is_shown_again_with_its_reason(
    country: Country, juror: Juror, client: Client, sent: dict[str, str], said: str
) -> None:
    client.force_login(juror.user)
    page = reverse("jury:affiliations", args=[country.edition.year])
    fields = {"kind": "residence", "note": "Ma précision"} | {
        name: value.format(home=country.home.code) for name, value in sent.items()
    }
    answer = client.post(page, fields)
    assert answer.status_code in (409, 422)
    html = answer.content.decode()
    assert said in html
    assert "Ma précision" in html
    assert not Affiliation.objects.exists()


def test_a_juror_sets_themselves_apart_and_sees_nothing_more(
    country: Country, juror: Juror, client: Client
) -> None:
    dossier: Candidature = assigned(juror, country.dossiers["Brest"])
    client.force_login(juror.user)
    page = reverse("jury:declare_recusal", args=[country.edition.year, dossier.pk])
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "J’ai conseillé la ville"}).status_code == 302
    recusal = Recusal.objects.get(juror=juror)
    assert (recusal.origin, recusal.recused_by) == (RecusalOrigin.DECLARED, juror.user)
    assert client.get(page).status_code == 404
    review = reverse("jury:review", args=[country.edition.year, dossier.pk])
    assert client.get(review).status_code == 404
    with pytest.raises(Forbidden):
        services.declare_recusal(juror, dossier, reason="Encore", at=timezone.now())
