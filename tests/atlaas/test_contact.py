"""Writing to the people behind a sheet: they are found, and their address is not."""

import pytest
from django.test import Client
from django.urls import reverse

from atlaas.models import SheetContact
from tests.factories.atlaas import SheetContactFactory, SheetFactory
from villes_internet.mail.models import Message

pytestmark = pytest.mark.django_db

WORDS = {"name": "Léa Roy", "email": "lea.roy@commune.example", "message": "Combien coûte-t-il ?"}


@pytest.fixture
def contact() -> SheetContact:
    made: SheetContact = SheetContactFactory()
    return made


def address(contact: SheetContact) -> str:
    return reverse("atlaas:contact", args=[contact.sheet_id])


def test_a_reader_writes_and_the_answer_comes_back_to_them(
    client: Client, contact: SheetContact
) -> None:
    assert address(contact) in client.get(contact.sheet.get_absolute_url()).content.decode()
    answer = client.post(address(contact), WORDS)
    assert answer.headers["Location"] == f"{contact.sheet.get_absolute_url()}?message=envoye"
    letter = Message.objects.get()
    assert (letter.to, letter.reply_to) == (contact.email, WORDS["email"])
    assert WORDS["message"] in letter.text
    assert contact.sheet.title in letter.text
    back = client.get(answer.headers["Location"]).content.decode()
    assert "votre message est enregistré" in back


def test_no_page_shows_the_address(client: Client, contact: SheetContact) -> None:
    for url in (contact.sheet.get_absolute_url(), address(contact)):
        assert contact.email not in client.get(url).content.decode()
    refused = client.post(address(contact), WORDS | {"email": "lea"})
    assert refused.status_code == 422
    assert contact.email not in refused.content.decode()
    assert "Combien coûte" in refused.content.decode()


def test_a_button_pressed_twice_sends_once(client: Client, contact: SheetContact) -> None:
    for _ in range(2):
        client.post(address(contact), WORDS)
    assert Message.objects.count() == 1


def test_a_machine_that_fills_everything_sends_nothing(
    client: Client, contact: SheetContact
) -> None:
    assert client.post(address(contact), WORDS | {"trap": "x"}).status_code == 422
    assert not Message.objects.exists()


def test_too_many_letters_from_one_place_are_kept_for_later(
    client: Client, contact: SheetContact
) -> None:
    for number in range(10):
        assert client.post(address(contact), WORDS | {"name": f"n{number}"}).status_code == 302
    late = client.post(address(contact), WORDS)
    assert (late.status_code, late.headers["Retry-After"]) == (429, "3600")
    assert "Combien coûte" in late.content.decode()


def test_a_sheet_without_a_contact_has_no_such_page(client: Client) -> None:
    sheet = SheetFactory(contact_role="Service du bus")
    assert client.get(reverse("atlaas:contact", args=[sheet.pk])).status_code == 404
    assert "Être mis en relation" not in client.get(sheet.get_absolute_url()).content.decode()
