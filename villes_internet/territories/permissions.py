"""Who may do what with a rattachement and a team.

Invisible is 404; visible but forbidden is 403.
"""

from datetime import datetime

from villes_internet.territories.models import Invitation, Membership, Territory
from villes_internet.territories.models.membership import MembershipQuerySet
from villes_internet.users.addresses import owns
from villes_internet.users.models import User

NOT_YOURS = "Seul·e un·e référent·e de la collectivité compose son équipe\u00a0: demandez-le-lui."


def why_not_request(user: User, territory: Territory) -> str:
    """The sentence shown in place of the form; empty when a rattachement may be asked for."""
    if territory.vanished_on:
        heir = f"\u00a0: rattachez-vous à {territory.successor}." if territory.successor else "."
        return f"{territory} n’existe plus depuis {territory.vanished_on.year}{heir}"
    standing = Membership.objects.standing().filter(user=user, territory=territory).first()
    if standing and standing.is_active:
        return "Vous êtes déjà rattaché·e à cette collectivité."
    if standing:
        return "Vous avez déjà demandé ce rattachement\u00a0: l’association va vous répondre."
    return ""


def can_decide(user: User) -> bool:
    """The association's staff answer the requests."""
    return user.is_active and user.is_staff


def can_see(user: User, membership: Membership) -> bool:
    return membership.user_id == user.pk or can_decide(user)


def can_end(user: User, membership: Membership) -> bool:
    """One leaves on one's own; a référent·e ends a colleague's, the staff anyone's."""
    if membership.user_id == user.pk:
        return True
    return can_decide(user) or (
        not membership.is_requested and can_manage_team(user, membership.territory)
    )


def can_see_team(user: User, territory: Territory) -> bool:
    """Those who act for the territory, whatever their role, and the staff."""
    return can_decide(user) or _active(user, territory).exists()


def can_manage_team(user: User, territory: Territory) -> bool:
    """A référent·e of the territory vouches for its team; the staff may stand in."""
    return can_decide(user) or _active(user, territory).referents().exists()


def why_not_accept(user: User, invitation: Invitation, *, at: datetime) -> str:
    """The sentence shown in place of the form; empty when this person may accept it now."""
    return why_dead(invitation, at=at) or (
        "" if is_for(user, invitation) else not_for(user, invitation)
    )


def is_for(user: User, invitation: Invitation) -> bool:
    """It was sent to an address that this person has confirmed."""
    return owns(user, invitation.email)


def not_for(user: User, invitation: Invitation) -> str:
    return (
        f"Cette invitation est destinée à {invitation.email}, et vous êtes connecté·e avec "
        f"{user.email}\u00a0: elle n’a pas été utilisée. Déconnectez-vous, puis rouvrez ce lien "
        f"avec le compte de {invitation.email}, ou ajoutez cette adresse à votre compte. Sinon, "
        "demandez à la personne qui vous a invité·e d’inviter votre adresse actuelle."
    )


def why_dead(invitation: Invitation, *, at: datetime) -> str:
    """Why nobody can accept it any more; empty while somebody can."""
    if invitation.accepted_at:
        return "Cette invitation a déjà été acceptée\u00a0: il n’y a plus rien à faire."
    if invitation.revoked_at:
        return (
            "Cette invitation a été retirée\u00a0: elle ne peut plus être acceptée. Demandez-en "
            "une nouvelle à un·e référent·e de la collectivité, ou demandez votre rattachement."
        )
    if invitation.is_expired(at=at):
        return (
            "Cette invitation a expiré\u00a0: elle ne peut plus être acceptée. Demandez à un·e "
            "référent·e de la collectivité de vous la renvoyer, ou demandez votre rattachement."
        )
    inviter = invitation.invited_by
    if inviter is None or not can_manage_team(inviter, invitation.territory):
        return (
            "La personne qui vous a invité·e ne compose plus l’équipe de cette collectivité\u00a0: "
            "l’invitation ne peut plus être acceptée. Demandez à un·e référent·e de vous la "
            "renvoyer, ou demandez votre rattachement."
        )
    return ""


def _active(user: User, territory: Territory) -> MembershipQuerySet:
    return Membership.objects.active().filter(user=user, territory=territory)
