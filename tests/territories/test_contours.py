"""The contours of the départements: joined to their neighbours, without gaps, simplified as one."""

from __future__ import annotations

import csv
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians

from hypothesis import given
from hypothesis import strategies as st

from villes_internet.territories.cartography.mending import LLIVIA, contains, gaps, mended
from villes_internet.territories.cartography.simplification import ISLAND, area, simplify, triangle
from villes_internet.territories.cartography.topology import (
    DATA,
    Line,
    Point,
    Topology,
    joined,
    read,
)

points = st.tuples(st.integers(0, 60), st.integers(0, 60))
lines = st.lists(points, min_size=2, max_size=40)
KILOMETRES = 111.3  # by degree of latitude


@cache
def country() -> Topology:
    return mended(read())


@given(lines, st.floats(0, 500))
def test_a_simplified_line_keeps_its_two_ends(line: Line, smallest: float) -> None:
    kept = simplify(line, smallest=smallest)
    assert (kept[0], kept[-1]) == (line[0], line[-1])


@given(lines, st.floats(0, 500))
def test_it_only_drops_points(line: Line, smallest: float) -> None:
    """What is left comes in the same order."""
    rest = iter(line)
    assert all(point in rest for point in simplify(line, smallest=smallest))


@given(lines, st.floats(0.1, 500))
def test_no_small_triangle_is_left(line: Line, smallest: float) -> None:
    kept = simplify(line, smallest=smallest)
    if line[0] != line[-1]:
        corners = zip(kept, kept[1:], kept[2:], strict=False)
        assert all(triangle(*corner) >= smallest for corner in corners)


@given(lines)
def test_a_line_of_large_triangles_stays_whole(line: Line) -> None:
    corners = zip(line, line[1:], line[2:], strict=False)
    smallest = min((triangle(*corner) for corner in corners), default=1)
    assert simplify(line, smallest=smallest) == line


@given(lines, st.floats(0, 250), st.floats(0, 250))
def test_the_coarser_the_fewer_points(line: Line, a: float, b: float) -> None:
    fine, coarse = sorted((a, b))
    assert len(simplify(line, smallest=coarse)) <= len(simplify(line, smallest=fine))


@given(st.lists(points, min_size=ISLAND, max_size=40, unique=True))
def test_an_island_stays_one(line: Line) -> None:
    kept = simplify([*line, line[0]], smallest=1e9)
    assert len(kept) == ISLAND
    assert kept[0] == kept[-1]


def test_the_area_of_a_square() -> None:
    assert area([(0, 0), (0, 3), (3, 3), (3, 0)]) == 9


@given(points)
def test_a_point_is_in_a_square_or_not(point: Point) -> None:
    x, y = point
    square: Line = [(9.5, 9.5), (9.5, 50.5), (50.5, 50.5), (50.5, 9.5)]
    assert contains(square, point) is (10 <= x <= 50 and 10 <= y <= 50)


def test_each_of_the_101_departements_closes() -> None:
    assert len(country().departments) == 101
    for rings in country().departments.values():
        for ring in rings:
            line = joined(ring, country().arcs)
            assert line[0] == line[-1]


def test_the_only_gap_left_is_spanish() -> None:
    assert len(gaps(read())) > 50
    left = [joined(ring, country().arcs) for ring in gaps(country())]
    assert [contains(line, LLIVIA) for line in left if square_kilometres(line) > 0.2] == [True]


def square_kilometres(line: Line) -> float:
    return area(line) * KILOMETRES**2 * cos(radians(line[0][1]))


def test_neighbours_share_their_border() -> None:
    shared = country().arcs_of("22") & country().arcs_of("29")
    assert shared
    assert not country().arcs_of("22") & country().arcs_of("75")


def test_a_border_between_regions_has_one_on_each_side() -> None:
    regions = country().regions
    borders = set(country().borders())
    assert borders & country().arcs_of("29") == set()  # within Bretagne
    assert borders >= country().arcs_of("35") & country().arcs_of("53")
    assert regions["35"] != regions["53"]


def test_every_town_hall_stands_in_its_departement() -> None:
    rings = {
        code: [joined(ring, country().arcs) for ring in rings]
        for code, rings in country().departments.items()
    }
    with (DATA / "communes.csv").open(encoding="utf-8", newline="") as file:
        astray = [
            row["name"]
            for row in csv.DictReader(file)
            if row["latitude"] and row["department"] in rings
            if not is_near(
                (float(row["longitude"]), float(row["latitude"])), rings[row["department"]]
            )
        ]
    assert astray == []


def is_near(hall: Point, rings: list[Line]) -> bool:
    inside = sum(contains(ring, hall) for ring in rings) % 2 == 1
    return inside or min(kilometres(hall, *side) for ring in rings for side in pairwise(ring)) < 3


def kilometres(hall: Point, a: Point, b: Point) -> float:
    """From a town hall to one side of a contour, as if the earth were flat around it."""
    narrow = cos(radians(hall[1]))
    ax, ay, bx, by = (
        (a[0] - hall[0]) * narrow,
        a[1] - hall[1],
        (b[0] - hall[0]) * narrow,
        b[1] - hall[1],
    )
    dx, dy = bx - ax, by - ay
    along = -(ax * dx + ay * dy) / (dx * dx + dy * dy or 1)
    nearest = min(1, max(0, along))
    return KILOMETRES * hypot(ax + nearest * dx, ay + nearest * dy)
