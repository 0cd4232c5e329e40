"""The letters of accounts: in the outbox, and their codes forgotten."""

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


def the_letter(to: str) -> Message:
    """The only one written."""
    message = Message.objects.get()
    assert (message.to, message.category) == (to, "compte")
    return message


def test_the_code_to_sign_in(client: Client, agent: User) -> None:
    client.post("/comptes/login/code/", {"email": agent.email})
    message = the_letter(agent.email)
    assert message.subject == "Votre code de connexion à Villes Internet"
    assert re.search(r"^\d{6}$", message.text, re.MULTILINE)
    assert "Il est valable 15 minutes" in message.text
    assert message.transient


def test_each_request_is_a_letter_of_its_own(client: Client, agent: User) -> None:
    client.post("/comptes/login/code/", {"email": agent.email})
    Client().post("/comptes/login/code/", {"email": agent.email})
    assert Message.objects.count() == 2


def test_an_address_without_account(client: Client) -> None:
    client.post("/comptes/login/code/", {"email": "nobody@nowhere.example"})
    message = the_letter("nobody@nowhere.example")
    assert message.subject == "Aucun compte Villes Internet à cette adresse"
    assert "http://testserver/comptes/signup/" in message.text
    assert not message.transient


def test_the_code_that_confirms_a_new_address(client: Client) -> None:
    client.post("/comptes/signup/", {"email": "new@arcueil.example", "full_name": "Léa Roy"})
    message = the_letter("new@arcueil.example")
    assert message.subject == "Votre code pour confirmer cette adresse"
    assert re.search(r"^\d{6}$", message.text, re.MULTILINE)
    assert "Il est valable 15 minutes" in message.text
    assert message.transient


def test_an_account_that_exists_already(client: Client, agent: User) -> None:
    client.post("/comptes/signup/", {"email": agent.email, "full_name": "Awa Diallo"})
    message = the_letter(agent.email)
    assert message.subject == "Vous avez déjà un compte Villes Internet"
    assert "http://testserver/comptes/login/code/" in message.text
    assert not message.transient
