"""What the database holds and what the files ask for, in the same shape, to be compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from villes_internet.territories import spelling
from villes_internet.territories.choices import NameKind, TerritoryKind
from villes_internet.territories.models import Perimeter, Territory, TerritoryName

if TYPE_CHECKING:
    from datetime import date

    from villes_internet.territories.importing.rows import CommuneRow, Dataset


class Place(NamedTuple):
    """A territory as a row of its table: the names of the fields are those of the columns."""

    code: str
    kind: str
    epci_kind: str
    name: str
    sort_key: str
    slug: str
    siren: str
    department_id: str
    postal_codes: list[str]
    population: int | None
    latitude: float | None
    longitude: float | None


class OtherName(NamedTuple):
    """`territory` is a code."""

    territory: str
    kind: str
    name: str
    code: str


class OpenPerimeter(NamedTuple):
    pk: int
    epci: str
    since: int


class Known(NamedTuple):
    """What the database holds."""

    places: dict[str, Place]
    vanished: dict[str, date]
    names: dict[OtherName, int]
    perimeters: dict[str, OpenPerimeter]  # by code of the commune


class Wanted(NamedTuple):
    """What the files ask for."""

    places: dict[str, Place]
    names: set[OtherName]
    perimeters: dict[str, str]  # EPCI by commune
    successors: dict[str, str]  # current commune by old code


def known() -> Known:
    rows = Territory.objects.values_list(*Place._fields, "vanished_on")
    places, vanished = {}, {}
    for *values, vanished_on in rows:
        place = Place(*values)
        places[place.code] = place
        if vanished_on:
            vanished[place.code] = vanished_on
    names = {
        OtherName(territory, kind, name, code): pk
        for pk, territory, kind, name, code in TerritoryName.objects.values_list(
            "pk", "territory__code", "kind", "name", "code"
        )
    }
    perimeters = {
        commune: OpenPerimeter(pk, epci, since)
        for pk, commune, epci, since in Perimeter.objects.filter(years__upper_inf=True).values_list(
            "pk", "commune__code", "epci__code", "years__startswith"
        )
    }
    return Known(places, vanished, names, perimeters)


def wanted(data: Dataset, known_places: dict[str, Place]) -> Wanted:
    """`known_places` give the names of communes that the files know by their old code only."""
    places = {row.code: _commune(row) for row in data.communes}
    places.update(_epcis(data))
    successors = {code: row.code for row in data.communes for code in row.former_codes}
    successors |= {row.code: row.part_of for row in data.formers if row.code != row.part_of}
    return Wanted(
        places,
        {*_old_names(data, places, successors, known_places), *_official_names(data, places)},
        {row.code: row.epci for row in data.communes if row.epci},
        successors,
    )


def _commune(row: CommuneRow) -> Place:
    name = spelling.typographic(row.name)
    return Place(
        code=row.code,
        kind=TerritoryKind.COMMUNE,
        epci_kind="",
        name=name,
        sort_key=spelling.sort_key(name),
        slug=spelling.slug(name),
        siren=row.siren,
        department_id=row.department,
        postal_codes=list(row.postal_codes),
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _epcis(data: Dataset) -> dict[str, Place]:
    """EPCI with the sum of their communes' populations.

    Their département is that of the largest share of the population, their place on the map that
    of the largest commune whose own is known.
    """
    communes = {row.code: row for row in data.communes}
    places = {}
    for row in data.epcis:
        members = sorted(
            (communes[code] for code in row.members), key=lambda m: (-(m.population or 0), m.code)
        )
        seat = next((member for member in members if member.latitude is not None), members[0])
        shares: dict[str, int] = defaultdict(int)
        for member in members:
            shares[member.department] += member.population or 0
        name = spelling.epci_name(row.name, row.kind)
        places[row.siren] = Place(
            code=row.siren,
            kind=TerritoryKind.EPCI,
            epci_kind=row.kind,
            name=name,
            sort_key=spelling.sort_key(name),
            slug=spelling.slug(name),
            siren=row.siren,
            department_id=min(shares, key=lambda code: (-shares[code], code)),
            postal_codes=[],
            population=sum(shares.values()),
            latitude=seat.latitude,
            longitude=seat.longitude,
        )
    return places


def _old_names(
    data: Dataset,
    places: dict[str, Place],
    successors: dict[str, str],
    known_places: dict[str, Place],
) -> set[OtherName]:
    names = {row.code: spelling.typographic(row.name) for row in data.formers}
    holders = successors | {row.code: row.part_of for row in data.formers}
    found = set()
    for code, holder in holders.items():
        name = names.get(code, "")
        if not name and code in known_places:
            name = known_places[code].name
        if spelling.sort_key(name) == places[holder].sort_key:
            name = ""
        if name or code != holder:
            found.add(OtherName(holder, NameKind.FORMER, name, code))
    return found


def _official_names(data: Dataset, places: dict[str, Place]) -> set[OtherName]:
    return {
        OtherName(row.siren, NameKind.OFFICIAL, spelling.typographic(row.name), "")
        for row in data.epcis
        if spelling.sort_key(row.name) != places[row.siren].sort_key
    }
