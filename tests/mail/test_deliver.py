"""Sending a letter: once, and what each answer of the mail server means."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.mail.conftest import NOW
from tests.smtp_sink import SmtpSink, free_port
from villes_internet.files.services import store_bytes
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message, MessageAttachment

Letter = Callable[..., Message]


def delivered(message: Message) -> Message:
    services.deliver(message.pk, at=NOW)
    message.refresh_from_db()
    return message


def test_a_queued_letter_is_sent(letter: Letter, sink: SmtpSink) -> None:
    message = delivered(letter(reply_to="contact@villes-internet.example"))
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, NOW, 1)
    [received] = sink.accepted
    assert received["To"] == message.to
    assert received["Subject"] == "Votre candidature est déposée"
    assert received["Reply-To"] == "contact@villes-internet.example"
    assert received["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in received.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_its_files_arrive_whole(letter: Letter, sink: SmtpSink) -> None:
    message = letter()
    file = store_bytes(b"%PDF-1.7 whole", content_type="application/pdf", at=NOW)
    MessageAttachment.objects.create(message=message, file=file, name="accusé n° 1.pdf")
    delivered(message)
    [joined] = sink.accepted[0].iter_attachments()
    assert joined.get_filename() == "accusé n° 1.pdf"
    assert joined.get_content_type() == "application/pdf"
    assert joined.get_payload(decode=True) == b"%PDF-1.7 whole"


@pytest.mark.parametrize(
    "state",
    [MessageState.SENDING, MessageState.SENT, MessageState.FAILED, MessageState.UNCERTAIN],
)
def test_a_task_delivered_again_does_nothing(letter: Letter, sink: SmtpSink, state: str) -> None:
    message = delivered(letter(state))
    assert message.state == state
    assert sink.begun == []


def test_a_task_without_its_letter_does_nothing(db: None, sink: SmtpSink) -> None:
    services.deliver(404, at=NOW)
    assert sink.begun == []


def test_a_server_that_is_down_is_tried_again_later(
    letter: Letter, sink: SmtpSink, settings: LazySettings
) -> None:
    message = letter()
    settings.EMAIL_PORT = free_port()
    delivered(message)
    assert message.state == MessageState.QUEUED
    assert message.next_try_at == NOW + timedelta(minutes=1)
    assert "ConnectionRefusedError" in message.last_error
    settings.EMAIL_PORT = sink.port
    assert delivered(message).state == MessageState.SENT


@pytest.mark.parametrize("step", ["answer_to_rcpt", "answer_to_data"])
def test_a_server_that_says_later_is_tried_again(letter: Letter, sink: SmtpSink, step: str) -> None:
    setattr(sink, step, "451 Come back later")
    message = delivered(letter())
    assert message.state == MessageState.QUEUED
    assert "Come back later" in message.last_error


@pytest.mark.parametrize("step", ["answer_to_rcpt", "answer_to_data"])
def test_a_server_that_says_no_is_believed(letter: Letter, sink: SmtpSink, step: str) -> None:
    setattr(sink, step, "550 No such mailbox")
    message = delivered(letter())
    assert (message.state, message.attempts) == (MessageState.FAILED, 1)
    assert "No such mailbox" in message.last_error


def test_after_two_days_of_tries_the_letter_has_failed(letter: Letter, sink: SmtpSink) -> None:
    sink.answer_to_rcpt = "451 Come back later"
    message = letter()
    delays = []
    while delivered(message).state == MessageState.QUEUED:
        delays.append((message.next_try_at - NOW).total_seconds() / 60)
    assert delays == [1, 5, 30, 120, 360, 720, 1440]
    assert (message.state, message.attempts) == (MessageState.FAILED, 8)


def test_a_silence_after_data_is_a_doubt(letter: Letter, sink: SmtpSink) -> None:
    sink.drops = True
    message = delivered(letter())
    assert message.state == MessageState.UNCERTAIN
    assert len(sink.begun) == 1
    sink.drops = False
    assert delivered(message).state == MessageState.UNCERTAIN
    assert sink.accepted == []


def test_a_server_too_slow_after_data_is_a_doubt(
    letter: Letter, sink: SmtpSink, settings: LazySettings
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.paused = True
    assert delivered(letter()).state == MessageState.UNCERTAIN


def test_an_unknown_failure_of_another_backend_is_a_doubt(
    letter: Letter, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "tests.mail.test_deliver.MuteBackend"
    assert delivered(letter()).state == MessageState.UNCERTAIN


class MuteBackend:
    """A service that answers by an error of its own, after who knows what."""

    def __init__(self, **options: object) -> None: ...

    def open(self) -> None: ...

    def close(self) -> None:
        raise OSError("Gone")

    def send_messages(self, letters: list[object]) -> int:
        raise ValueError("Unexpected answer")


def test_a_lost_attachment_keeps_the_letter_home(
    letter: Letter, sink: SmtpSink, settings: LazySettings
) -> None:
    message = letter()
    file = store_bytes(b"%PDF-1.7 lost", content_type="application/pdf", at=NOW)
    MessageAttachment.objects.create(message=message, file=file, name="accusé.pdf")
    Path(settings.MEDIA_ROOT, file.path).unlink()
    assert delivered(message).state == MessageState.QUEUED
    assert sink.begun == []


def test_a_code_is_forgotten_once_sent(
    letter: Letter, sink: SmtpSink, settings: LazySettings
) -> None:
    settings.DEMONSTRATION = False
    message = delivered(letter(transient=True))
    assert (message.state, message.text, message.html) == (MessageState.SENT, "", "")
    [received] = sink.accepted
    body = received.get_body(("plain",))
    assert body is not None
    assert "Votre candidature est déposée." in body.get_content()


def test_a_code_is_kept_in_a_demonstration(letter: Letter, sink: SmtpSink) -> None:
    assert delivered(letter(transient=True)).text != ""


def test_a_code_too_old_does_not_leave(letter: Letter, sink: SmtpSink) -> None:
    message = delivered(letter(transient=True, created_at=NOW - timedelta(minutes=15)))
    assert message.state == MessageState.QUEUED
    assert sink.begun == []
