"""Words set to fit: the largest size at which a name, however long, stays in its box."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from villes_internet.fonts import LATO, SERIF

MEASURED_AT = 200  # pixels: widths grow in proportion
MARGIN = 0.99  # of the width: hinting may add a pixel here or there
WORTH_IT = 1.15  # how much larger the letters must become

NO_BREAK = "\N{NO-BREAK SPACE}"
NO_BREAKS = (NO_BREAK, "\N{NARROW NO-BREAK SPACE}", "\N{FIGURE SPACE}")
LOOK_ALIKES = {"\N{NON-BREAKING HYPHEN}": "-", "\N{MODIFIER LETTER TURNED COMMA}": "‘"}


class Face(Enum):
    REGULAR = LATO / "Lato-Regular.ttf"
    BOLD = LATO / "Lato-Bold.ttf"
    SERIF = SERIF / "SourceSerifPro-Semibold.otf"


@lru_cache(maxsize=128)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.value, size)


def legible(text: str, face: Face) -> str:
    """`text` on one line, what the font lacks replaced by its nearest, or left out."""
    known = _characters(face.value)
    line = re.sub(r"[\s\x1c-\x1f]", _space, unicodedata.normalize("NFC", text))
    nearest = (_nearest(character, known) for character in line)
    return re.sub(" +", " ", "".join(nearest)).strip(" ")


def _space(found: re.Match[str]) -> str:
    return NO_BREAK if found[0] in NO_BREAKS else " "


def _nearest(character: str, known: frozenset[int]) -> str:
    for candidate in (
        character,
        LOOK_ALIKES.get(character, ""),
        unicodedata.normalize("NFKD", character)[0],
    ):
        if candidate and ord(candidate) in known and unicodedata.category(candidate)[0] != "C":
            return candidate
    return ""


@cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@dataclass(frozen=True)
class Block:
    """Lines of one size (pixels), and the height that they take together."""

    lines: tuple[str, ...]
    face: Face
    size: int
    leading: float

    @property
    def height(self) -> int:
        return round(self.size * self.leading * len(self.lines))


def fit(
    text: str, face: Face, *, width: int, height: int, most: int, lines: int, leading: float = 1.12
) -> Block:
    """The largest setting of `text` in the box, at `most` pixels and `lines` lines.

    The lines are as even as the words allow. A second line, or a compound name cut after a hyphen,
    has to be worth it.
    """
    written = legible(text, face)
    best = Block(("",), face, 1, leading)
    for pieces in (re.findall(" ?[^ ]+", written), re.findall(" ?[^ -]*-+| ?[^ -]+", written)):
        for count in range(1, min(lines, len(pieces)) + 1):
            rows = _even(pieces, face, count)
            widest = max(_width(row, face) for row in rows) or 1
            by_width = MARGIN * width * MEASURED_AT / widest
            size = int(min(most, by_width, height / (leading * count)))
            if size > best.size * WORTH_IT:
                best = Block(tuple(rows), face, size, leading)
    return best


def shortened(text: str, face: Face, size: int, width: int) -> str:
    """`text` on one line, its last words left out for « … » where it is too long."""
    text = legible(text, face)
    if font(face, size).getlength(text) <= width:
        return text
    words = text.split(" ")
    while words and font(face, size).getlength(" ".join(words) + "…") > width:
        words.pop()
    return " ".join(words) + "…" if words else ""


def _even(pieces: Sequence[str], face: Face, count: int) -> list[str]:
    """The pieces on `count` lines, the widest as narrow as can be."""
    reached = [0.0, *accumulate(_width(piece, face) for piece in pieces)]

    @cache
    def cut(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The width of the widest line from `start` on, and where each of the lines ends."""
        if left == 1:
            return reached[-1] - reached[start], (len(pieces),)
        found = []
        for end in range(start + 1, len(pieces) - left + 2):
            widest, ends = cut(end, left - 1)
            found.append((max(reached[end] - reached[start], widest), (end, *ends)))
        return min(found)

    ends = (0, *cut(0, count)[1])
    return ["".join(pieces[start:end]).strip(" ") for start, end in pairwise(ends)]


@lru_cache(maxsize=4096)
def _width(text: str, face: Face) -> float:
    return font(face, MEASURED_AT).getlength(text)
