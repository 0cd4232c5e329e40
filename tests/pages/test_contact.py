"""Writing to the association: one letter for each message, and no word lost on the way."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.factories.users import UserFactory
from villes_internet.calendar import day_of, start_of
from villes_internet.mail.models import Message
from villes_internet.mail.sending import assemble
from villes_internet.pages.services import write_to_association

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Léa Roy",
    "email": "lea.roy@commune.example",
    "subject": "candidature",
    "message": "Bonjour,\r\n\r\nQui peut déposer notre dossier ?",
}


@pytest.fixture(autouse=True)
def association(settings: LazySettings) -> None:
    settings.IDENTITY = settings.IDENTITY | {"PUBLISHER_EMAIL": "label@association.example"}


def send(client: Client, **changes: str) -> Any:
    return client.post("/contact/", WORDS | changes)


def test_the_letter_goes_to_the_association_and_its_answer_to_the_visitor(client: Client) -> None:
    assert send(client).headers["Location"] == "/contact/envoye/"
    letter = Message.objects.get()
    assert letter.to == "label@association.example"
    assert letter.reply_to == WORDS["email"]
    assert letter.subject == "Message reçu par le site\u00a0: Une candidature au label"
    assert "Qui peut déposer notre dossier ?" in letter.text
    assert assemble(letter).extra_headers.keys() >= {"Message-ID"}
    assert "votre message est reçu" in client.get("/contact/envoye/").content.decode()


def test_without_an_address_of_its_own_the_association_is_written_where_its_letters_come_from(
    client: Client, settings: LazySettings
) -> None:
    settings.IDENTITY = settings.IDENTITY | {"PUBLISHER_EMAIL": ""}
    settings.DEFAULT_FROM_EMAIL = "Villes Internet <label@villes-internet.example>"
    send(client)
    assert Message.objects.get().to == "label@villes-internet.example"


def test_a_button_pressed_twice_sends_one_letter(client: Client) -> None:
    assert {send(client).status_code for _ in range(2)} == {302}
    assert Message.objects.count() == 1


def test_a_message_corrected_and_sent_again_is_another_letter(client: Client) -> None:
    send(client)
    send(client, message="Bonjour, je me suis mal exprimée.")
    assert Message.objects.count() == 2


def test_the_same_words_another_day_are_another_letter() -> None:
    midnight = start_of(day_of(timezone.now()))
    for at in (midnight, midnight + timedelta(hours=20), midnight + timedelta(hours=26)):
        write_to_association(**WORDS, at=at)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"email": "lea.roy"},
        {"subject": ""},
        {"subject": "facture"},
        {"message": " "},
        {"message": "x" * 5_001},
        {"trap": "https://spam.example"},
    ],
    ids=lambda wrong: "-".join(f"{name}{len(value)}" for name, value in wrong.items()),
)
def test_a_refused_message_is_not_sent_and_keeps_what_was_typed(
    wrong: dict[str, str], client: Client
) -> None:
    response = send(client, **wrong)
    assert response.status_code == 422
    assert not Message.objects.exists()
    page = response.content.decode()
    for field in WORDS.keys() - wrong.keys() - {"subject"}:
        assert WORDS[field].replace("\r\n", "\n").split("\n")[-1] in page
    if "subject" not in wrong:
        assert '<option value="candidature" selected>' in page


def test_the_trap_is_hidden_until_it_has_caught_somebody(client: Client) -> None:
    hidden = re.compile(r"<div hidden>.*name=\"trap\"", re.DOTALL)
    assert hidden.search(client.get("/contact/").content.decode())
    caught = send(client, trap="https://spam.example").content.decode()
    assert not hidden.search(caught)
    assert "Effacez-le" in caught


def test_too_many_messages_wait_and_keep_their_words(client: Client) -> None:
    for number in range(10):
        assert send(client, message=f"Message {number}").status_code == 302
    response = send(client, message="Celui de trop")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "Celui de trop" in response.content.decode()
    assert Message.objects.count() == 10
    elsewhere = client.post("/contact/", WORDS, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_behind_the_proxy_each_visitor_has_a_limit_of_their_own(
    client: Client, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        words = WORDS | {"message": f"Message {number}"}
        response = client.post("/contact/", words, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        assert response.status_code == 302


def test_nothing_that_is_typed_escapes_into_the_letter(client: Client) -> None:
    send(client, name="Léa\r\nBcc: tous@example.org", message="<b>gras</b>")
    letter = Message.objects.get()
    assert "&lt;b&gt;gras" in letter.html
    assert "<b>gras</b>" in letter.text
    assert {name.lower() for name, _ in assemble(letter).message().items()}.isdisjoint(
        {"bcc", "cc"}
    )


def test_a_link_names_the_subject_and_a_person_signed_in_is_known(client: Client) -> None:
    page = client.get("/contact/?sujet=accessibilite").content.decode()
    assert '<option value="accessibilite" selected>' in page
    person = UserFactory(full_name="Awa Diallo", email="awa@commune.example")
    client.force_login(person)
    page = client.get("/contact/").content.decode()
    assert 'value="Awa Diallo"' in page
    assert 'value="awa@commune.example"' in page
