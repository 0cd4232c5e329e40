"""What the demonstration received, since none of its letters leaves the machine."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Self

from django.db import models


class ReceivedMessageQuerySet(models.QuerySet["ReceivedMessage"]):
    def latest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def to(self, recipient: str) -> Self:
        return self.filter(to__icontains=recipient)


class ReceivedMessage(models.Model):
    """A letter as a mail server would have taken it, byte for byte.

    `code` is the sign-in or confirmation code that it holds, if any.
    """

    to = models.CharField("destinataires", max_length=1000)
    subject = models.CharField("objet", max_length=300)
    code = models.CharField("code", max_length=20, blank=True)
    raw = models.BinaryField("message")
    received_at = models.DateTimeField("reçu le")

    objects = ReceivedMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message reçu"
        indexes = (models.Index("received_at", "id", name="received_message_by_date"),)

    def __str__(self) -> str:
        return f"{self.subject} – {self.to}"

    def parsed(self) -> EmailMessage:
        return message_from_bytes(bytes(self.raw), policy=default)


def body_of(letter: EmailMessage, kind: str) -> str:
    """Its text (« plain » or « html »), empty without that alternative."""
    part = letter.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
