"""/gestion/: one door for each thing that the staff look after."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message
from villes_internet.mail.staff import panels
from villes_internet.staff.panels import offered_panels
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
