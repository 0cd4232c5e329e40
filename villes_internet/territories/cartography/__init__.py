"""The drawing of France, and where a collectivité falls on it."""

from villes_internet.territories.cartography.frames import (
    NAMED,
    ZOOMED,
    Frame,
    Place,
    frame_of,
    place,
)
from villes_internet.territories.cartography.locating import Location, locate
from villes_internet.territories.cartography.spreading import spread

__all__ = ["NAMED", "ZOOMED", "Frame", "Location", "Place", "frame_of", "locate", "place", "spread"]
