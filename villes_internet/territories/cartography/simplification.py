"""Fewer points for the same shape: Visvalingam and Whyatt's method.

The point that makes the smallest triangle with its neighbours goes first. Applied to the arcs that
two départements share, it leaves them without a gap: both walk along the same simplified arc.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from villes_internet.territories.cartography.topology import Line, Point

ISLAND = 7  # points, the last one on the first: a hexagon


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(line: Sequence[Point]) -> float:
    """Of a closed line, whichever way it turns."""
    sides = pairwise([*line, line[0]])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in sides)) / 2


def simplify(line: Line, *, smallest: float) -> Line:
    """Drop each point whose triangle is smaller than `smallest`, in square units.

    The two ends stay, and a line that closes on itself, an island, keeps `ISLAND` points.
    """
    fewest = ISLAND if line[0] == line[-1] else 2
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    kept = [True] * len(line)

    def weight(i: int) -> float:
        return triangle(line[before[i]], line[i], line[after[i]])

    weights = {i: weight(i) for i in range(1, len(line) - 1)}
    heap = [(weight, i) for i, weight in weights.items()]
    heapify(heap)
    left = len(line)
    while heap and left > fewest:
        lightest, i = heappop(heap)
        if not kept[i] or weights[i] != lightest:
            continue
        if lightest >= smallest:
            break
        kept[i] = False
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for neighbour in (before[i], after[i]):
            if neighbour in weights:
                # Never lighter than what has just gone, or a curve would unravel point by point.
                weights[neighbour] = max(weight(neighbour), lightest)
                heappush(heap, (weights[neighbour], neighbour))
    return [point for point, stays in zip(line, kept, strict=True) if stays]
