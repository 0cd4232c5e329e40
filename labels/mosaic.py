"""The mosaïque des enjeux: how many practices cover each enjeu, in four families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from labels.models import Edition, Theme


@dataclass(frozen=True)
class Tile:
    """One enjeu, with the number of practices linked to at least one of its services."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class MosaicFamily:
    name: str
    themes: tuple[Tile, ...]


@dataclass(frozen=True)
class Mosaic:
    families: tuple[MosaicFamily, ...]

    @property
    def total(self) -> int:
        return sum(len(family.themes) for family in self.families)

    @property
    def covered(self) -> int:
        return sum(1 for family in self.families for tile in family.themes if tile.count)


def mosaic(edition: Edition, practices: Iterable[Iterable[str]]) -> Mosaic:
    """Draw the mosaïque of an edition from the enjeu codes of each practice; one query."""
    counts = Counter(code for codes in practices for code in set(codes))
    families: dict[str, list[Tile]] = {}
    for theme in (
        Theme.objects.filter(edition=edition).select_related("family").order_by("position")
    ):
        tile = Tile(theme.code, theme.name, counts[theme.code])
        families.setdefault(theme.family.name, []).append(tile)
    return Mosaic(tuple(MosaicFamily(name, tuple(tiles)) for name, tiles in families.items()))
