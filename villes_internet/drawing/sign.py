"""The sign of the site: a town's panel, blue with a white border, that says @."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor

from villes_internet.drawing.colours import PANEL, PANEL_DARK, PAPER
from villes_internet.drawing.shapes import AT_EYE, AT_GRID, AT_TAIL, arobase, rounded

GRID = 44


@dataclass(frozen=True)
class Sign:
    """Proportions on a grid of 44; `stroke` is the arobase's, on its own grid of 24.

    `inset` is the middle of the white line, as in SVG. Without a radius the panel fills its square.
    """

    radius: float = 9
    inset: float = 3.5
    line: float = 1.75
    at: float = 27
    stroke: float = 2.25


PAGE = Sign()  # that of components/sprite.html
ICON = Sign(inset=3, line=2, at=29.4, stroke=2.5)
SMALL = Sign(inset=2.75, line=2.75, at=30, stroke=2.9)
SMALLEST = Sign(line=0, at=40, stroke=2.9)  # no room for a border
BLEEDING = Sign(radius=0, inset=4, line=1.6, at=27)  # the system rounds its corners
MASKABLE = Sign(radius=0, line=0, at=30)  # within the circle that any mask leaves


@lru_cache(maxsize=16)
def drawn(sign: Sign, side: int) -> Image.Image:
    """The sign on a square of `side` pixels, transparent around its corners."""
    unit = side / GRID
    image = Image.new("RGBA", (side, side), (*ImageColor.getrgb(PANEL), 0))
    image.paste(PANEL, (0, 0), rounded(side, side, sign.radius * unit))
    if sign.line:
        outer = round((sign.inset - sign.line / 2) * unit)
        for inset, ink in ((outer, PAPER), (outer + max(1, round(sign.line * unit)), PANEL)):
            within, radius = side - 2 * inset, max(0, (sign.radius or 6) * unit - inset)
            image.paste(ink, (inset, inset), rounded(within, within, radius))
    at = round(sign.at * unit / 2) * 2 + side % 2  # as even as the square: it is in the middle
    image.paste(PAPER, ((side - at) // 2, (side - at) // 2), arobase(at, sign.stroke))
    return image


def svg(sign: Sign) -> str:
    """The same in SVG, lighter where the reader's theme is dark."""
    border, width = sign.inset, GRID - 2 * sign.inset
    scale, shift = sign.at / AT_GRID, (GRID - sign.at) / 2
    x, y, radius = AT_EYE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">'
        f"<style>.face{{fill:{PANEL}}}"
        f"@media(prefers-color-scheme:dark){{.face{{fill:{PANEL_DARK}}}}}</style>"
        f'<rect class="face" width="{GRID}" height="{GRID}" rx="{sign.radius:g}"/>'
        f'<g fill="none" stroke="#fff"><rect x="{border:g}" y="{border:g}" width="{width:g}" '
        f'height="{width:g}" rx="{sign.radius - sign.inset + 0.5:g}" stroke-width="{sign.line:g}"/>'
        f'<g transform="translate({shift:g} {shift:g}) scale({scale:g})" '
        f'stroke-width="{sign.stroke:g}" stroke-linecap="round">'
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"/><path d="{AT_TAIL}"/></g></g></svg>\n'
    )
