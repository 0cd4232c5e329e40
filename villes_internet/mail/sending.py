"""One letter handed to the mail server, and what can be said of it afterwards."""

import contextlib
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from enum import Enum, auto

import structlog
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives, get_connection

from villes_internet.mail.models import Message
from villes_internet.mail.smtp import NotSentError

log = structlog.get_logger(__name__)


class Verdict(Enum):
    SENT = auto()
    LATER = auto()  # surely not sent, and worth another try
    REFUSED = auto()  # surely not sent, and a new try would be refused alike
    UNCERTAIN = auto()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    verdict: Verdict
    error: str = ""


def send(message: Message) -> Outcome:
    """Never raises: whatever goes wrong is a verdict."""
    try:
        letter = assemble(message)
        connection = get_connection()
        connection.open()
    except Exception as error:  # nothing was said to the server yet, whatever the reason
        return _failure(Verdict.LATER, error)
    try:
        accepted = connection.send_messages([letter])
    except Exception as error:
        return _failure(_verdict(error), error)
    finally:
        with contextlib.suppress(Exception):  # the answer is known: a bad goodbye changes nothing
            connection.close()
    if not accepted:
        return Outcome(verdict=Verdict.REFUSED, error="Aucun destinataire.")
    return Outcome(verdict=Verdict.SENT)


def _verdict(error: Exception) -> Verdict:
    """A code of RFC 5321 is a plain no: 4xx asks to come back later, 5xx does not."""
    match error:
        case NotSentError():
            return Verdict.LATER
        case smtplib.SMTPRecipientsRefused():
            code = min((code for code, _ in error.recipients.values()), default=400)
        case smtplib.SMTPResponseException():
            code = error.smtp_code
        case _:  # silence, or a backend that cannot tell: doubt is the safe word
            return Verdict.UNCERTAIN
    return Verdict.REFUSED if code >= 500 else Verdict.LATER


def assemble(message: Message) -> EmailMultiAlternatives:
    """The letter as it will travel.

    Its Message-ID is that of the row, so that a letter sent anew by a person after a doubt is known
    by mail programs as the same one.
    """
    domain = parseaddr(message.from_email)[1].rpartition("@")[2] or "localhost"
    letter = EmailMultiAlternatives(
        message.subject,
        message.text,
        message.from_email,
        [message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": f"<courrier.{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
            **_unsubscribing(message),
        },
    )
    if message.html:
        letter.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.select_related("file").order_by("pk"):
        with default_storage.open(attachment.file.path) as content:
            letter.attach(attachment.name, content.read(), attachment.file.content_type)
    letter.message()  # a bad header is found here, before the server hears of anything
    return letter


def _unsubscribing(message: Message) -> dict[str, str]:
    """The button that a mail program shows beside the sender: one click, no page (RFC 8058)."""
    if not message.unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{message.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _failure(verdict: Verdict, error: Exception) -> Outcome:
    log.warning("mail.not_sent", verdict=verdict.name, exc_info=error)
    return Outcome(verdict=verdict, error=f"{type(error).__name__} : {error}"[:500])
