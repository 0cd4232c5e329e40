"""Where each part of France sits on the drawing: the métropole, a zoom on Paris, five insets.

The unit is that of the drawing, whose y goes down. An inset has a scale of its own, as in the
newspapers. The collectivités d’outre-mer have no place: no open contour of them is at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from villes_internet.territories.cartography.projection import Metres, lambert93, mercator

WIDTH, HEIGHT = 1000, 1085


class Place(NamedTuple):
    """A point of the drawing."""

    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """A part of the drawing, in its unit."""

    left: int
    top: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x - self.left <= self.width and 0 <= y - self.top <= self.height


@dataclass(frozen=True)
class Frame:
    """`north_west` is the point of the earth, in metres, that falls on the corner of `box`.

    `scale` is in units of the drawing by kilometre; the name is written above the box.
    """

    name: str
    projection: Callable[[float, float], Metres]
    north_west: Metres
    scale: float
    box: Box

    @property
    def name_at(self) -> int:
        """The line that its name is written on."""
        return self.box.top - 14

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = self.projection(longitude, latitude)
        west, north = self.north_west
        by_metre = self.scale / 1000
        return self.box.left + (x - west) * by_metre, self.box.top + (north - y) * by_metre


METROPOLE = Frame("", lambert93, (90_000, 7_120_000), 0.862, Box(0, 0, WIDTH, 940))
PARIS = Frame(
    "Paris et petite couronne", lambert93, (635_800, 6_880_500), 4.7, Box(14, 36, 175, 172)
)
INSETS = {
    "971": Frame("Guadeloupe", mercator, (-6_892_000, 1_866_000), 1.27, Box(14, 980, 172, 104)),
    "972": Frame("Martinique", mercator, (-6_838_000, 1_676_000), 1.8, Box(225, 980, 172, 104)),
    "973": Frame("Guyane", mercator, (-6_250_000, 643_000), 0.25, Box(415, 980, 172, 104)),
    "974": Frame("La Réunion", mercator, (6_129_000, -2_376_000), 1.62, Box(615, 980, 172, 104)),
    "976": Frame("Mayotte", mercator, (4_992_000, -1_418_000), 2.4, Box(815, 980, 172, 104)),
}
NAMED = (PARIS, *INSETS.values())
ZOOMED = frozenset({"75", "92", "93", "94"})  # too small on the métropole to hold their points


def frame_of(department: str) -> Frame | None:
    """Where the collectivités of a département are shown; nowhere for those without a contour."""
    if department in ZOOMED:
        return PARIS
    if len(department) == 2:
        return METROPOLE
    return INSETS.get(department)


def place(department: str, *, latitude: float | None, longitude: float | None) -> Place | None:
    """Where a town hall falls on the drawing; nothing without coordinates, or outside its frame."""
    frame = frame_of(department)
    if frame is None or latitude is None or longitude is None:
        return None
    x, y = frame.point(longitude, latitude)
    return Place(round(x), round(y)) if frame.box.holds(x, y) else None
