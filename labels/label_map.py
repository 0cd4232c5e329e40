"""The map of the label: a point for each laureate, a shade for each département, and the table that
says the same. Drawn from the awards alone: before the proclamation there is nothing to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from labels.choices import LevelStatus
from labels.models import Award, Edition
from labels.mosaic import Shade
from villes_internet.french import plural
from villes_internet.territories.cartography import (
    NAMED,
    ZOOMED,
    Frame,
    Place,
    frame_of,
    place,
    spread,
)
from villes_internet.territories.models import Department, Region
from villes_internet.territories.spelling import sort_key

# The same for every edition, so that two maps compare.
SHADES = (Shade(1, 1, 1), Shade(2, 2, 4), Shade(3, 5, None))
RADII = {5: 12, 4: 11, 3: 9, 2: 8, 1: 6}  # units of the drawing: the area grows with the arobases
HOLLOW_RADIUS = 6
SHOWN = (
    "edition",
    "level",
    "level_status",
    "is_ten",
    "territory_name",
    "territory__code",
    "territory__latitude",
    "territory__longitude",
    "territory__department__name",
    "territory__department__region__name",
)
UNLEVELLED = {
    str(LevelStatus.UNKNOWN): "niveau non connu",
    str(LevelStatus.NONE): "sans arobase",
}


@dataclass(frozen=True)
class Point:
    """A laureate on the map, under the name of its award.

    A commune stands at its town hall, an EPCI at that of its largest commune. `place` is None for
    the collectivités d’outre-mer, of which no contour is at hand, and without coordinates.
    """

    code: str
    name: str
    words: str
    radius: int
    is_hollow: bool
    is_ten: bool
    department: str
    place: Place | None


@dataclass(frozen=True)
class Area:
    """A département, or the overseas collectivity that stands as its own, and its laureates."""

    code: str
    name: str
    count: int

    @property
    def weight(self) -> int:
        """Its shade, 1 to 3."""
        return max(shade.weight for shade in SHADES if self.count >= shade.least)

    @property
    def is_drawn(self) -> bool:
        return frame_of(self.code) is not None

    @property
    def is_zoomed(self) -> bool:
        return self.code in ZOOMED


@dataclass(frozen=True)
class RegionAreas:
    """A région, and its départements that have a laureate."""

    code: str
    name: str
    areas: tuple[Area, ...]

    @property
    def count(self) -> int:
        return sum(area.count for area in self.areas)


@dataclass(frozen=True)
class LabelMap:
    """`points` are drawn in this order: a smaller one lies on a larger one.

    Those with most laureates come first among the régions, and among the départements of each.
    """

    points: tuple[Point, ...]
    unplaced: tuple[Point, ...]
    regions: tuple[RegionAreas, ...]
    shades: tuple[Shade, ...] = SHADES
    frames: tuple[Frame, ...] = NAMED

    @property
    def count(self) -> int:
        return sum(region.count for region in self.regions)

    @property
    def departments(self) -> list[Area]:
        """Those that are drawn."""
        return [area for region in self.regions for area in region.areas if area.is_drawn]

    @property
    def overseas(self) -> list[Area]:
        """The collectivités d’outre-mer, which are not."""
        return [area for region in self.regions for area in region.areas if not area.is_drawn]

    @property
    def radii(self) -> list[int]:
        """Of one arobase to five, for the legend."""
        return sorted(RADII.values())

    @property
    def has_ten(self) -> bool:
        return any(point.is_ten for point in self.points)

    @property
    def has_hollow(self) -> bool:
        return any(point.is_hollow for point in self.points)


def label_map(edition: Edition) -> LabelMap:
    """Draw the map of an edition; one query."""
    awards = list(
        Award.objects.filter(edition=edition)
        .select_related("territory__department__region")
        .only(*SHOWN)
        .best_first()
    )
    points = sorted(map(_point, awards), key=lambda point: -point.radius)
    placed = [point for point in points if point.place]
    spots = spread((point.place, point.radius) for point in placed if point.place)
    return LabelMap(
        points=tuple(replace(point, place=spot) for point, spot in zip(placed, spots, strict=True)),
        unplaced=tuple(point for point in points if not point.place),
        regions=_regions(award.territory.department for award in awards),
    )


def _point(award: Award) -> Point:
    territory = award.territory
    if award.level:
        words = f"{award.level}\u00a0arobase{plural(award.level)}"
    else:
        words = UNLEVELLED[award.level_status]
    return Point(
        code=territory.code,
        name=award.territory_name,
        words=f"{words}, Territoire d’Excellence Numérique" if award.is_ten else words,
        radius=RADII[award.level] if award.level else HOLLOW_RADIUS,
        is_hollow=award.level is None,
        is_ten=award.is_ten,
        department=territory.department.name,
        place=place(
            territory.department_id, latitude=territory.latitude, longitude=territory.longitude
        ),
    )


def _regions(departments: Iterable[Department]) -> tuple[RegionAreas, ...]:
    by_region: dict[Region, list[Area]] = {}
    for department, count in Counter(departments).items():
        area = Area(department.code, department.name, count)
        by_region.setdefault(department.region, []).append(area)
    regions = (
        RegionAreas(region.code, region.name, tuple(sorted(areas, key=_most_first)))
        for region, areas in by_region.items()
    )
    return tuple(sorted(regions, key=_most_first))


def _most_first(one: Area | RegionAreas) -> tuple[int, str]:
    return -one.count, sort_key(one.name)
