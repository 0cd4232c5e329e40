"""The outbox: a letter is written once, leaves once, and a doubt is shown to a person.

`queue` writes it in the transaction that decides it. `deliver` claims it, and commits the claim,
before it says a word to the mail server. `sweep` looks after those whose sender was killed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from villes_internet.background import enqueue
from villes_internet.files.models import StoredFile
from villes_internet.mail import sending
from villes_internet.mail.choices import MessageState
from villes_internet.mail.letters import Letter, render, sender
from villes_internet.mail.models import Message, MessageAttachment
from villes_internet.mail.sending import Outcome, Verdict
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

# Minutes before each new try, some two days in all; then the letter has failed.
BACKOFF = (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60)

KILLED = "L’envoi a été interrompu : nul ne sait si le serveur de courrier a pris ce message."
EXPIRED = "Le code n’était plus valable avant que ce message ait pu partir."


@transaction.atomic
def queue(
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, object],
    at: datetime,
    attachments: Iterable[tuple[StoredFile, str]] = (),
    reply_to: str = "",
    unsubscribe_url: str = "",
    transient: bool = False,
) -> Message:
    """Write the letter of `template` (« candidatures/emails/receipt ») to one person.

    Rendered at once: what it says is what was true when it was decided. Asked again under the same
    key, it returns the first one and changes nothing. A mail program that is asked to unsubscribe
    its reader posts to `unsubscribe_url` (RFC 8058).
    """
    found = Message.objects.filter(key=key).first()
    if found is not None:
        return found
    return queue_letter(
        render(template, context),
        key=key,
        to=to,
        category=template.partition("/")[0],
        at=at,
        attachments=attachments,
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
        transient=transient,
    )


@transaction.atomic
def queue_letter(
    letter: Letter,
    *,
    key: str,
    to: str,
    category: str,
    at: datetime,
    attachments: Iterable[tuple[StoredFile, str]] = (),
    reply_to: str = "",
    unsubscribe_url: str = "",
    transient: bool = False,
) -> Message:
    """Same as `queue`, for words already rendered."""
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "category": category,
            "to": to,
            "from_email": sender(),
            "reply_to": reply_to,
            "unsubscribe_url": unsubscribe_url,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "transient": transient,
            "created_at": at,
            "next_try_at": at + _patience(),
        },
    )
    if created:
        MessageAttachment.objects.bulk_create(
            MessageAttachment(message=message, file=file, name=name) for file, name in attachments
        )
        enqueue("mail.deliver", message.pk)
    return message


def deliver(message_id: int, *, at: datetime) -> None:
    """Send a queued letter; does nothing for any other, nor for one that somebody else took."""
    with transaction.atomic(durable=True):
        claimed = (
            Message.objects.moving_to(MessageState.SENDING)
            .worth_sending(at)
            .filter(pk=message_id)
            .update(state=MessageState.SENDING, claimed_at=at, attempts=F("attempts") + 1)
        )
    if not claimed:
        return
    with transaction.atomic(durable=True):
        # The lock says that the sender lives: PostgreSQL drops it with its process.
        message = (
            Message.objects.select_for_update()
            .filter(pk=message_id, state=MessageState.SENDING, claimed_at=at)
            .first()
        )
        if message is not None:
            _conclude(message, sending.send(message), at=at)


def _conclude(message: Message, outcome: Outcome, *, at: datetime) -> None:
    message.last_error = outcome.error
    tries_again = outcome.verdict is Verdict.LATER and message.attempts <= len(BACKOFF)
    match outcome.verdict:
        case Verdict.SENT:
            message.state = MessageState.SENT
            message.sent_at = at
            if message.transient and not settings.DEMONSTRATION:
                message.text = message.html = ""
        case Verdict.UNCERTAIN:
            message.state = MessageState.UNCERTAIN
        case Verdict.LATER if tries_again:
            message.state = MessageState.QUEUED
            message.next_try_at = at + timedelta(minutes=BACKOFF[message.attempts - 1])
        case _:
            message.state = MessageState.FAILED
    message.save(update_fields=["state", "sent_at", "text", "html", "next_try_at", "last_error"])


@dataclass(frozen=True, kw_only=True)
class Swept:
    """How many letters the sweep moved."""

    uncertain: int
    expired: int
    requeued: int


@transaction.atomic
def sweep(*, at: datetime) -> Swept:
    """Say the doubt on letters whose sender died, drop dead codes, queue anew what waits too long.

    Twice in a row, the second one finds nothing to do.
    """
    return Swept(uncertain=_mark_uncertain(at=at), expired=_expire(at=at), requeued=_requeue(at=at))


def _mark_uncertain(*, at: datetime) -> int:
    abandoned = (
        Message.objects.sending()
        .filter(claimed_at__lte=at - timedelta(seconds=settings.MAIL_UNCERTAIN_AFTER))
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    return (
        Message.objects.moving_to(MessageState.UNCERTAIN)
        .filter(pk__in=list(abandoned))
        .update(state=MessageState.UNCERTAIN, last_error=KILLED)
    )


def _expire(*, at: datetime) -> int:
    """A letter whose code is dead no longer leaves, and no letter keeps a dead code."""
    dead = (
        Message.objects.expired(at)
        .exclude(state=MessageState.SENDING)
        .filter(Q(state=MessageState.QUEUED) | ~Q(text=""))
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    ids = list(dead)
    expired = (
        Message.objects.queued()
        .filter(pk__in=ids)
        .update(state=MessageState.FAILED, last_error=EXPIRED)
    )
    if not settings.DEMONSTRATION:
        Message.objects.filter(pk__in=ids).update(text="", html="")
    return expired


def _requeue(*, at: datetime) -> int:
    waiting = (
        Message.objects.queued()
        .filter(next_try_at__lte=at)
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    ids = list(waiting)
    Message.objects.filter(pk__in=ids).update(next_try_at=at + _patience())
    for pk in ids:
        enqueue("mail.deliver", pk)
    return len(ids)


@transaction.atomic
def resend(message: Message, *, by: User, at: datetime) -> None:
    """Put a failed or uncertain letter back in the queue, at the risk of a double one.

    Raises Refusal when somebody decided first, or when its body is gone.
    """
    moved = (
        Message.objects.moving_to(MessageState.QUEUED)
        .unresolved()
        .worth_sending(at)
        .filter(pk=message.pk)
        .exclude(text="")
        .update(
            state=MessageState.QUEUED,
            attempts=0,
            next_try_at=at + _patience(),
            resolved_by=by,
            resolved_at=at,
        )
    )
    if not moved:
        raise Refusal("Ce courrier ne peut plus être renvoyé : son état a changé entre-temps.")
    enqueue("mail.deliver", message.pk)


@transaction.atomic
def mark_sent(message: Message, *, by: User, at: datetime) -> None:
    """Consider a failed or uncertain letter as sent: its reader has it, or no longer needs it.

    Raises Refusal when somebody decided first.
    """
    moved = (
        Message.objects.moving_to(MessageState.SENT)
        .unresolved()
        .filter(pk=message.pk)
        .update(state=MessageState.SENT, sent_at=at, resolved_by=by, resolved_at=at)
    )
    if not moved:
        raise Refusal("Ce courrier n’attend plus de décision : son état a changé entre-temps.")


def _patience() -> timedelta:
    return timedelta(seconds=settings.MAIL_RETRY_AFTER)
