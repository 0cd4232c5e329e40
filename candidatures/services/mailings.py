"""Writing to many at once: a draft, a look at what leaves, and one confirmation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from candidatures.mailings import (
    TEMPLATE,
    Recipients,
    context,
    fingerprint,
    recipients,
    stop_url,
)
from candidatures.models import Candidature, CandidatureEntry, Mailing, MailingLetter
from labels.models import Edition
from villes_internet.background import enqueue
from villes_internet.french import number, plural
from villes_internet.mail import services as mail
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

TASK = "candidatures.send_mailing"
AT_ONCE = 50  # letters put in the outbox in one transaction
LATE = timedelta(seconds=90)

GONE = "Ce courriel est déjà parti : son texte ne peut plus changer."
CHANGED_SINCE = (
    "Un·e collègue a modifié ce courriel pendant que vous le relisiez : rien n’est parti. Rouvrez "
    "la page, relisez, puis envoyez."
)
LEFT_ALREADY = "Ce courriel est déjà parti : il n’a pas été envoyé une seconde fois."


def write_mailing(
    edition: Edition,
    *,
    candidatures: Sequence[int],
    criteria: str,
    subject: str,
    body: str,
    audience: str,
    is_reminder: bool,
    by: User,
    at: datetime,
) -> Mailing:
    """Keep a text for those who hold these candidatures, given by their keys; nothing leaves.

    Raises Refusal when there is none.
    """
    if not candidatures:
        raise Refusal("Aucune candidature ne correspond : il n’y a personne à qui écrire.")
    return Mailing.objects.create(
        edition=edition,
        candidatures=list(candidatures),
        criteria=criteria[:500],
        subject=subject,
        body=body,
        audience=audience,
        is_reminder=is_reminder,
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def change_mailing(
    mailing: Mailing,
    *,
    subject: str,
    body: str,
    audience: str,
    is_reminder: bool,
    by: User,
    at: datetime,
) -> None:
    """Change a text that has not left. Raises Refusal once it has."""
    _lock(mailing, otherwise=GONE)
    Mailing.objects.filter(pk=mailing.pk).update(
        subject=subject,
        body=body,
        audience=audience,
        is_reminder=is_reminder,
        written_at=at,
        written_by=by,
    )


def addressed(mailing: Mailing) -> Recipients:
    """Who would receive it today. Three queries."""
    candidatures = list(
        Candidature.objects.filter(pk__in=mailing.candidatures).with_details().by_name()
    )
    return recipients(mailing, candidatures)


@transaction.atomic
def confirm_mailing(mailing: Mailing, *, seen: str = "", by: User, at: datetime) -> int:
    """Have it leave, once; returns how many letters. Each candidature's journal says so.

    `seen` is the fingerprint of what was read before, empty for any. Raises Refusal when it left
    already, when a colleague changed it since it was read, or when it would reach nobody.
    """
    locked = _lock(mailing, otherwise=LEFT_ALREADY)
    if seen and seen != fingerprint(locked):
        raise Refusal(CHANGED_SINCE)
    found = addressed(locked)
    if not found.letters:
        raise Refusal("Ce courriel n’atteindrait personne : rien n’est parti.")
    Mailing.objects.filter(pk=locked.pk).update(confirmed_at=at, confirmed_by=by)
    MailingLetter.objects.bulk_create(
        MailingLetter(mailing=mailing, user=one.user, candidature=one.candidature)
        for one in found.letters
    )
    told = Counter(about.pk for one in found.letters for about in one.about)
    CandidatureEntry.objects.bulk_create(
        CandidatureEntry(
            candidature_id=pk,
            what=f"Courriel de l’association à {number(people)} personne{plural(people)}"
            f"\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{locked.subject}\N{NO-BREAK SPACE}»",
            by=by,
            at=at,
        )
        for pk, people in told.items()
    )
    enqueue(TASK, mailing.pk)
    return len(found.letters)


def send_mailing(mailing_id: int, *, at: datetime) -> None:
    """Put its letters in the outbox; killed meanwhile or run twice, each is there once."""
    mailing = Mailing.objects.leaving().select_related("edition").filter(pk=mailing_id).first()
    if mailing is None:
        return
    while _send_some(mailing, at=at):
        pass
    if not mailing.letters.filter(message=None).exists():
        Mailing.objects.leaving().filter(pk=mailing.pk).update(queued_at=at)


def catch_up_mailings(*, at: datetime) -> int:
    """Queue again those whose letters should all be in the outbox by now; returns how many."""
    late = Mailing.objects.leaving().filter(confirmed_at__lt=at - LATE)
    keys = list(late.values_list("pk", flat=True))
    for pk in keys:
        enqueue(TASK, pk)
    return len(keys)


def _lock(mailing: Mailing, *, otherwise: str) -> Mailing:
    """The draft, held for the rest of the transaction. Raises Refusal when it left already."""
    locked = Mailing.objects.drafts().select_for_update().filter(pk=mailing.pk).first()
    if locked is None:
        raise Refusal(otherwise)
    return locked


@transaction.atomic
def _send_some(mailing: Mailing, *, at: datetime) -> int:
    letters = list(
        mailing.letters.filter(message=None)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("user", "candidature__edition", "candidature__territory__department")
        .order_by("pk")[:AT_ONCE]
    )
    for letter in letters:
        letter.message = mail.queue(
            key=f"mailing:{letter.pk}",
            to=letter.user.email,
            template=TEMPLATE,
            context=context(mailing, letter.user, letter.candidature, at=at),
            unsubscribe_url=stop_url(mailing, letter.user, letter.candidature),
            at=at,
        )
    MailingLetter.objects.bulk_update(letters, ["message"])
    return len(letters)
