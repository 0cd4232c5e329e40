"""The life of a letter, and what the database refuses whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from tests.mail.conftest import NOW
from villes_internet.mail.choices import TRANSITIONS, MessageState
from villes_internet.mail.models import Message

Letter = Callable[..., Message]


def test_every_state_has_its_moves() -> None:
    assert set(TRANSITIONS) == set(MessageState)


def test_only_a_person_moves_a_letter_in_doubt_and_a_sent_one_never_moves() -> None:
    assert TRANSITIONS[MessageState.SENT] == frozenset()
    assert MessageState.SENDING not in TRANSITIONS[MessageState.UNCERTAIN]
    assert [state for state, after in TRANSITIONS.items() if MessageState.SENDING in after] == [
        MessageState.QUEUED
    ]


def test_the_guard_of_a_change_is_the_table(letter: Letter) -> None:
    for state in MessageState:
        letter(state)
    for target in MessageState:
        allowed = {message.state for message in Message.objects.moving_to(target)}
        assert allowed == {state for state, after in TRANSITIONS.items() if target in after}


@pytest.mark.parametrize(
    ("state", "fields", "constraint"),
    [
        (MessageState.SENT, {"sent_at": None}, "message_sent_dated"),
        (MessageState.FAILED, {"sent_at": NOW}, "message_sent_dated"),
        (MessageState.SENDING, {"claimed_at": None}, "message_sending_claimed"),
        (MessageState.SENDING, {"attempts": 0}, "message_sending_claimed"),
        (MessageState.QUEUED, {"text": ""}, "message_body_kept"),
        (MessageState.FAILED, {"resolved_at": NOW}, "message_decision_signed"),
    ],
)
def test_the_database_refuses(
    letter: Letter, state: str, fields: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        letter(state, **fields)


def test_the_database_refuses_the_same_occasion_twice(letter: Letter) -> None:
    letter(key="receipt:12")
    with pytest.raises(IntegrityError, match="key"):
        letter(key="receipt:12")
