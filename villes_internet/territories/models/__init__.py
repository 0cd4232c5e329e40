"""The collectivités of France, who belongs to which, and who may act for them."""

from villes_internet.territories.models.membership import Membership
from villes_internet.territories.models.territory import (
    Department,
    Perimeter,
    Region,
    Territory,
    TerritoryName,
)

__all__ = ["Department", "Membership", "Perimeter", "Region", "Territory", "TerritoryName"]
