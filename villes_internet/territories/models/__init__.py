"""The collectivités of France, who belongs to which, and who may act for them."""

from villes_internet.territories.models.invitation import LIFETIME, Invitation
from villes_internet.territories.models.membership import Membership
from villes_internet.territories.models.territory import (
    Department,
    Perimeter,
    Region,
    Territory,
    TerritoryName,
)

__all__ = [
    "LIFETIME",
    "Department",
    "Invitation",
    "Membership",
    "Perimeter",
    "Region",
    "Territory",
    "TerritoryName",
]
