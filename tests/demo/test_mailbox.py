"""/demo/courrier/: every letter of a demonstration, and nothing of it anywhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from villes_internet.demo.models import ReceivedMessage

pytestmark = pytest.mark.django_db

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def mailbox(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "villes_internet.demo.mailbox.MailboxBackend"


def receive(
    to: str = "agent@arcueil.example", text: str = "Bonjour,\n", html: str = "<p>Bonjour,</p>"
) -> ReceivedMessage:
    letter = EmailMultiAlternatives("Objet « été »", text, "label@label.example", [to])
    letter.attach_alternative(html, "text/html")
    letter.attach("accusé.pdf", b"%PDF-1.7", "application/pdf")
    assert letter.send() == 1
    return ReceivedMessage.objects.latest("pk")


def test_a_letter_is_kept_as_a_server_would_have_it() -> None:
    received = receive()
    assert (received.to, received.subject) == ("agent@arcueil.example", "Objet « été »")
    assert received.parsed()["Subject"] == "Objet « été »"
    assert [part.get_content_type() for part in received.parsed().walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Voici votre code :\n\n481516\n\nIl est valable 15 minutes.", "481516"),
        ("L’édition 2026 de la commune 70550 ouvre.", ""),
        ("481516 habitants", ""),
    ],
)
def test_the_list_shows_the_code_of_a_letter(client: Client, text: str, code: str) -> None:
    assert receive(text=text).code == code
    page = client.get("/demo/courrier/").content.decode()
    assert (f">{code}</strong>" in page) is bool(code)


def test_anyone_opens_the_mailbox_newest_first(client: Client) -> None:
    older, newer = receive(), receive()
    assert list(client.get("/demo/courrier/").context["page_obj"]) == [newer, older]


def test_the_list_is_filtered_by_recipient(client: Client) -> None:
    receive("agent@bievres.example")
    mine = receive("agent@arcueil.example")
    assert list(client.get("/demo/courrier/?a=ARCUEIL").context["page_obj"]) == [mine]


def test_the_list_has_twenty_letters_a_page(client: Client) -> None:
    for _ in range(21):
        receive()
    assert len(client.get("/demo/courrier/").context["page_obj"]) == 20
    assert len(client.get("/demo/courrier/?page=2").context["page_obj"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_much_for_one_letter_as_for_three(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        receive()
    with django_assert_num_queries(2):  # count, letters
        client.get("/demo/courrier/")


def test_a_letter_is_read_as_text(client: Client) -> None:
    received = receive(text="Bonjour <script>alert(1)</script>\nhttps://label.example/x")
    page = client.get(f"/demo/courrier/{received.pk}/").content.decode()
    assert "Bonjour &lt;script&gt;" in page
    assert '<a href="https://label.example/x"' in page
    assert "accusé.pdf" in page


def test_its_html_is_shown_where_it_can_do_nothing(client: Client) -> None:
    received = receive(html="<p>Bonjour</p><script>alert(1)</script>")
    response = client.get(f"/demo/courrier/{received.pk}/mis-en-forme/")
    assert "<p>Bonjour</p>" in response.content.decode()
    assert response["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )


def test_its_files_are_downloaded(client: Client) -> None:
    received = receive()
    response = client.get(f"/demo/courrier/{received.pk}/pieces/1/")
    assert response.content == b"%PDF-1.7"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''accus%C3%A9.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "missing", ["404/", "404/mis-en-forme/", "{pk}/pieces/0/", "{pk}/pieces/2/"]
)
def test_what_was_not_received_is_not_found(client: Client, missing: str) -> None:
    address = missing.format(pk=receive().pk)
    assert client.get(f"/demo/courrier/{address}").status_code == 404


def test_production_has_no_mailbox() -> None:
    """Base settings, in a process of their own: no app, no address, no backend."""
    code = """
import django; django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve
assert settings.DEMONSTRATION is False
assert not apps.is_installed("villes_internet.demo")
assert settings.EMAIL_BACKEND == "villes_internet.mail.smtp.EmailBackend"
resolve("/gestion/courriers/")
for address in ("/demo/courrier/", "/demo/courrier/1/"):
    try:
        resolve(address)
    except Resolver404:
        continue
    raise SystemExit(f"{address} is mounted")
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "villes_internet.settings.base",
        "SECRET_KEY": "of a test",
        "SITE_URL": "https://label.example",
        "ALLOWED_HOSTS": "label.example",
        "DEFAULT_FROM_EMAIL": "label@label.example",
        "EMAIL_URL": "smtp://localhost:25",
    }
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=PROJECT, check=True)
