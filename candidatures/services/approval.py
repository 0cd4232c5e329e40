"""Asking the mayor, or who acts for them, to approve a dossier; their answer, by a link."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from candidatures import snapshot
from candidatures.approval import why_over
from candidatures.completeness import missing
from candidatures.models import LIFETIME, Approval, Candidature
from candidatures.permissions import can_deposit
from candidatures.services.candidature import record, take_in_hand
from villes_internet.french import moment
from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

MOST_ASKED = 20  # for one candidature: beyond, somebody is writing to strangers
AGAIN_AFTER = timedelta(minutes=10)

NOT_ASKED = "Cette édition ne demande pas d’accord avant le dépôt : vous pouvez déposer."
INCOMPLETE = (
    "Il manque encore des éléments à cette candidature : complétez-la d’abord, pour que l’accord "
    "porte sur le dossier qui sera déposé."
)
ONLY_REFERENTS = "Seul·e un·e référent·e de la collectivité peut demander l’accord."
JUST_ASKED = (
    "Ce courriel vient de partir : vérifiez l’adresse et les courriers indésirables avec la "
    "personne, et renvoyez-le dans dix minutes s’il le faut."
)
TOO_MANY = (
    f"L’accord a déjà été demandé {MOST_ASKED} fois pour cette candidature : écrivez à "
    "l’association pour aller plus loin."
)
CHANGED_SINCE = (
    "Le dossier a changé pendant que vous le lisiez : rien n’est enregistré. Le voici tel qu’il "
    "est maintenant ; relisez-le, puis répondez."
)


@transaction.atomic
def ask_approval(
    candidature: Candidature, *, name: str, function: str, email: str, by: User, at: datetime
) -> Approval:
    """Write to the person, who has 14 days to answer, and never beyond the deadline.

    The link of an earlier letter is worth nothing any more. Raises Refusal when the edition asks
    for none, when the dossier is incomplete or closed, or when a letter left a moment ago;
    Forbidden to those who do not deposit.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    if not can_deposit(by, locked):
        raise Forbidden(ONLY_REFERENTS)
    if not locked.edition.approval_asked:
        raise Refusal(NOT_ASKED)
    if missing(locked):
        raise Refusal(INCOMPLETE)
    waiting = locked.approvals.unanswered()
    if waiting.filter(email__iexact=email, asked_at__gt=at - AGAIN_AFTER).exists():
        raise Refusal(JUST_ASKED)
    if locked.approvals.count() >= MOST_ASKED:
        raise Refusal(TOO_MANY)
    waiting.update(replaced_at=at)
    approval = Approval.objects.create(
        candidature=locked,
        name=name,
        function=function,
        email=email.lower(),
        nonce=token_urlsafe(16),
        asked_at=at,
        asked_by=by,
        expires_at=min(at + LIFETIME, locked.closes_at),
    )
    record(locked, f"Accord demandé à {approval}", by=by, at=at)
    mail.queue(
        key=f"approval:{approval.pk}",
        to=approval.email,
        template="candidatures/emails/approval",
        context={
            "approval": approval,
            "candidature": locked,
            "expires": moment(approval.expires_at),
            "url": settings.SITE_URL + reverse("candidatures:approve", args=[approval.token]),
        },
        at=at,
    )
    return approval


@transaction.atomic
def answer_approval(
    approval: Approval, *, is_granted: bool, word: str, seen: str, at: datetime
) -> Approval:
    """Record the answer, once. What is granted is the dossier of fingerprint `seen`, as read.

    Raises Refusal when the link was answered, replaced or expired, when the candidature is closed,
    or when the dossier changed since it was read.
    """
    candidature = (
        Candidature.objects.select_for_update(of=("self",))
        .with_details()
        .get(pk=approval.candidature_id)
    )
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    locked.candidature = candidature
    if over := why_over(locked, at=at):
        raise Refusal(over)
    sha256 = snapshot.digest(snapshot.take(candidature))
    if is_granted and seen != sha256:
        raise Refusal(CHANGED_SINCE)
    locked.answered_at, locked.is_granted, locked.word = at, is_granted, word
    locked.sha256 = sha256 if is_granted else ""
    locked.save(update_fields=["answered_at", "is_granted", "word", "sha256"])
    what = "Dossier approuvé par" if is_granted else "Changements demandés par"
    record(candidature, f"{what} {locked}", by=None, at=at)
    _tell(locked, at=at)
    return locked


def _tell(approval: Approval, *, at: datetime) -> None:
    candidature = approval.candidature
    page = "candidatures:deposit" if approval.is_granted else "candidatures:detail"
    referents = Membership.objects.active().referents().filter(territory=candidature.territory)
    for email in referents.people().values_list("email", flat=True):
        mail.queue(
            key=f"approval:{approval.pk}:answer:{email}",
            to=email,
            template="candidatures/emails/approval_answer",
            context={
                "approval": approval,
                "candidature": candidature,
                "answered_at": moment(approval.answered_at),
                "url": settings.SITE_URL + reverse(page, args=[candidature.pk]),
            },
            at=at,
        )
