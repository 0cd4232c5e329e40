"""Rattachements: asked for by a person, granted or refused by the staff, ended by either.

Each change is one guarded UPDATE: of two people deciding at once, the second gets a Refusal and
nothing of theirs is kept.
"""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from villes_internet.mail import services as mail
from villes_internet.refusals import Refusal
from villes_internet.territories import permissions
from villes_internet.territories.choices import MembershipState
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

ALREADY_STANDING = "Vous êtes déjà rattaché·e à cette collectivité, ou l’avez déjà demandé."
ALREADY_DECIDED = "Cette demande a déjà reçu une réponse\u00a0: rien n’a été changé."
ALREADY_ENDED = "Ce rattachement avait déjà pris fin\u00a0: rien n’a été changé."


def request_membership(
    territory: Territory, *, by: User, function: str, is_referent: bool, at: datetime
) -> Membership:
    """Ask to act for `territory`; it opens nothing until the staff accept.

    Raises Refusal for a territory that vanished, or when one stands already.
    """
    if reason := permissions.why_not_request(by, territory):
        raise Refusal(reason)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user=by,
                territory=territory,
                function=function,
                is_referent=is_referent,
                requested_at=at,
            )
    except IntegrityError as error:  # asked for twice at once
        raise Refusal(ALREADY_STANDING) from error


@transaction.atomic
def accept_membership(
    membership: Membership, *, by: User, at: datetime, is_referent: bool | None = None
) -> None:
    """Grant it, as référent·e or not as the staff say (as asked for with None), and write so.

    Raises Refusal when somebody answered first.
    """
    if is_referent is not None:
        membership.is_referent = is_referent
    _decide(membership, MembershipState.ACTIVE, by=by, at=at, is_referent=membership.is_referent)
    _write(membership, "membership_accepted", at=at)


@transaction.atomic
def refuse_membership(membership: Membership, *, by: User, at: datetime, reason: str = "") -> None:
    """Turn it down, and write why if `reason` says it. The person may ask again.

    Raises Refusal when somebody answered first.
    """
    _decide(membership, MembershipState.REFUSED, by=by, at=at, reason=reason)
    _write(membership, "membership_refused", at=at)


@transaction.atomic
def end_membership(membership: Membership, *, by: User, at: datetime) -> None:
    """Withdraw a request or leave a territory; one ended by the staff is told to the person.

    Raises Refusal when it had ended or been refused already.
    """
    was_requested = membership.is_requested
    values: dict[str, object] = {"ended_at": at, "ended_by": by}
    if was_requested:
        values |= {"decided_at": at, "decided_by": by}
    moved = (
        Membership.objects.moving_to(MembershipState.ENDED)
        .filter(pk=membership.pk, state=membership.state)
        .update(state=MembershipState.ENDED, **values)
    )
    if not moved:
        raise Refusal(ALREADY_ENDED)
    membership.refresh_from_db()
    if by.pk != membership.user_id:
        _write(membership, "membership_ended", at=at)


def _decide(
    membership: Membership, state: MembershipState, *, by: User, at: datetime, **values: object
) -> None:
    moved = (
        Membership.objects.moving_to(state)
        .filter(pk=membership.pk)
        .update(state=state, decided_at=at, decided_by=by, **values)
    )
    if not moved:
        raise Refusal(ALREADY_DECIDED)
    membership.refresh_from_db()


def _write(membership: Membership, letter: str, *, at: datetime) -> None:
    mail.queue(
        key=f"territories.{letter}.{membership.pk}",
        to=membership.user.email,
        template=f"territories/emails/{letter}",
        context={
            "membership": membership,
            "territory": membership.territory,
            "url": settings.SITE_URL + reverse("territories:memberships"),
            "applications_url": f"{settings.SITE_URL}/candidatures/",
        },
        at=at,
    )
