"""Who may do what with a candidature. Invisible is 404; visible but forbidden is 403."""

from datetime import datetime

from candidatures.models import Candidature
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User


def why_not_write(candidature: Candidature, *, at: datetime) -> str:
    """The sentence shown in place of the form; empty when it may be written."""
    if candidature.is_deposited:
        return "Cette candidature est déposée : elle ne peut plus être modifiée."
    if not candidature.edition.takes_candidatures(at=at):
        return (
            "Les candidatures à cette édition sont closes : la vôtre reste lisible, "
            "mais ne peut plus être modifiée."
        )
    return ""


def is_referent(user: User, territory: Territory) -> bool:
    return (
        Membership.objects.active()
        .filter(user=user, territory=territory, is_referent=True)
        .exists()
    )


def can_deposit(user: User, candidature: Candidature) -> bool:
    """Only a référent·e of the territory signs the dossier off."""
    return is_referent(user, candidature.territory)
