"""The life of a letter."""

from django.db import models


class MessageState(models.TextChoices):
    """How far a letter has gone; `TRANSITIONS` lists the moves."""

    QUEUED = "queued", "en attente"
    SENDING = "sending", "en cours d’envoi"
    SENT = "sent", "envoyé"
    FAILED = "failed", "échoué"
    UNCERTAIN = "uncertain", "incertain"


TRANSITIONS: dict[str, frozenset[str]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.FAILED}),
    MessageState.SENDING: frozenset(
        {MessageState.SENT, MessageState.QUEUED, MessageState.FAILED, MessageState.UNCERTAIN}
    ),
    # Only a person moves these two: the platform never sends a letter twice by itself.
    MessageState.UNCERTAIN: frozenset({MessageState.QUEUED, MessageState.SENT}),
    MessageState.FAILED: frozenset({MessageState.QUEUED, MessageState.SENT}),
    MessageState.SENT: frozenset(),
}
