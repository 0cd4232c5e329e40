"""A real mail server in a thread, which a test can make slow, rude or mortal."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import socket
from time import monotonic, sleep

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class SmtpSink:
    """`begun`: letters whose content has arrived; `accepted`: those it said 250 to."""

    port: int = 0
    paused: bool = False
    drops: bool = False
    answer_to_rcpt: str = "250 OK"
    answer_to_data: str = "250 OK"
    begun: list[EmailMessage] = field(default_factory=list)
    accepted: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_to_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        letter = message_from_bytes(content if isinstance(content, bytes) else b"", policy=default)
        assert isinstance(letter, EmailMessage)
        self.begun.append(letter)
        while self.paused:  # noqa: ASYNC110  (the test sets it from another thread)
            await asyncio.sleep(0.02)
        if self.drops:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 Gone"
        if self.answer_to_data.startswith("250"):
            self.accepted.append(letter)
        return self.answer_to_data


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        sink.paused = False
        controller.stop()


def free_port() -> int:
    """One that nobody listens on at this instant."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    """Poll: the other side is another thread or another process."""
    deadline = monotonic() + seconds
    while not condition():
        if monotonic() > deadline:
            raise TimeoutError(f"Not within {seconds} seconds")
        sleep(0.02)
