"""Signing in by a code: no password anywhere, `next` kept, no cookie for a passer-by."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> User:
    user = User.objects.create_user("agent@arcueil.example", full_name="Awa Diallo")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_the_login_page_leads_to_the_code_and_keeps_next(client: Client) -> None:
    response = client.get("/comptes/login/?next=/candidatures/7/")
    assert response.status_code == 302
    assert response["Location"] == "/comptes/login/code/?next=%2Fcandidatures%2F7%2F"


@pytest.mark.parametrize("page", ["change/", "set/", "reset/", "reset/done/", "reset/key/a-b/"])
def test_no_page_speaks_of_passwords(client: Client, page: str) -> None:
    assert client.get(f"/comptes/password/{page}").status_code == 404


def test_an_agent_signs_in_with_the_code_of_the_letter(client: Client, agent: User) -> None:
    response = client.post("/comptes/login/code/", {"email": agent.email, "next": "/comptes/"})
    assert response.status_code == 302
    code = re.search(r"\b\d{6}\b", Message.objects.get().text)
    assert code is not None
    page = client.get(response["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()
    response = client.post("/comptes/login/code/confirm/", {"code": code[0], "next": "/comptes/"})
    assert response["Location"] == "/comptes/"
    assert "Awa Diallo" in client.get("/comptes/").content.decode()


def test_a_wrong_code_is_refused_in_words(client: Client, agent: User) -> None:
    client.post("/comptes/login/code/", {"email": agent.email})
    page = client.post("/comptes/login/code/confirm/", {"code": "000 000"}).content.decode()
    assert "error-summary" in page
    assert 'aria-invalid="true"' in page


def test_an_unknown_address_sees_the_same_page(client: Client, agent: User) -> None:
    def answer(email: str) -> tuple[int, str]:
        response = Client().post("/comptes/login/code/", {"email": email})
        return response.status_code, response["Location"]

    assert answer("nobody@nowhere.example") == answer(agent.email)


def test_the_account_page_changes_the_name(client: Client, agent: User) -> None:
    client.force_login(agent)
    response = client.post("/comptes/", {"full_name": "Awa Diallo-Petit"})
    assert response.status_code == 302
    agent.refresh_from_db()
    assert agent.full_name == "Awa Diallo-Petit"


def test_an_empty_name_is_refused_and_not_shown_in_the_masthead(
    client: Client, agent: User
) -> None:
    client.force_login(agent)
    page = client.post("/comptes/", {"full_name": " "}).content.decode()
    assert "error-summary" in page
    assert "Awa Diallo</span>" in page


def test_the_account_page_asks_a_stranger_to_sign_in(client: Client) -> None:
    assert client.get("/comptes/")["Location"] == "/comptes/login/code/?next=/comptes/"


def test_every_page_of_the_account_speaks_french(client: Client, agent: User) -> None:
    client.force_login(agent)
    for address in ("/comptes/", "/comptes/email/", "/comptes/logout/", "/comptes/2fa/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert 'class="masthead"' in page.content.decode(), address
