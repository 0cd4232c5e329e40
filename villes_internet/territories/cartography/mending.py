"""Closes the gaps of the contours: communes merged lately are missing from the source.

A gap goes to the département around it; between several, to that of the town hall which stands in
it, or else to the one with the longest border on it. Llívia stays out: it is Spain.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import dist
from pathlib import Path

from villes_internet.territories.cartography.topology import (
    DATA,
    Line,
    Point,
    Ring,
    Topology,
    joined,
)

LLIVIA = (1.98, 42.465)  # degrees


def mended(country: Topology, directory: Path = DATA) -> Topology:
    """The same country without its gaps; each arc around one is shared by its two neighbours."""
    halls = _town_halls(directory)
    walked = {
        code: {arc for ring in rings for arc in ring} for code, rings in country.departments.items()
    }
    for gap in gaps(country):
        line = joined(gap, country.arcs)
        if contains(line, LLIVIA):
            continue
        claims = {
            code: (
                sum(contains(line, hall) for hall in halls[code]),
                _length(arcs & set(gap), country),
            )
            for code, arcs in walked.items()
            if not arcs.isdisjoint(gap)
        }
        taker = walked[max(claims, key=claims.__getitem__)]
        taker ^= {arc if arc in taker else ~arc for arc in gap}
    departments = {code: _rings(arcs, country.arcs) for code, arcs in walked.items()}
    return replace(country, departments=departments)


def contains(line: Sequence[Point], point: Point) -> bool:
    """Whether a closed line goes around a point: a ray to the east crosses it an odd number of
    times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*line, line[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def gaps(country: Topology) -> list[Ring]:
    """What no département covers, walked as its neighbours do: the other way round than a coast."""
    uses = Counter(
        max(arc, ~arc) for rings in country.departments.values() for ring in rings for arc in ring
    )
    alone = {
        arc
        for rings in country.departments.values()
        for ring in rings
        for arc in ring
        if uses[max(arc, ~arc)] == 1
    }
    return [ring for ring in _rings(alone, country.arcs) if _turn(joined(ring, country.arcs)) > 0]


def _length(arcs: Iterable[int], country: Topology) -> float:
    """In degrees: good enough to compare two borders of one gap."""
    return sum(dist(a, b) for arc in arcs for a, b in pairwise(country.arcs[max(arc, ~arc)]))


def _turn(line: Line) -> float:
    """Twice the area, negative for a line that goes clockwise, as TopoJSON draws the land."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, line[1:] + line[:1], strict=True))


def _rings(walked: Iterable[int], arcs: list[Line]) -> list[Ring]:
    """Arcs put end to end until they close."""
    starts: dict[Point, list[int]] = defaultdict(list)
    for arc in sorted(walked):
        starts[_end(~arc, arcs)].append(arc)
    rings = []
    while starts:
        first = next(iter(starts))
        ring: Ring = []
        here = first
        while not ring or here != first:
            ring.append(starts[here].pop())
            if not starts[here]:
                del starts[here]
            here = _end(ring[-1], arcs)
        rings.append(ring)
    return rings


def _end(arc: int, arcs: list[Line]) -> Point:
    return arcs[arc][-1] if arc >= 0 else arcs[~arc][0]


def _town_halls(directory: Path) -> dict[str, list[Point]]:
    halls: dict[str, list[Point]] = defaultdict(list)
    with (directory / "communes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["latitude"]:
                halls[row["department"]].append((float(row["longitude"]), float(row["latitude"])))
    return halls
