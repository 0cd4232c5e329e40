"""The mailbox of the demonstration: every letter arrives in it, none leaves."""

import re
from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from villes_internet.demo.models import ReceivedMessage, body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage

CODE = re.compile(r"^[ \t]*(\d{6})[ \t]*\r?$", re.MULTILINE)  # alone on its line


class MailboxBackend(BaseEmailBackend):
    @transaction.atomic
    def send_messages(self, email_messages: "Sequence[EmailMessage]") -> int:
        for letter in email_messages:
            received = ReceivedMessage(
                to=", ".join(letter.recipients()),
                subject=str(letter.subject),
                raw=letter.message().as_bytes(),
                received_at=timezone.now(),
            )
            found = CODE.search(body_of(received.parsed(), "plain"))
            received.code = found[1] if found else ""
            received.save()
        return len(email_messages)
