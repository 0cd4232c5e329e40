"""Letters in each state, and a mail server to send them to."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings

from tests.smtp_sink import SmtpSink, smtp_sink
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message
from villes_internet.users.models import User

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

CASES: dict[str, dict[str, Any]] = {
    MessageState.QUEUED: {},
    MessageState.SENDING: {"claimed_at": NOW, "attempts": 1},
    MessageState.SENT: {"sent_at": NOW, "attempts": 1},
    MessageState.FAILED: {"attempts": 8, "last_error": "550 Unknown"},
    MessageState.UNCERTAIN: {"claimed_at": NOW, "attempts": 1},
}


@pytest.fixture
def letter(db: None) -> Callable[..., Message]:
    """`letter(state)` writes one straight in that state."""
    count = iter(range(1000))

    def make(state: str = MessageState.QUEUED, **fields: Any) -> Message:
        number = next(count)
        values = {
            "key": f"test:{number}",
            "category": "candidatures",
            "to": f"mairie{number}@commune.example",
            "from_email": "Villes Internet <label@villes-internet.example>",
            "subject": "Votre candidature est déposée",
            "text": "Bonjour,\n\nVotre candidature est déposée.\n",
            "html": "<p>Votre candidature est déposée.</p>",
            "state": state,
            "created_at": NOW,
            "next_try_at": NOW,
        }
        return Message.objects.create(**values | CASES[state] | fields)

    return make


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[SmtpSink]:
    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "villes_internet.mail.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user(
        "odile@villes-internet.example", full_name="Odile Renard", is_staff=True
    )


@pytest.fixture
def agent(db: None) -> User:
    return User.objects.create_user("agent@commune.example", full_name="Amadou Ba")
