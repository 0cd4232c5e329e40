"""Writing a letter: once for each occasion, with the words of that moment."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from django.db import transaction

from tests.mail.conftest import NOW
from villes_internet.files.services import store_bytes
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message

TEMPLATES = {
    "candidatures/emails/receipt.subject.txt": "\n Candidature de {{ town }} \n déposée\n",
    "candidatures/emails/receipt.txt": "Le dossier de {{ town }} est déposé. {{ site_url }}\n\n",
    "candidatures/emails/receipt.html": "<p>Le dossier de {{ town }} est déposé.</p>\n",
}


@pytest.fixture(autouse=True)
def templates(settings: LazySettings) -> None:
    loader = ("django.template.loaders.locmem.Loader", TEMPLATES)
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [loader]},
        }
    ]


def queue(town: str = "L’Haÿ & Cie", key: str = "receipt:12", **options: object) -> Message:
    return services.queue(
        key=key,
        to="mairie@commune.example",
        template="candidatures/emails/receipt",
        context={"town": town},
        at=NOW,
        **options,  # type: ignore[arg-type]
    )


def test_a_letter_is_rendered_when_it_is_decided(db: None) -> None:
    queue()
    message = Message.objects.get()
    assert message.subject == "Candidature de L’Haÿ & Cie déposée"
    assert message.text == "Le dossier de L’Haÿ & Cie est déposé. http://testserver\n"
    assert message.html == "<p>Le dossier de L’Haÿ &amp; Cie est déposé.</p>"
    assert message.category == "candidatures"
    assert message.state == MessageState.QUEUED


def test_the_same_occasion_is_written_once(db: None) -> None:
    first = queue("Arcueil")
    second = queue("Bourg-la-Reine")
    assert second == first
    assert Message.objects.get().subject == "Candidature de Arcueil déposée"


def test_two_occasions_are_two_letters(db: None) -> None:
    assert queue(key="receipt:12") != queue(key="receipt:13")


def test_files_travel_with_the_letter(db: None) -> None:
    receipt = store_bytes(b"%PDF-1.7", content_type="application/pdf", at=NOW)
    message = queue(attachments=[(receipt, "accusé.pdf")])
    queue(attachments=[(receipt, "accusé.pdf")])
    assert [(a.name, a.file) for a in message.attachments.all()] == [("accusé.pdf", receipt)]


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_once_its_transaction_is_committed() -> None:
    with transaction.atomic():
        message = queue()
        assert django_mail.outbox == []
    assert [sent.to for sent in django_mail.outbox] == [["mairie@commune.example"]]
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_cancelled_transaction_was_never_written() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert django_mail.outbox == []


def test_a_letter_whose_template_fails_is_not_written(
    db: None, letter: Callable[..., Message]
) -> None:
    with pytest.raises(Exception, match="missing"):
        services.queue(key="k", to="a@b.example", template="missing", context={}, at=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "address", ["label@association.example", "Villes Internet <label@association.example>"]
)
def test_the_association_signs_even_where_the_setting_is_an_address_alone(
    db: None, settings: LazySettings, address: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = address
    assert queue().from_email == "Villes Internet <label@association.example>"
