"""Two senders of one letter, and a sweep that passes by: it still leaves once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.mail.conftest import NOW
from tests.smtp_sink import SmtpSink, wait_until
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message

Letter = Callable[..., Message]
LONG_AFTER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], Any]) -> Any:
    """Run in another thread, hence on another connection, as another process would."""

    def run() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=20)


def test_two_senders_send_it_once(letter: Letter, sink: SmtpSink) -> None:
    message = letter()
    sink.paused = True
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(elsewhere, lambda: services.deliver(message.pk, at=NOW))
        wait_until(lambda: sink.begun)
        services.deliver(message.pk, at=NOW + timedelta(seconds=1))
        sink.paused = False
        first.result(timeout=20)
    assert len(sink.begun) == len(sink.accepted) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_many_senders_at_the_same_instant_send_it_once(letter: Letter, sink: SmtpSink) -> None:
    message = letter()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: elsewhere(lambda: services.deliver(message.pk, at=NOW)), range(4)))
    assert len(sink.accepted) == 1


def test_a_slow_sender_that_lives_is_left_alone(letter: Letter, sink: SmtpSink) -> None:
    message = letter()
    sink.paused = True
    with ThreadPoolExecutor(1) as pool:
        sender = pool.submit(elsewhere, lambda: services.deliver(message.pk, at=NOW))
        wait_until(lambda: sink.begun)
        assert services.sweep(at=LONG_AFTER).uncertain == 0
        sink.paused = False
        sender.result(timeout=20)
    assert Message.objects.get().state == MessageState.SENT


def test_a_sender_that_wakes_after_the_sweep_does_not_send(letter: Letter, sink: SmtpSink) -> None:
    """It claimed the letter, slept for an hour, and the sweep has said the doubt meanwhile."""
    message = letter()
    swept = []

    def sleep_before_the_lock(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if "FOR UPDATE" in sql:
            swept.append(elsewhere(lambda: services.sweep(at=LONG_AFTER)).uncertain)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(sleep_before_the_lock):
        services.deliver(message.pk, at=NOW)
    assert swept == [1]
    assert sink.begun == []
    assert Message.objects.get().state == MessageState.UNCERTAIN


def test_a_sender_that_wakes_after_another_took_over_does_not_send(
    letter: Letter, sink: SmtpSink, staff: Any
) -> None:
    message = letter()

    def another() -> None:
        services.sweep(at=LONG_AFTER)
        services.resend(message, by=staff, at=LONG_AFTER)  # runs its task at once in the tests

    def sleep_before_the_lock(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if "FOR UPDATE" in sql:
            elsewhere(another)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(sleep_before_the_lock):
        services.deliver(message.pk, at=NOW)
    assert len(sink.begun) == 1
    assert Message.objects.get().state == MessageState.SENT
