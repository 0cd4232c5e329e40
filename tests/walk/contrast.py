"""What axe cannot decide, pixels do: a text against each colour that is drawn behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from tests.walk.screen import Screen

WITHOUT_TEXT = """
    * { color: transparent !important; text-shadow: none !important; }
    text { fill: transparent !important; stroke: none !important; }
"""
LEAST, LEAST_LARGE = 4.5, 3.0  # WCAG 1.4.3
SPECK = 0.02  # of the pixels: the edge of a shape, which nobody reads across

Colour = Sequence[int]


def faint(screen: Screen, selectors: list[str]) -> list[str]:
    """The elements whose text is too close to something behind it."""
    with screen.laid_flat():
        inks = screen.probe("inks", selectors)
        ground = _picture(screen)
    found = []
    for selector, text in zip(selectors, inks, strict=True):
        least = LEAST_LARGE if text["isLarge"] else LEAST
        for box in text["boxes"]:
            area = ground.crop((box["left"], box["top"], box["right"], box["bottom"]))
            if (worst := closest(text["ink"], area)) < least:
                found.append(f"{selector}: {worst:.1f}")
    return sorted(set(found))


def _picture(screen: Screen) -> Image.Image:
    """The whole page, without its texts."""
    with screen.wearing(WITHOUT_TEXT):
        return Image.open(BytesIO(screen.tab.screenshot(full_page=True))).convert("RGB")


def closest(ink: Colour, area: Image.Image) -> float:
    """The lowest contrast of that ink with a colour that covers more than a speck."""
    most = area.width * area.height
    counts: Counter[tuple[int, ...]] = Counter(area.get_flattened_data())  # type: ignore[arg-type]
    return min(
        (ratio(ink, colour) for colour, count in counts.items() if count > SPECK * most),
        default=1.0,
    )


def ratio(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = (linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
