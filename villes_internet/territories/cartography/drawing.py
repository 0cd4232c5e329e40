"""The drawing of France, once and for all: one file that every page refers to.

`<use href="france.svg#d29">` draws the Finistère, `#z75` Paris in the zoom, `#land` them all,
`#regions` the borders between régions, `#lens` a ring around what the zoom shows. The page chooses
the colours, so nothing here has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from villes_internet.territories.cartography import topology
from villes_internet.territories.cartography.frames import (
    HEIGHT,
    METROPOLE,
    PARIS,
    WIDTH,
    ZOOMED,
    Frame,
    Place,
    frame_of,
)
from villes_internet.territories.cartography.mending import mended
from villes_internet.territories.cartography.simplification import area, simplify

SMALLEST_TRIANGLE = 10.0  # square units of the drawing
SMALLEST_ISLAND = 8.0  # of the métropole: some 11 km²
LENS_RADIUS = 25
SOURCE = "IGN, Admin Express COG. Licence Ouverte 2.0"

Polygons = list[list[Place]]


def polygons(country: topology.Topology) -> dict[str, Polygons]:
    """The rings of each shape, by its name in the file."""
    found = {}
    for department in country.departments:
        if department in ZOOMED:
            found[f"d{department}"] = _shape(country, department, METROPOLE)
            found[f"z{department}"] = _shape(country, department, PARIS)
        elif frame := frame_of(department):
            found[f"d{department}"] = _shape(country, department, frame)
    return found


def svg() -> str:
    """The whole file, the same each time."""
    country = mended(topology.read())
    shapes = polygons(country)
    land = "\n".join(f'<path id="{name}" d="{_closed(shape)}"/>' for name, shape in shapes.items())
    zoomed = [place for code in ZOOMED for ring in shapes[f"d{code}"] for place in ring]
    west, east = min(place.x for place in zoomed), max(place.x for place in zoomed)
    north, south = min(place.y for place in zoomed), max(place.y for place in zoomed)
    borders = "".join(
        _path(line) for arc in country.borders() if len(line := _line(country, arc, METROPOLE)) > 1
    )
    return (
        f"<!-- {SOURCE} -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<g id="land">\n{land}\n</g>\n'
        f'<path id="regions" fill="none" d="{borders}"/>\n'
        f'<circle id="lens" fill="none" cx="{(west + east) // 2}" cy="{(north + south) // 2}"'
        f' r="{LENS_RADIUS}"/>\n'
        "</svg>\n"
    )


def _line(country: topology.Topology, arc: int, frame: Frame) -> list[Place]:
    """An arc as it is drawn: simplified, then on whole units, each of its points once."""
    kept = simplify(_projected(country, arc, frame), smallest=SMALLEST_TRIANGLE)
    places = [Place(round(x), round(y)) for x, y in kept]
    return [places[0], *(b for a, b in pairwise(places) if a != b)]


def _projected(country: topology.Topology, arc: int, frame: Frame) -> topology.Line:
    return [frame.point(*degrees) for degrees in country.arcs[arc]]


def _shape(country: topology.Topology, department: str, frame: Frame) -> Polygons:
    """Its rings, without the islets that would be a speck."""
    arcs = country.arcs_of(department)
    precise = {arc: _projected(country, arc, frame) for arc in arcs}
    lines = {arc: _line(country, arc, frame) for arc in arcs}
    return [
        topology.joined(ring, lines)
        for ring in country.departments[department]
        if area(topology.joined(ring, precise)) > SMALLEST_ISLAND
    ]


def _path(line: Iterable[Place]) -> str:
    """Relative steps, and no separator where a sign is one."""
    start, *rest = line
    steps: list[str] = []
    for a, b in pairwise([start, *rest]):
        for step in (b.x - a.x, b.y - a.y):
            steps.append(str(step) if step < 0 or not steps else f" {step}")
    return f"M{start.x} {start.y}l{''.join(steps)}"


def _closed(shape: Polygons) -> str:
    return "".join(f"{_path(ring[:-1])}z" for ring in shape)
