"""Who may do what with a rattachement. Invisible is 404; visible but forbidden is 403."""

from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User


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
    """One leaves on one's own; the staff may also end anyone's."""
    return can_see(user, membership)
