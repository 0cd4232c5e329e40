"""The pictures of the label that are shown outside the site: a territory's panel, a palmarès.

Plain values that draw themselves: what is drawn is all that they hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from labels.choices import LevelStatus
from labels.models import Award, Edition
from labels.palmares import Figures
from villes_internet.drawing.card import GROUND, MARGIN, WIDTH, Box, Card
from villes_internet.drawing.colours import (
    INK,
    LINE_STRONG,
    MUTED,
    PANEL,
    PANEL_DEEP,
    PANEL_GREEN,
    PAPER,
    SURFACE,
)
from villes_internet.drawing.words import Face, fit, font, legible
from villes_internet.french import number, plural

PANEL_BOX = (110, 40, 1090, 462)
TITLE, AROBASE, RIBBON, GAP = 34, 84, 46, 22  # heights


@dataclass(frozen=True)
class PanelPicture:
    """The panel at the entrance of a labelled territory.

    `place` tells homonyms apart; `words` stand where there is no arobase to draw.
    """

    title: str
    name: str
    place: str
    arobases: int = 0
    is_green: bool = False
    is_ten: bool = False
    words: str = ""

    def draw(self, *, demonstration: bool) -> bytes:
        card = Card(SURFACE, demonstration=demonstration)
        plant(card, PANEL_BOX)
        self._face(card)
        card.foot(self.place)
        return card.png()

    def _face(self, card: Card) -> None:
        """What the panel says, one thing under the other, in the middle of its height."""
        _, top, _, bottom = PANEL_BOX
        level = (AROBASE + GAP) * bool(self.arobases or self.words)
        below = level + (RIBBON + GAP) * self.is_ten
        room = bottom - top - 2 * 44 - TITLE - GAP // 2 - below
        name = fit(self.name, Face.BOLD, width=860, height=room, most=150, lines=3, leading=1.08)
        y = (top + bottom - TITLE - GAP // 2 - name.height - below) // 2
        middle = WIDTH // 2
        card.words(self.title, (middle, y + TITLE - 6), Face.REGULAR, TITLE, PAPER, anchor="ms")
        y += TITLE + GAP // 2
        card.block(name, (middle, y), PAPER, centred=True)
        y += name.height + GAP
        if self.arobases:
            arobases(card, y, self.arobases, AROBASE, is_green=self.is_green)
        elif self.words:
            words = fit(self.words, Face.REGULAR, width=860, height=AROBASE, most=40, lines=2)
            card.block(words, (middle, y + (AROBASE - words.height) // 2), PAPER, centred=True)
        if self.is_ten:
            ribbon(card, y + level)


@dataclass(frozen=True)
class PalmaresPicture:
    """A proclaimed edition and its figures, each a number and what it counts."""

    year: int
    figures: tuple[tuple[str, str], ...]

    def draw(self, *, demonstration: bool) -> bytes:
        card = Card(SURFACE, demonstration=demonstration)
        plant(card, (770, 76, 1128, 330))
        card.words(str(self.year), (949, 210), Face.BOLD, 112, PAPER, anchor="ms")
        arobases(card, 240, 5, 48, middle=949)
        card.words("Le palmarès", (MARGIN, 144), Face.SERIF, 100, INK)
        said = "Territoires, Villes et Villages Internet"
        card.words(said, (MARGIN, 204), Face.REGULAR, 36, MUTED)
        numbers = [legible(value, Face.BOLD) for value, _ in self.figures]
        widths = [font(Face.BOLD, 44).getlength(value) for value in numbers]
        middle = MARGIN + round(max(widths, default=0))
        for rank, (value, label) in enumerate(self.figures):
            baseline = 290 + 62 * rank
            card.words(value, (middle, baseline), Face.BOLD, 44, PANEL, anchor="rs")
            card.words(label, (middle + 20, baseline), Face.REGULAR, 32, INK)
        card.foot("Tous les labels et toutes les pratiques")
        return card.png()


def plant(card: Card, box: Box) -> None:
    """The blue face, its white border, the two posts that plant it."""
    left, top, right, bottom = box
    for post in (left + (right - left) // 6, right - (right - left) // 6 - 26):
        card.box((post, bottom - 20, post + 26, GROUND), LINE_STRONG)
    for inset, ink in ((0, PANEL), (14, PAPER), (20, PANEL)):
        edge = (left + inset, top + inset, right - inset, bottom - inset)
        card.box(edge, ink, radius=34 - 0.9 * inset)


def arobases(
    card: Card, top: int, count: int, side: int, *, is_green: bool = False, middle: int = WIDTH // 2
) -> None:
    between = side // 5
    first = middle - (count * side + (count - 1) * between) // 2
    for rank in range(count):
        left = first + rank * (side + between)
        if is_green and rank == count - 1:
            inset = side // 9
            card.box((left, top, left + side, top + side), PAPER, radius=side / 2)
            card.arobase(left + inset, top + inset, side - 2 * inset, PANEL_GREEN, stroke=2.5)
        else:
            card.arobase(left, top, side, PAPER)


def ribbon(card: Card, top: int) -> None:
    said, middle = "Territoire d’Excellence Numérique", WIDTH // 2
    half = round(font(Face.BOLD, 28).getlength(said) / 2) + 24
    card.box((middle - half, top, middle + half, top + RIBBON), PAPER, radius=7)
    card.words(said, (middle, top + 33), Face.BOLD, 28, PANEL_DEEP, anchor="ms")


def panel_of(award: Award) -> PanelPicture:
    """That of a public award; reads its edition, mentions and département, to be fetched ahead."""
    words = ""
    if award.level_status == LevelStatus.UNKNOWN:
        words = "niveau non connu"
    elif award.level is None:
        words = " · ".join(f"Mention {mention.name}" for mention in award.mentions.all())
    return PanelPicture(
        title=award.title,
        name=award.territory_name,
        place=str(award.territory.department),
        arobases=award.level or 0,
        is_green=award.has_green,
        is_ten=award.is_ten,
        words=words,
    )


def palmares_of(edition: Edition, figures: Figures) -> PalmaresPicture:
    """That of a proclaimed edition; a figure that is nought is left out."""
    counted = (
        (figures.labelled, "collectivité labellisée,collectivités labellisées"),
        (figures.communes, "commune couverte,communes couvertes"),
        (figures.population, "habitant,habitants"),
        (figures.ten, "Territoire d’Excellence Numérique,Territoires d’Excellence Numérique"),
    )
    return PalmaresPicture(
        edition.year,
        tuple((number(value), plural(value, words)) for value, words in counted if value),
    )
