"""The clock work of the outbox: doubts are said, dead codes go, what waits is queued anew."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.mail.conftest import NOW
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message
from villes_internet.mail.services import Swept

Letter = Callable[..., Message]
NOTHING = Swept(uncertain=0, expired=0, requeued=0)
WAITED = timedelta(minutes=1)


def test_a_letter_whose_sender_died_becomes_uncertain(letter: Letter) -> None:
    message = letter(MessageState.SENDING)
    assert services.sweep(at=NOW + WAITED).uncertain == 1
    message.refresh_from_db()
    assert message.state == MessageState.UNCERTAIN
    assert message.last_error == services.KILLED


def test_a_sender_has_a_minute_before_any_doubt(letter: Letter) -> None:
    letter(MessageState.SENDING)
    assert services.sweep(at=NOW + WAITED - timedelta(seconds=1)) == NOTHING


def test_a_letter_that_waits_too_long_is_queued_anew(
    letter: Letter, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    letter()
    with django_capture_on_commit_callbacks() as callbacks:
        assert services.sweep(at=NOW).requeued == 1
    assert len(callbacks) == 1


def test_a_letter_not_due_yet_is_left_in_peace(letter: Letter) -> None:
    letter(next_try_at=NOW + timedelta(seconds=1))
    assert services.sweep(at=NOW) == NOTHING


def test_a_second_sweep_finds_nothing(letter: Letter) -> None:
    for state in MessageState.values:
        letter(state)
    letter(transient=True)
    at = NOW + timedelta(hours=1)
    assert services.sweep(at=at) == Swept(uncertain=1, expired=1, requeued=1)
    assert services.sweep(at=at) == NOTHING


def test_a_dead_code_no_longer_leaves_and_is_forgotten(
    letter: Letter, settings: LazySettings
) -> None:
    settings.DEMONSTRATION = False
    message = letter(transient=True)
    assert services.sweep(at=NOW + timedelta(minutes=15)).expired == 1
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == (MessageState.FAILED, "", "")


@pytest.mark.parametrize("state", [MessageState.UNCERTAIN, MessageState.FAILED])
def test_no_letter_keeps_a_dead_code(letter: Letter, settings: LazySettings, state: str) -> None:
    settings.DEMONSTRATION = False
    message = letter(state, transient=True)
    services.sweep(at=NOW + timedelta(minutes=15))
    message.refresh_from_db()
    assert (message.state, message.text) == (state, "")


def test_a_code_that_is_leaving_keeps_its_words(letter: Letter, settings: LazySettings) -> None:
    settings.DEMONSTRATION = False
    at = NOW + timedelta(minutes=15)
    message = letter(MessageState.SENDING, transient=True, claimed_at=at)
    assert services.sweep(at=at) == NOTHING
    message.refresh_from_db()
    assert message.text != ""


def test_the_command_says_what_it_did(letter: Letter) -> None:
    letter(MessageState.SENDING)
    said = StringIO()
    call_command("sweep_outbox", stdout=said)
    assert said.getvalue() == "1 incertain(s), 0 code(s) périmé(s), 0 relancé(s).\n"
