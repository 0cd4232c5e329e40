"""The pictures of the site, of a sheet and of a territory without a label, shown outside the site.

Plain values that draw themselves: what is drawn is all that they hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from atlaas.models import Sheet
from labels.pictures import PanelPicture
from villes_internet.drawing.card import MARGIN, WIDTH, Card
from villes_internet.drawing.colours import INK, LINE_STRONG, MUTED, PANEL, PAPER, SURFACE, WEIGHT_1
from villes_internet.drawing.words import Face, fit, font, shortened
from villes_internet.french import inhabitants
from villes_internet.territories.models import Territory

THEMES_SHOWN = 3

SITE = PanelPicture(
    title="Le label national",
    name="Territoires, Villes et Villages Internet",
    place="Là où le numérique sert les habitants",
    arobases=5,
)


@dataclass(frozen=True)
class SheetPicture:
    """A practice, by its title, whose it is, and the first of its enjeux."""

    title: str
    territory: str
    themes: tuple[str, ...] = ()

    def draw(self, *, demonstration: bool) -> bytes:
        card = Card(PAPER, demonstration=demonstration)
        card.pen.rectangle((0, 0, WIDTH, 15), PANEL)
        width = WIDTH - 2 * MARGIN
        whose = fit(self.territory, Face.BOLD, width=width, height=44, most=32, lines=1)
        card.words(whose.lines[0], (MARGIN, 88), Face.BOLD, whose.size, PANEL)
        title = fit(self.title, Face.SERIF, width=width, height=290, most=96, lines=4)
        card.block(title, (MARGIN, 118), INK)
        self._themes(card, MARGIN)
        card.foot("Atlaas, la bibliothèque des pratiques")
        return card.png()

    def _themes(self, card: Card, left: int) -> None:
        """As many as stand whole on one line; the first in any case."""
        for rank, theme in enumerate(self.themes[:THEMES_SHOWN]):
            words = shortened(theme, Face.REGULAR, 28, WIDTH - MARGIN - left - 2 * 20)
            if rank and words != theme:
                return
            right = left + round(font(Face.REGULAR, 28).getlength(words)) + 2 * 20
            card.box((left, 436, right, 490), WEIGHT_1, radius=27)
            card.words(words, (left + 20, 473), Face.REGULAR, 28, INK)
            left = right + 16


@dataclass(frozen=True)
class TerritoryPicture:
    """A territory without a label: a panel not painted yet, and no post."""

    name: str
    nature: str
    place: str

    def draw(self, *, demonstration: bool) -> bytes:
        card = Card(SURFACE, demonstration=demonstration)
        box = (110, 60, 1090, 462)
        card.box(box, LINE_STRONG, radius=34)
        card.box((box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3), PAPER, radius=31)
        middle = WIDTH // 2
        card.words(self.nature, (middle, 140), Face.REGULAR, 32, MUTED, anchor="ms")
        name = fit(self.name, Face.BOLD, width=860, height=250, most=132, lines=4, leading=1.08)
        card.block(name, (middle, 160 + (250 - name.height) // 2), INK, centred=True)
        card.foot(self.place)
        return card.png()


def sheet_of(sheet: Sheet) -> SheetPicture:
    """Reads its territory's département and its services' enjeux, to be fetched ahead."""
    return SheetPicture(
        title=sheet.title,
        territory=f"{sheet.territory} · {sheet.territory.department}",
        themes=tuple(sheet.theme_names[:THEMES_SHOWN]),
    )


def territory_of(territory: Territory) -> TerritoryPicture:
    """Reads its département, to be fetched ahead."""
    nature = territory.get_epci_kind_display() if territory.is_epci else "commune"
    known = [] if territory.population is None else [inhabitants(territory.population)]
    return TerritoryPicture(
        name=territory.name,
        nature=" · ".join([nature[:1].upper() + nature[1:], *known]),
        place=str(territory.department),
    )
