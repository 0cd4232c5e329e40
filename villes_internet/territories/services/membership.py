"""Rattachements: asked for by a person, granted or refused by the staff, ended by either.

A référent·e gives their colleagues roles, and ends their rattachements. While somebody acts for a
territory that has a référent·e, it keeps one.

Each change is one guarded UPDATE: of two people deciding at once, the second gets a Refusal and
nothing of theirs is kept.
"""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories import permissions
from villes_internet.territories.choices import MembershipState, Role
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

ALREADY_STANDING = "Vous êtes déjà rattaché·e à cette collectivité, ou l’avez déjà demandé."
ALREADY_DECIDED = "Cette demande a déjà reçu une réponse\u00a0: rien n’a été changé."
ALREADY_ENDED = "Ce rattachement avait déjà pris fin\u00a0: rien n’a été changé."

LAST_REFERENT = (
    "C’est la seule personne référente de la collectivité\u00a0: rien n’a été changé. "
    "Nommez d’abord un·e autre référent·e, depuis la page de l’équipe."
)


def request_membership(
    territory: Territory, *, by: User, function: str, role: Role, at: datetime
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
                role=role,
                requested_at=at,
            )
    except IntegrityError as error:  # asked for twice at once
        raise Refusal(ALREADY_STANDING) from error


@transaction.atomic
def accept_membership(
    membership: Membership, *, by: User, at: datetime, role: Role | None = None
) -> None:
    """Grant it, in the role that the staff say (the one asked for with None), and write so.

    Raises Refusal when somebody answered first.
    """
    role = role or Role(membership.role)
    _decide(membership, MembershipState.ACTIVE, by=by, at=at, role=role)
    _write(membership, "membership_accepted", by=by, at=at)


@transaction.atomic
def refuse_membership(membership: Membership, *, by: User, at: datetime, reason: str = "") -> None:
    """Turn it down, and write why if `reason` says it. The person may ask again.

    Raises Refusal when somebody answered first.
    """
    _decide(membership, MembershipState.REFUSED, by=by, at=at, reason=reason)
    _write(membership, "membership_refused", by=by, at=at)


@transaction.atomic
def end_membership(membership: Membership, *, by: User, at: datetime) -> None:
    """Withdraw a request or leave a territory; one ended by somebody else is told to the person.

    Raises Refusal when it had ended or been refused already, or for the last référent·e of a team;
    Forbidden to those who may not end it.
    """
    _hold_team(membership)
    if not permissions.can_end(by, membership):
        raise Forbidden(permissions.NOT_YOURS)
    if membership.is_active:
        _keep_a_referent(membership, stays=False)
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
        _write(membership, "membership_ended", by=by, at=at)


@transaction.atomic
def change_role(membership: Membership, *, role: Role, by: User, at: datetime) -> None:
    """Give a person who acts for a territory another role there, and write so; the same is boring.

    Raises Refusal when they no longer act for it, or for the last référent·e of a team; Forbidden
    to those who do not compose it.
    """
    _hold_team(membership)
    if not permissions.can_manage_team(by, membership.territory):
        raise Forbidden(permissions.NOT_YOURS)
    if role != Role.REFERENT:
        _keep_a_referent(membership, stays=True)
    changed = (
        Membership.objects.active().filter(pk=membership.pk).exclude(role=role).update(role=role)
    )
    membership.refresh_from_db()
    if not membership.is_active:
        raise Refusal(ALREADY_ENDED)
    if changed and by.pk != membership.user_id:
        _write(membership, "role_changed", by=by, at=at)


def _hold_team(membership: Membership) -> None:
    """Two référent·e·s who end each other at once do so one after the other, on what is left."""
    Territory.objects.select_for_update(no_key=True).get(pk=membership.territory_id)


def _keep_a_referent(membership: Membership, *, stays: bool) -> None:
    """Refuse to take the last référent·e from those who stay in the team."""
    team = Membership.objects.active().filter(territory=membership.territory_id)
    if not team.referents().filter(pk=membership.pk).exists():
        return
    others = team.exclude(pk=membership.pk)
    if (stays or others.exists()) and not others.referents().exists():
        raise Refusal(LAST_REFERENT)


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


def _write(membership: Membership, letter: str, *, by: User, at: datetime) -> None:
    mail.queue(
        key=f"territories.{letter}.{membership.pk}.{at.isoformat()}",
        to=membership.user.email,
        template=f"territories/emails/{letter}",
        context={
            "membership": membership,
            "by": by,
            "by_staff": permissions.can_decide(by),
            "territory": membership.territory,
            "url": settings.SITE_URL + reverse("territories:memberships"),
            "applications_url": f"{settings.SITE_URL}/candidatures/",
        },
        at=at,
    )
