"""Killed at any instant, the platform neither doubles nor drops a letter."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.processes import Platform
from tests.smtp_sink import wait_until
from villes_internet.background import enqueue
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.letters import Letter
from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.processes


def queue(number: int = 1) -> Message:
    return services.queue_letter(
        Letter(subject="Candidature déposée", text="Bonjour,\n", html="<p>Bonjour,</p>"),
        key=f"receipt:{number}",
        to=f"mairie{number}@commune.example",
        category="candidatures",
        at=timezone.now(),
    )


def state_of(message: Message) -> str:
    return Message.objects.values_list("state", flat=True).get(pk=message.pk)


def later() -> None:
    """The clock work of the next hour."""
    services.sweep(at=timezone.now() + timedelta(hours=1))


def test_killed_before_it_takes_the_letter_sends_it_once_it_is_back(
    live_platform: Platform,
) -> None:
    worker = live_platform.start_worker()
    with live_platform.connect() as other:
        with transaction.atomic():
            transaction.on_commit(lambda: other.execute("SELECT 1 FROM mail_message FOR UPDATE"))
            message = queue()
        wait_until(live_platform.waiting_for_a_lock)  # the worker has the task, not the letter
        live_platform.kill(worker)
    assert state_of(message) == MessageState.QUEUED
    live_platform.start_worker()
    wait_until(lambda: state_of(message) == MessageState.SENT)
    later()
    assert [letter["To"] for letter in live_platform.sink.begun] == [message.to]


def test_killed_while_the_server_takes_the_letter_leaves_a_doubt_that_a_person_settles(
    live_platform: Platform, client: Client
) -> None:
    live_platform.sink.paused = True
    worker = live_platform.start_worker()
    message = queue()
    wait_until(lambda: live_platform.sink.begun)
    live_platform.kill(worker)
    live_platform.sink.paused = False
    assert state_of(message) == MessageState.SENDING
    live_platform.start_worker()
    wait_until(lambda: live_platform.times_received("mail.deliver") >= 2)
    later()
    assert state_of(message) == MessageState.UNCERTAIN

    odile = User.objects.create_user("odile@label.example", full_name="Odile", is_staff=True)
    client.force_login(odile)
    page = client.get("/gestion/courriers/", {"etat": "uncertain"}).content.decode()
    assert message.to in page
    assert len(live_platform.sink.begun) == 1

    services.resend(message, by=odile, at=timezone.now())
    wait_until(lambda: state_of(message) == MessageState.SENT)
    assert len(live_platform.sink.begun) == 2  # maybe a double one: that is why a person decides


def test_of_many_letters_each_arrives_once(live_platform: Platform) -> None:
    live_platform.start_worker()
    for number in range(40):
        message = queue(number)
        if not number % 4:
            enqueue("mail.deliver", message.pk)  # as a sweep or a broker in doubt would
    wait_until(lambda: Message.objects.filter(state=MessageState.SENT).count() == 40)
    arrived = Counter(str(letter["To"]) for letter in live_platform.sink.begun)
    assert arrived == {f"mairie{number}@commune.example": 1 for number in range(40)}
