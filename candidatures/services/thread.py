"""The thread of a candidature: writing to the other side, and saying what one has read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse

from candidatures.choices import Side
from candidatures.models import Candidature, ThreadFollower, ThreadMessage
from candidatures.permissions import why_not_write_to_staff
from candidatures.services.candidature import hold
from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

BETWEEN_LETTERS = timedelta(minutes=15)
ONLY_STAFF = "Seule l’équipe du label écrit ici en son nom : rien n’a été envoyé."


@transaction.atomic
def write_message(
    candidature: Candidature,
    *,
    side: Side,
    text: str,
    key: UUID,
    seen: int,
    by: User,
    at: datetime,
) -> ThreadMessage:
    """Write to the other side, which a letter tells; `seen` is the last message that was shown.

    Sent again under the same `key`, the same words are written once; other words are a message of
    their own. What was shown is read, and answered when the staff write; what came meanwhile is
    not. Raises Forbidden to those who only read.
    """
    locked = hold(candidature.pk)  # one at a time: the keys of the messages tell their order
    _check(locked, side=side, by=by)
    sent = ThreadMessage.objects.filter(candidature=locked, key=key).first()
    if sent is not None and (sent.text, sent.written_by_id) == (text, by.pk):
        return sent
    message = ThreadMessage.objects.create(
        candidature=locked,
        side=side,
        text=text,
        key=uuid4() if sent else key,
        written_at=at,
        written_by=by,
    )
    _notice_read(locked, seen=seen, by=by)
    if side == Side.STAFF:
        _settle(locked, up_to=seen, by=by, at=at)
    _tell(locked, message, at=at)
    return message


@transaction.atomic
def read_thread(candidature: Candidature, *, seen: int, by: User) -> None:
    """Say that one has read the thread up to the message `seen`; never takes that back."""
    _notice_read(hold(candidature.pk), seen=seen, by=by)


@transaction.atomic
def settle_thread(candidature: Candidature, *, seen: int, by: User, at: datetime) -> None:
    """File without an answer what the territory wrote, up to the message `seen`.

    Raises Forbidden to those who are not of the staff.
    """
    locked = hold(candidature.pk)
    _check(locked, side=Side.STAFF, by=by)
    _notice_read(locked, seen=seen, by=by)
    _settle(locked, up_to=seen, by=by, at=at)


def catch_up_letters(*, at: datetime) -> int:
    """Tell of what was written within a quarter of an hour of a letter, and is still not read.

    Returns how many threads were looked at.
    """
    unread = ThreadMessage.objects.filter(
        candidature=OuterRef("candidature"), written_at__gt=OuterRef("told_at")
    ).filter(pk__gt=Coalesce(OuterRef("read_up_to"), 0))
    late = ThreadFollower.objects.filter(
        Exists(unread.exclude(written_by=OuterRef("user"))), told_at__lte=at - BETWEEN_LETTERS
    )
    dossiers = list(late.order_by("candidature").values_list("candidature", flat=True).distinct())
    for pk in dossiers:
        _tell_again(pk, at=at)
    return len(dossiers)


@transaction.atomic
def _tell_again(pk: int, *, at: datetime) -> None:
    locked = hold(pk)
    for side in Side:
        if last := locked.thread.filter(side=side).latest_first().first():
            _tell(locked, last, at=at)


def _check(candidature: Candidature, *, side: Side, by: User) -> None:
    if side == Side.STAFF and not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    if side == Side.TERRITORY and (refusal := why_not_write_to_staff(by, candidature)):
        raise Forbidden(refusal)


def _notice_read(candidature: Candidature, *, seen: int, by: User) -> None:
    last = candidature.thread.filter(pk__lte=seen).latest_first().first()
    if last is None:
        return
    follower, _ = ThreadFollower.objects.get_or_create(candidature=candidature, user=by)
    if (follower.read_up_to_id or 0) < last.pk:
        # The letter that told of it is spent: what comes next has one of its own.
        follower.read_up_to, follower.told_at = last, None
        follower.save(update_fields=["read_up_to", "told_at"])


def _settle(candidature: Candidature, *, up_to: int, by: User, at: datetime) -> None:
    waiting = candidature.thread.unanswered().filter(pk__lte=up_to).latest_first().first()
    if waiting is not None:
        waiting.settled_at, waiting.settled_by = at, by
        waiting.save(update_fields=["settled_at", "settled_by"])


def _tell(candidature: Candidature, message: ThreadMessage, *, at: datetime) -> None:
    """Without its words: a town hall's mailbox has more readers than its candidature.

    One letter a person and thread every quarter of an hour at most, unless they read meanwhile.
    """
    side = Side(message.side).other
    url = settings.SITE_URL + _address(candidature, read_by=side)
    for person in _people(candidature, side):
        follower, _ = ThreadFollower.objects.get_or_create(candidature=candidature, user=person)
        if person == message.written_by or _knows(follower, message, at=at):
            continue
        follower.told_at = at
        follower.save(update_fields=["told_at"])
        mail.queue(
            key=f"thread:{message.pk}:{person.pk}",
            to=person.email,
            template="candidatures/emails/thread",
            context={
                "candidature": candidature,
                "message": message,
                "to_staff": side == Side.STAFF,
                "url": url,
            },
            at=at,
        )


def _knows(follower: ThreadFollower, message: ThreadMessage, *, at: datetime) -> bool:
    """They read it, a letter told of it, or one left too lately for another."""
    told_at = follower.told_at
    return (follower.read_up_to_id or 0) >= message.pk or (
        told_at is not None and (told_at >= message.written_at or at - told_at < BETWEEN_LETTERS)
    )


def _people(candidature: Candidature, side: Side) -> Iterable[User]:
    if side == Side.STAFF:
        return User.objects.filter(is_active=True, is_staff=True).order_by("pk")
    writers = Membership.objects.active().writers().filter(territory=candidature.territory_id)
    return writers.people()


def _address(candidature: Candidature, *, read_by: Side) -> str:
    if read_by == Side.STAFF:
        return reverse("candidatures_staff:thread", args=[candidature.edition.year, candidature.pk])
    return reverse("candidatures:thread", args=[candidature.pk])
