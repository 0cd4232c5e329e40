"""Points that would hide one another, moved apart by as little as it takes."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

from villes_internet.territories.cartography.frames import Place

FARTHEST = 30  # units of the drawing, some 35 km in the métropole
NEAREST = 0.8  # of the larger radius: a smaller point drawn on top leaves it visible
STEPS = sorted(
    (
        (dx, dy)
        for dx in range(-FARTHEST, FARTHEST + 1)
        for dy in range(-FARTHEST, FARTHEST + 1)
        if hypot(dx, dy) <= FARTHEST
    ),
    key=lambda step: (hypot(*step), step),
)


def spread(points: Iterable[tuple[Place, int]]) -> list[Place]:
    """Where to draw each of these points, given with their radius, in their order.

    The first ones keep their place. One that finds no room stays where it is.
    """
    drawn: list[tuple[Place, int]] = []
    for place, radius in points:
        around = [
            (other, (NEAREST * max(radius, size)) ** 2)
            for other, size in drawn
            if abs(other.x - place.x) < 2 * FARTHEST and abs(other.y - place.y) < 2 * FARTHEST
        ]
        found = place
        for dx, dy in STEPS:
            x, y = place.x + dx, place.y + dy
            if all((x - o.x) ** 2 + (y - o.y) ** 2 >= least for o, least in around):
                found = Place(x, y)
                break
        drawn.append((found, radius))
    return [place for place, _ in drawn]
