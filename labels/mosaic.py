"""The mosaïque des enjeux: which services some practices cover, enjeu by enjeu, in four families.

One picture for the agent who fills it, the jury who reads it and the public: each enjeu is a tile
shaded by its number of practices, each of its services a tessera that is set once it is covered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from labels.models import Edition, Theme

Link = tuple[str, str]
"""The codes of an enjeu and of one of its services."""

SHADES = 3


@dataclass(frozen=True)
class Tessera:
    """One service numérique, with the number of practices that contribute to it."""

    name: str
    count: int


@dataclass(frozen=True)
class Tile:
    """One enjeu, with the number of practices that contribute to at least one of its services.

    `weight` is its shade: 0 for none, then 1 to 3, as `Mosaic.shades` tells.
    """

    code: str
    name: str
    count: int
    weight: int
    services: tuple[Tessera, ...]

    @property
    def covered(self) -> list[Tessera]:
        return [service for service in self.services if service.count]


@dataclass(frozen=True)
class MosaicFamily:
    name: str
    themes: tuple[Tile, ...]


@dataclass(frozen=True)
class Shade:
    """Which numbers of practices a shade stands for; `most` is None for the darkest."""

    weight: int
    least: int
    most: int | None


@dataclass(frozen=True)
class Mosaic:
    families: tuple[MosaicFamily, ...]
    shades: tuple[Shade, ...]

    @property
    def tiles(self) -> list[Tile]:
        return [tile for family in self.families for tile in family.themes]

    @property
    def total(self) -> int:
        return len(self.tiles)

    @property
    def covered(self) -> int:
        return sum(1 for tile in self.tiles if tile.count)

    @property
    def services(self) -> int:
        return sum(len(tile.services) for tile in self.tiles)

    @property
    def covered_services(self) -> int:
        return sum(len(tile.covered) for tile in self.tiles)


@dataclass
class Weights:
    """How many practices contribute to each enjeu, and to each service."""

    themes: Mapping[str, int] = field(default_factory=Counter)
    services: Mapping[Link, int] = field(default_factory=Counter)


def weigh(practices: Iterable[Iterable[Link]]) -> Weights:
    """A practice counts once for an enjeu, however many of its services it contributes to."""
    themes: Counter[str] = Counter()
    services: Counter[Link] = Counter()
    for links in practices:
        touched = set(links)
        services.update(touched)
        themes.update({theme for theme, _ in touched})
    return Weights(themes, services)


def shades(most: int) -> tuple[Shade, ...]:
    """Three shades for tiles of `most` practices at the most: 1, 2 and more, or thirds of it."""
    least = [1 + max(shade, most * shade // SHADES) for shade in range(SHADES)]
    ends = [start - 1 for start in least[1:]]
    return tuple(
        Shade(weight, start, end)
        for weight, (start, end) in enumerate(zip(least, [*ends, None], strict=True), start=1)
    )


def mosaic(edition: Edition, weights: Weights) -> Mosaic:
    """Lay the mosaïque of an edition; one query."""
    legend = shades(max(weights.themes.values(), default=0))
    rows = (
        Theme.objects.filter(edition=edition)
        .order_by("position", "pk", "services__position", "services__pk")
        .values_list("family__name", "code", "name", "services__code", "services__name")
    )
    families: dict[str, list[Tile]] = {}
    for (family, code, name), group in groupby(rows, key=itemgetter(0, 1, 2)):
        count = weights.themes.get(code, 0)
        tile = Tile(
            code=code,
            name=name,
            count=count,
            weight=max((shade.weight for shade in legend if count >= shade.least), default=0),
            services=tuple(
                Tessera(service_name, weights.services.get((code, service), 0))
                for *_, service, service_name in group
                if service
            ),
        )
        families.setdefault(family, []).append(tile)
    return Mosaic(
        tuple(MosaicFamily(name, tuple(tiles)) for name, tiles in families.items()), legend
    )
