"""The sheet of 1200 × 630 pixels that social networks show, with what all of them carry."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from villes_internet.drawing import shapes, sign
from villes_internet.drawing.colours import (
    INK,
    LINE,
    LINE_STRONG,
    MUTED,
    PANEL,
    PANEL_DEEP,
    PANEL_GREEN,
    PAPER,
    SURFACE,
    WEIGHT_1,
)
from villes_internet.drawing.words import Block, Face, font, legible, shortened

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
GROUND = 522  # where the panel is planted, and the wordmark begins

# What stands on what: the only mixtures that soft edges make.
MEETINGS = (
    (PAPER, PANEL), (PAPER, PANEL_DEEP), (PAPER, PANEL_GREEN), (PAPER, INK), (PAPER, MUTED),
    (PAPER, LINE), (PAPER, LINE_STRONG), (SURFACE, PANEL), (SURFACE, INK), (SURFACE, MUTED),
    (SURFACE, LINE_STRONG), (WEIGHT_1, INK), (WEIGHT_1, PAPER), (PANEL, WEIGHT_1),
)  # fmt: skip
SHADES = 16

DEMONSTRATION = "Démonstration\N{NO-BREAK SPACE}: rien n’y est officiel"

Box = tuple[int, int, int, int]


class Card:
    """Draws with soft edges; coordinates are pixels from the top left."""

    def __init__(self, background: str = PAPER, *, demonstration: bool) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), background)
        self.pen = ImageDraw.Draw(self.image)
        self.demonstration = demonstration

    def box(self, box: Box, ink: str, *, radius: float = 0) -> None:
        left, top, right, bottom = box
        self.image.paste(ink, box, shapes.rounded(right - left, bottom - top, radius))

    def arobase(self, left: int, top: int, side: int, ink: str, *, stroke: float = 2.25) -> None:
        self.image.paste(ink, (left, top), shapes.arobase(side, stroke))

    def words(
        self, text: str, at: tuple[int, int], face: Face, size: int, ink: str, *, anchor: str = "ls"
    ) -> None:
        """One line; `anchor` says where `at` is in it, as Pillow does: « ls » is left, baseline."""
        self.pen.text(at, legible(text, face), ink, font(face, size), anchor=anchor)

    def block(self, block: Block, at: tuple[int, int], ink: str, *, centred: bool = False) -> None:
        """Lines under one another from the top of `at`, which is their left or their middle."""
        left, top = at
        ascent, descent = font(block.face, block.size).getmetrics()
        step = block.size * block.leading
        for number, line in enumerate(block.lines):
            baseline = top + step * number + (step - ascent - descent) / 2 + ascent
            at = (left, round(baseline))
            self.words(line, at, block.face, block.size, ink, anchor="ms" if centred else "ls")

    def foot(self, words: str) -> None:
        """The wordmark, and at the right what the picture is about."""
        self.pen.rectangle((0, GROUND, WIDTH, HEIGHT), PAPER)
        self.pen.rectangle((0, GROUND, WIDTH, GROUND + 3), LINE_STRONG)
        mark = sign.drawn(sign.PAGE, 60)
        self.image.paste(mark, (MARGIN, 546), mark)
        self.words("Villes Internet", (MARGIN + 78, 574), Face.BOLD, 30, INK)
        self.words("Le label national", (MARGIN + 78, 603), Face.REGULAR, 22, MUTED)
        said, right = shortened(words, Face.REGULAR, 26, 620), WIDTH - MARGIN
        self.words(
            said, (right, 586 - 12 * self.demonstration), Face.REGULAR, 26, MUTED, anchor="rs"
        )
        if self.demonstration:
            self.words(DEMONSTRATION, (right, 606), Face.BOLD, 20, INK, anchor="rs")

    def png(self) -> bytes:
        """With a palette: the few colours of the site and what lies between them."""
        written = BytesIO()
        flat = self.image.quantize(palette=palette(), dither=Image.Dither.NONE)
        flat.save(written, "PNG")
        return written.getvalue()


@cache
def palette() -> Image.Image:
    """The colours of the site first, so that they come out exact."""
    pairs = [tuple(map(ImageColor.getrgb, pair)) for pair in MEETINGS]
    plain = [colour for pair in pairs for colour in pair]
    mixed = [
        tuple(round(a + (b - a) * step / SHADES) for a, b in zip(*pair, strict=True))
        for pair in pairs
        for step in range(1, SHADES)
    ]
    kept: list[tuple[int, ...]] = []
    for shade in dict.fromkeys(plain + mixed):
        if all(_differ(shade, other) for other in kept):
            kept.append(shade)
    made = Image.new("P", (1, 1))
    made.putpalette([value for shade in kept for value in shade])
    return made


def _differ(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Enough for Pillow, which looks colours up four levels at a time, never to confuse them."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > 6
