"""Soft-edged masks: the arobase of the label, a rounded box. Drawn large, then reduced."""

from functools import cache, lru_cache

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path
from PIL import Image, ImageDraw

# The one arobase of the site, on a grid of 24: that of components/sprite.html.
AT_GRID = 24
AT_EYE = (12.0, 12.0, 3.9)  # x, y, radius
AT_TAIL = "M15.9 8.1v5.2a2.75 2.75 0 0 0 5.5 0V12a9.4 9.4 0 1 0-3.7 7.5"

FINER = 4  # times, before the mask is reduced
STEPS = 24  # straight lines for each curve

Point = tuple[float, float]


@lru_cache(maxsize=64)
def arobase(side: int, stroke: float) -> Image.Image:
    """A square mask of `side` pixels; `stroke` is a width on the grid of 24."""
    scale = side * FINER / AT_GRID
    large = Image.new("L", (side * FINER, side * FINER))
    pen = ImageDraw.Draw(large)
    x, y, radius = (value * scale for value in AT_EYE)
    half = stroke * scale / 2
    pen.circle((x, y), radius + half, fill=255)
    pen.circle((x, y), radius - half, fill=0)
    tail = [(x * scale, y * scale) for x, y in tail_points()]
    pen.line(tail, fill=255, width=round(2 * half))
    for point in tail:  # round ends and seamless joints
        pen.circle(point, half, fill=255)
    return large.reduce(FINER)


@lru_cache(maxsize=64)
def rounded(width: int, height: int, radius: float) -> Image.Image:
    """The mask of a box with round corners, whose size is in pixels."""
    large = Image.new("L", (width * FINER, height * FINER))
    box = (0, 0, width * FINER - 1, height * FINER - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius * FINER, fill=255)
    return large.reduce(FINER)


@cache
def tail_points() -> list[Point]:
    """The tail as short straight lines, on its grid."""
    path = RecordingPen()
    parse_path(AT_TAIL, path)
    points: list[Point] = []
    for command, arguments in path.value:
        if command in {"moveTo", "lineTo"}:
            points.append(arguments[0])
        elif command == "curveTo":
            points += _curve(points[-1], *arguments)
    return points


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """The points of a Bézier curve after its first one."""
    found = []
    for step in range(1, STEPS + 1):
        t, u = step / STEPS, 1 - step / STEPS
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d), strict=True)) for i in (0, 1))
        found.append((x, y))
    return found
