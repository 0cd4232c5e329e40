"""Invitations: a référent·e vouches for a colleague, who accepts and acts at once.

Whoever answers an invitation holds its row: of two answers at once, the second finds the first.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from villes_internet.french import moment
from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories import permissions
from villes_internet.territories.choices import MembershipState, Role, highest
from villes_internet.territories.models import LIFETIME, Invitation, Membership, Territory
from villes_internet.territories.services.membership import ALREADY_STANDING
from villes_internet.users.models import User

MOST_UNANSWERED = 30  # invitations of one territory: beyond, somebody is writing to strangers
RESEND_AFTER = timedelta(minutes=10)

ALREADY_ACTIVE = (
    "Cette personne agit déjà pour la collectivité\u00a0: changez son rôle dans l’équipe."
)
ALREADY_INVITED = "Cette adresse est déjà invitée\u00a0: vous pouvez lui renvoyer son invitation."
TOO_MANY = (
    f"{MOST_UNANSWERED} invitations attendent déjà une réponse\u00a0: retirez-en avant d’en "
    "envoyer d’autres."
)
JUST_SENT = (
    "Cette invitation vient de partir\u00a0: vérifiez l’adresse et les courriers indésirables avec "
    "la personne, et renvoyez-la dans dix minutes s’il le faut."
)
ALREADY_ANSWERED = (
    "Cette invitation a été acceptée ou retirée entre-temps\u00a0: rien n’a été changé."
)


@transaction.atomic
def invite(territory: Territory, *, email: str, role: Role, by: User, at: datetime) -> Invitation:
    """Write to a colleague, who has 14 days to accept.

    Raises Refusal for somebody who acts for the territory, or whom an invitation awaits, or for a
    territory that vanished; Forbidden to those who do not compose its team.
    """
    if not permissions.can_manage_team(by, territory):
        raise Forbidden(permissions.NOT_YOURS)
    if reason := why_not_invite(territory, email=email):
        raise Refusal(reason)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                territory=territory,
                email=email.lower(),
                role=role,
                nonce=token_urlsafe(16),
                invited_by=by,
                invited_at=at,
                expires_at=at + LIFETIME,
            )
    except IntegrityError as error:  # by two colleagues at once
        raise Refusal(ALREADY_INVITED) from error
    _write(invitation, by=by, at=at)
    return invitation


def why_not_invite(territory: Territory, *, email: str) -> str:
    """Empty when a letter may leave for this address."""
    if territory.vanished_on:
        return f"{territory} n’existe plus\u00a0: aucune invitation ne peut partir en son nom."
    team = Membership.objects.active().filter(territory=territory)
    if team.filter(user__email__iexact=email).exists():
        return ALREADY_ACTIVE
    unanswered = Invitation.objects.unanswered().filter(territory=territory)
    if unanswered.filter(email__iexact=email).exists():
        return ALREADY_INVITED
    return TOO_MANY if unanswered.count() >= MOST_UNANSWERED else ""


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Write again, for 14 days from now; `by` vouches from now on. The first letter opens it too.

    Raises Refusal when it was answered meanwhile or left a moment ago; Forbidden to those who do
    not compose the team.
    """
    locked = _take(invitation, by=by)
    if at < locked.invited_at + RESEND_AFTER:
        raise Refusal(JUST_SENT)
    locked.invited_by, locked.invited_at, locked.expires_at = by, at, at + LIFETIME
    locked.save(update_fields=["invited_by", "invited_at", "expires_at"])
    _write(locked, by=by, at=at)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Make its letters worth nothing.

    Raises Refusal when it was answered meanwhile; Forbidden to those who do not compose the team.
    """
    locked = _take(invitation, by=by)
    locked.revoked_at, locked.revoked_by = at, by
    locked.save(update_fields=["revoked_at", "revoked_by"])


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: User, function: str, at: datetime
) -> Membership:
    """Act for the territory at once: `decided_by` is who invited. Twice changes nothing.

    Who acts for it already keeps the higher of the two roles. Raises Forbidden to another address
    than the one invited, Refusal for an invitation that expired, was revoked, or whose author no
    longer composes the team.
    """
    locked = _locked(invitation)
    if not permissions.is_for(by, locked):
        raise Forbidden(permissions.not_for(by, locked))
    standing = (
        Membership.objects.standing()
        .select_for_update(of=("self",))
        .filter(user=by, territory=locked.territory)
        .first()
    )
    if locked.accepted_by_id == by.pk and standing and standing.is_active:
        return standing
    if dead := permissions.why_dead(locked, at=at):
        raise Refusal(dead)
    membership = _grant(locked, standing, to=by, function=function, at=at)
    locked.accepted_at, locked.accepted_by = at, by
    locked.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def _grant(
    invitation: Invitation,
    standing: Membership | None,
    *,
    to: User,
    function: str,
    at: datetime,
) -> Membership:
    if standing and standing.is_active:
        standing.role = highest(standing.role, invitation.role)
        standing.save(update_fields=["role"])
        return standing
    granted = standing or Membership(user=to, territory=invitation.territory, requested_at=at)
    granted.function, granted.role = function, invitation.role
    granted.state = MembershipState.ACTIVE
    granted.decided_at, granted.decided_by = at, invitation.invited_by
    try:
        with transaction.atomic():
            granted.save()
    except IntegrityError as error:  # asked for at the same instant
        raise Refusal(ALREADY_STANDING) from error
    return granted


def _take(invitation: Invitation, *, by: User) -> Invitation:
    """Lock one that nobody has answered, for somebody who composes the team."""
    if not permissions.can_manage_team(by, invitation.territory):
        raise Forbidden(permissions.NOT_YOURS)
    locked = _locked(invitation)
    if locked.accepted_at or locked.revoked_at:
        raise Refusal(ALREADY_ANSWERED)
    return locked


def _locked(invitation: Invitation) -> Invitation:
    found: Invitation = (
        Invitation.objects.select_for_update(of=("self",)).with_details().get(pk=invitation.pk)
    )
    return found


def _write(invitation: Invitation, *, by: User, at: datetime) -> None:
    link = reverse("territories:accept_invitation", args=[invitation.token])
    mail.queue(
        key=f"territories.invitation.{invitation.pk}.{at.isoformat()}",
        to=invitation.email,
        template="territories/emails/invitation",
        context={
            "invitation": invitation,
            "expires": moment(invitation.expires_at),
            "territory": invitation.territory,
            "by_staff": permissions.can_decide(by),
            "url": settings.SITE_URL + link,
        },
        at=at,
    )
