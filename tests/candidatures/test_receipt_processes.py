"""Killed at any instant, the platform neither doubles nor drops the receipt of a deposit."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from candidatures import services
from candidatures.models import Deposit
from tests.factories.candidatures import complete, referent
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.processes import Platform
from tests.smtp_sink import wait_until
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message
from villes_internet.mail.services import sweep

pytestmark = pytest.mark.processes


def receipts() -> list[str]:
    return list(Message.objects.filter(key__startswith="receipt:").values_list("state", flat=True))


def deposited() -> Deposit:
    """A dossier deposited today, its receipt asked for from the real broker."""
    candidature = complete(edition=EditionFactory(real=True))
    agent = referent(candidature.territory)
    return services.deposit(candidature, by=agent, at=timezone.now())


def an_hour_later() -> None:
    """The clock work of the next hour."""
    later = timezone.now() + timedelta(hours=1)
    services.catch_up_receipts(at=later)
    sweep(at=later)


def test_killed_while_it_draws_the_receipt_sends_it_once_it_is_back(
    live_platform: Platform,
) -> None:
    worker = live_platform.start_worker()
    with live_platform.connect() as other:
        with transaction.atomic():
            transaction.on_commit(
                lambda: other.execute("SELECT 1 FROM candidatures_deposit FOR UPDATE")
            )
            deposit = deposited()
        wait_until(live_platform.waiting_for_a_lock)  # the PDF is drawn, nothing is written
        live_platform.kill(worker)
    assert receipts() == []

    live_platform.start_worker()
    wait_until(lambda: receipts() == [MessageState.SENT])
    an_hour_later()
    [letter] = live_platform.sink.begun
    assert letter["To"] == deposit.deposited_by.email
    assert "Accusé de réception" in letter["Subject"]
    [joined] = letter.iter_attachments()
    assert joined.get_content_type() == "application/pdf"
    assert receipts() == [MessageState.SENT]


def test_killed_while_the_server_takes_the_receipt_leaves_a_doubt_for_the_staff(
    live_platform: Platform, client: Client
) -> None:
    live_platform.sink.paused = True
    worker = live_platform.start_worker()
    deposit = deposited()
    wait_until(lambda: live_platform.sink.begun)
    live_platform.kill(worker)
    live_platform.sink.paused = False
    assert receipts() == [MessageState.SENDING]

    live_platform.start_worker()
    wait_until(lambda: live_platform.times_received("mail.deliver") >= 2)
    an_hour_later()
    assert receipts() == [MessageState.UNCERTAIN]
    an_hour_later()
    assert receipts() == [MessageState.UNCERTAIN]
    assert len(live_platform.sink.begun) == 1

    client.force_login(UserFactory(staff=True))
    assert "1 courrier à vérifier" in client.get("/gestion/").content.decode()
    page = client.get("/gestion/courriers/", {"etat": MessageState.UNCERTAIN}).content.decode()
    assert deposit.deposited_by.email in page
    assert "Accusé de réception" in page
