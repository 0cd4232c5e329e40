"""The contours of the départements, as arcs that neighbours share (TopoJSON)."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

DATA = Path(__file__).parents[1] / "data"

Point = tuple[float, float]
Line = list[Point]
P = TypeVar("P", bound=Point)
Ring = list[int]  # numbers of arcs, ~number for one that is walked backwards


@dataclass(frozen=True)
class Topology:
    """`arcs` in degrees, longitude first; `departments` are the rings of each code."""

    arcs: list[Line]
    departments: dict[str, list[Ring]]
    regions: dict[str, str]

    def arcs_of(self, department: str) -> set[int]:
        return {max(arc, ~arc) for ring in self.departments[department] for arc in ring}

    def borders(self) -> list[int]:
        """The arcs between two régions."""
        sides: dict[int, set[str]] = defaultdict(set)
        for department in self.departments:
            for arc in self.arcs_of(department):
                sides[arc].add(self.regions[department])
        return sorted(arc for arc, regions in sides.items() if len(regions) == 2)


def read(directory: Path = DATA) -> Topology:
    content = json.loads((directory / "departments.topojson").read_text(encoding="utf-8"))
    (scale_x, scale_y), (x, y) = content["transform"]["scale"], content["transform"]["translate"]
    arcs = [
        [
            (x + column * scale_x, y + row * scale_y)
            for column, row in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        ]
        for arc in content["arcs"]
    ]
    (shapes,) = content["objects"].values()
    departments = {}
    for shape in shapes["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        departments[shape["properties"]["code"]] = [
            ring for polygon in polygons for ring in polygon
        ]
    with (directory / "departments.csv").open(encoding="utf-8", newline="") as file:
        regions = {row["code"]: row["region"] for row in csv.DictReader(file)}
    return Topology(arcs, dict(sorted(departments.items())), regions)


def joined(ring: Ring, arcs: Mapping[int, list[P]] | list[list[P]]) -> list[P]:
    """The closed line of a ring: each arc begins where the one before it ends."""
    line: list[P] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += arc[1:] if line else arc
    return line
