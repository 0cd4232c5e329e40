"""The closed lists of the territorial data."""

from django.db import models


class TerritoryKind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"


class EpciKind(models.TextChoices):
    """Legal natures of an EPCI à fiscalité propre (DGCL)."""

    COMMUNITY_OF_COMMUNES = "CC", "communauté de communes"
    AGGLOMERATION = "CA", "communauté d’agglomération"
    URBAN_COMMUNITY = "CU", "communauté urbaine"
    METROPOLE = "METRO", "métropole"
    METROPOLE_OF_LYON = "MET69", "métropole de Lyon"


class NameKind(models.TextChoices):
    """Why people look for a territory under another name than its own."""

    FORMER = "former", "ancien nom"
    OFFICIAL = "official", "nom officiel"


class Zone(models.TextChoices):
    METRO = "metro", "métropole"
    DROM = "drom", "départements et régions d’outre-mer"
    COM = "com", "collectivités d’outre-mer"


class Role(models.TextChoices):
    """What a person does for a territory, from the least to the most."""

    READER = "reader", "lecteur·rice"
    CONTRIBUTOR = "contributor", "contributeur·rice"
    REFERENT = "referent", "référent·e"


def highest(*roles: str) -> Role:
    return max(map(Role, roles), key=list(Role).index)


class MembershipState(models.TextChoices):
    """How far a rattachement has gone; `TRANSITIONS` lists the moves."""

    REQUESTED = "requested", "demandé"
    ACTIVE = "active", "actif"
    REFUSED = "refused", "refusé"
    ENDED = "ended", "terminé"


TRANSITIONS: dict[str, frozenset[str]] = {
    MembershipState.REQUESTED: frozenset(
        {MembershipState.ACTIVE, MembershipState.REFUSED, MembershipState.ENDED}
    ),
    MembershipState.ACTIVE: frozenset({MembershipState.ENDED}),
    MembershipState.REFUSED: frozenset(),
    MembershipState.ENDED: frozenset(),
}
