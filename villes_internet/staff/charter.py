"""The charter read from its sources, so that it never says something else than they do.

The colours come from the stylesheet, what a component takes from the first line of its template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

LIGHT, DARK = "light", "dark"
TEXT, LARGE = 4.5, 3.0  # the least contrast of a text, then of a large text or a control (WCAG 2.2)

FOUNDATIONS = Path(settings.PROJECT) / "static/css/foundations.css"
COMPONENTS = Path(settings.PROJECT) / "templates/components"

Colours = dict[str, str]


class Pair(NamedTuple):
    """A colour that is read upon another, and the least contrast between them."""

    what: str
    upon: str
    least: float


def _upon(least: float, upon: str, *inks: str) -> list[Pair]:
    return [Pair(ink, upon, least) for ink in inks]


PAIRS = [
    *_upon(TEXT, "paper", "ink", "muted", "link", "link-visited", "accent"),
    *_upon(TEXT, "paper", "info", "success", "warning", "error"),
    *_upon(TEXT, "surface", "ink", "muted", "link", "link-visited", "accent", "error"),
    *_upon(TEXT, "surface-strong", "ink", "link", "accent"),
    *_upon(TEXT, "accent", "on-accent"),
    *_upon(TEXT, "accent-hover", "on-accent"),
    *_upon(TEXT, "panel", "on-panel"),
    *_upon(TEXT, "on-panel", "panel-deep", "panel-green"),
    *_upon(TEXT, "info-surface", "info", "ink", "link"),
    *_upon(TEXT, "success-surface", "success", "ink", "link"),
    *_upon(TEXT, "warning-surface", "warning", "ink", "link"),
    *_upon(TEXT, "error-surface", "error", "ink", "link"),
    *_upon(TEXT, "weight-1", "ink"),
    *_upon(TEXT, "weight-2", "ink"),
    *_upon(TEXT, "weight-3", "on-weight-3"),
    *(Pair("on-disc", f"disc-{number}", TEXT) for number in range(1, 9)),
    *_upon(LARGE, "paper", "line-strong", "focus", "accent", "weight-3"),
    *_upon(LARGE, "surface", "line-strong", "focus"),
]
# Between two grounds, or around what is already told apart: nothing is read by them alone.
QUIET = {"line"}


@cache
def colours(theme: str) -> Colours:
    """The tokens that are colours, by name. The dark theme says only what it changes."""
    light, dark = FOUNDATIONS.read_text().split("@media (prefers-color-scheme: dark)", maxsplit=1)
    read = _tokens(light)
    return read if theme == LIGHT else read | _tokens(dark.split("}", maxsplit=1)[0])


def _tokens(css: str) -> Colours:
    return dict(re.findall(r"--([\w-]+): (#[\da-f]{3,6});", css))


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG counts it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [digits[i : i + 2] for i in (0, 2, 4)] if len(digits) == 6 else [d * 2 for d in digits]
    red, green, blue = (_linear(int(pair, 16) / 255) for pair in pairs)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@dataclass(frozen=True)
class Measure:
    """A pair as it is drawn in one theme."""

    ink: str
    ground: str
    contrast: float


@dataclass(frozen=True)
class Swatch:
    """A pair in both themes."""

    pair: Pair
    light: Measure
    dark: Measure


def swatches() -> list[Swatch]:
    return [Swatch(pair, _measured(pair, LIGHT), _measured(pair, DARK)) for pair in PAIRS]


def _measured(pair: Pair, theme: str) -> Measure:
    ink, ground = colours(theme)[pair.what], colours(theme)[pair.upon]
    return Measure(ink, ground, contrast(ink, ground))


def themes_css() -> str:
    """Both themes as classes: what stands in `.theme--dark` is dark whatever the reader chose."""
    return "\n".join(
        f".theme--{theme} {{ color-scheme: {theme};"
        + "".join(f" --{name}: {value};" for name, value in colours(theme).items())
        + " }"
        for theme in (LIGHT, DARK)
    )


@cache
def takes() -> dict[str, str]:
    """What each component of `templates/components/` says of itself, by name."""
    return {
        path.stem: path.read_text().splitlines()[0].removeprefix("{# ").removesuffix(" #}")
        for path in sorted(COMPONENTS.glob("*.html"))
    }


def icons() -> list[str]:
    """The drawings that a page may use, by their names in the sprite."""
    return re.findall(r'<symbol id="([\w-]+)"', (COMPONENTS / "sprite.html").read_text())


def spaces() -> dict[str, float]:
    """The steps of the spacing scale, by number, in rem."""
    steps = re.findall(r"--space-(\d): ([\d.]+)rem;", FOUNDATIONS.read_text())
    return {number: float(size) for number, size in steps}


def scale() -> list[str]:
    """The names of the sizes of text, the largest first."""
    return re.findall(r"--text-(\w+):", FOUNDATIONS.read_text())[::-1]
