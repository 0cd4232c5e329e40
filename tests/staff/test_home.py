"""/gestion/: one door for each thing that the staff look after."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labels.models import Edition
from tests.factories.candidatures import CandidatureFactory, deposited
from tests.factories.jury import JurorFactory, assigned, reviewed
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory
from villes_internet.calendar import start_of
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message
from villes_internet.mail.staff import panels
from villes_internet.staff.panels import Round, offered_panels, offered_rounds, waiting
from villes_internet.users.models import User


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("odile@label.example", full_name="Odile", is_staff=True)


def uncertain(number: int) -> None:
    now = timezone.now()
    Message.objects.create(
        key=f"test:{number}",
        to="mairie@commune.example",
        subject="Candidature déposée",
        text="Bonjour,",
        state=MessageState.UNCERTAIN,
        created_at=now,
        next_try_at=now,
    )


def test_only_the_staff_enter(client: Client, staff: User) -> None:
    assert client.get("/gestion/").status_code == 302
    client.force_login(User.objects.create_user("agent@commune.example", full_name="Amadou"))
    assert client.get("/gestion/").status_code == 403
    client.force_login(staff)
    assert client.get("/gestion/").status_code == 200


@pytest.mark.parametrize(
    ("letters", "attention"),
    [(0, ""), (1, "1 courrier à vérifier"), (3, "3 courriers à vérifier")],
)
def test_letters_in_doubt_call_for_attention(
    client: Client, staff: User, letters: int, attention: str
) -> None:
    for number in range(letters):
        uncertain(number)
    [panel] = [panel for panel in offered_panels() if panel.title == "Courriers"]
    assert (panel.url, panel.attention) == ("/gestion/courriers/", attention)
    client.force_login(staff)
    assert attention in client.get("/gestion/").content.decode()


@pytest.mark.parametrize("letters", [1, 3])
def test_the_panel_of_letters_asks_the_database_once(
    db: None, letters: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(letters):
        uncertain(number)
    with django_assert_num_queries(1):
        panels()


# --- Where the campaign stands ------------------------------------------------------------


def round_of(edition: Edition, at: datetime) -> Round:
    [found] = [one for one in offered_rounds(at=at) if one.title == f"Label {edition.year}"]
    return found


def calls(edition: Edition, at: datetime) -> list[str]:
    """What waits for somebody in this edition."""
    return [one.what for one in waiting([round_of(edition, at)], [])]


@pytest.mark.django_db
def test_the_editions_under_way_are_shown_and_those_proclaimed_are_not() -> None:
    for year in (2028, 2029):
        EditionFactory(year=year)
    EditionFactory(year=2027, proclaimed_at=NOW)
    assert [one.title for one in offered_rounds(at=NOW)] == ["Label 2029", "Label 2028"]


@pytest.mark.django_db
def test_an_edition_says_its_candidatures_by_type_and_the_readings_done() -> None:
    edition = EditionFactory(reading=True)
    CandidatureFactory(edition=edition, territory=CommuneFactory(town=True))
    dossiers = [deposited(edition), deposited(edition)]
    juror = JurorFactory(edition=edition, chair=True)
    reviewed(juror, dossiers[0])
    assigned(juror, dossiers[1])
    figures = [(one.value, one.label, one.note) for one in round_of(edition, NOW).figures]
    assert figures == [
        (3, "candidatures commencées", "1 ville, 2 villages"),
        (2, "déposées", "2 villages"),
        (1, "juré·e", ""),
        (1, "évaluation remise", "sur 2 lectures confiées"),
    ]


@pytest.mark.django_db
def test_a_jury_calls_for_its_members_then_its_chair_then_readers() -> None:
    edition = EditionFactory(reading=True)
    dossier = deposited(edition)
    assert calls(edition, NOW) == ["Un jury à composer"]
    juror = JurorFactory(edition=edition)
    assert calls(edition, NOW) == ["Une présidence du jury à confier"]
    JurorFactory(edition=edition, chair=True)
    assert calls(edition, NOW) == ["1 dossier à confier à la lecture"]
    assigned(juror, dossier)
    assert calls(edition, NOW) == []


@pytest.mark.django_db
def test_drafts_call_for_attention_in_the_last_week_alone() -> None:
    edition = EditionFactory()
    for _ in range(2):
        CandidatureFactory(edition=edition)
    assert calls(edition, start_of(edition.closes_on - timedelta(days=8))) == []
    last_week = start_of(edition.closes_on - timedelta(days=7))
    assert calls(edition, last_week) == ["2 candidatures à déposer avant la date limite"]


def test_the_page_says_when_nothing_waits(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.get("/gestion/").content.decode()
    assert "Rien n’attend l’équipe" in page
    assert "Aucune édition en cours" in page
    uncertain(1)
    assert "Rien n’attend l’équipe" not in client.get("/gestion/").content.decode()
