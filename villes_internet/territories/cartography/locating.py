"""Where one collectivité is: its département, and its point."""

from __future__ import annotations

from dataclasses import dataclass

from villes_internet.territories.cartography.frames import ZOOMED, Place, frame_of, place
from villes_internet.territories.models import Territory


@dataclass(frozen=True)
class Location:
    """A drawn département, and the point in it where there are coordinates."""

    department: str
    place: Place | None

    @property
    def is_zoomed(self) -> bool:
        return self.department in ZOOMED


def locate(territory: Territory) -> Location | None:
    """Nothing in the collectivités d’outre-mer, of which no contour is at hand."""
    if frame_of(territory.department_id) is None:
        return None
    where = place(
        territory.department_id, latitude=territory.latitude, longitude=territory.longitude
    )
    return Location(territory.department_id, where)
