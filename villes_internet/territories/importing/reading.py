"""Reads the files of territorial data, and says line by line what is wrong in them."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from villes_internet.territories.choices import EpciKind, Zone
from villes_internet.territories.importing.rows import (
    CommuneRow,
    Dataset,
    DepartmentRow,
    EpciRow,
    FormerRow,
    MalformedDataError,
    Problem,
    RegionRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

INSEE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
AREA_CODE = re.compile(r"[0-9][0-9AB][0-9]?")
SIREN = re.compile(r"[0-9]{9}")
POSTAL_CODE = re.compile(r"[0-9]{5}")
LONGEST_NAME = 120  # characters, before « CC » is spelled out; the column holds 160

COLUMNS = {
    "regions.csv": ("code", "name", "zone"),
    "departments.csv": ("code", "name", "region", "zone"),
    "communes.csv": (
        *("code", "name", "zone", "department", "region", "epci", "siren", "postal_codes"),
        *("population", "latitude", "longitude", "former_codes"),
    ),
    "epci.csv": ("siren", "name", "kind", "members"),
    "former_communes.csv": ("code", "name", "part_of"),
}


def luhn(digits: str) -> bool:
    """Whether the last digit is the key of the others, as in every SIREN."""
    doubled = (int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class Reader:
    """One file: hands out its rows, and notes what is wrong with the row in hand."""

    def __init__(self, directory: Path, file: str, problems: list[Problem]) -> None:
        self.path = directory / file
        self.file = file
        self.problems = problems
        self.line = 0
        self.cells: dict[str, str] = {}

    def complain(self, message: str, line: int | None = None) -> None:
        self.problems.append(Problem(self.file, self.line if line is None else line, message))

    def rows(self) -> Iterator[Reader]:
        """Itself, once for each well-formed row."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as stream:
                yield from self._rows(stream)
        except FileNotFoundError:
            self.complain("fichier introuvable.", line=0)
        except UnicodeDecodeError:
            self.complain("fichier illisible\u00a0: il n’est pas encodé en UTF-8.", line=0)
        except csv.Error as error:
            self.complain(f"CSV illisible ({error}).", line=self.line + 1)

    def _rows(self, stream: Iterator[str]) -> Iterator[Reader]:
        reader = csv.reader(stream, strict=True)
        header = next(reader, [])
        missing = [column for column in COLUMNS[self.file] if column not in header]
        if missing:
            self.complain(f"colonne absente\u00a0: {', '.join(missing)}.", line=1)
            return
        for cells in reader:
            self.line = reader.line_num
            if len(cells) != len(header):
                self.complain(f"{len(cells)} cellules au lieu de {len(header)}.")
                continue
            self.cells = dict(zip(header, map(str.strip, cells), strict=True))
            yield self
        if self.line == 0:
            self.complain("le fichier ne contient aucune ligne.", line=0)

    def code(self, column: str, pattern: re.Pattern[str], what: str) -> str:
        value = self.cells[column]
        if not pattern.fullmatch(value):
            self.complain(f"«\u00a0{value}\u00a0» n’est pas {what}.")
        return value

    def siren(self, column: str) -> str:
        value = self.code(column, SIREN, "un SIREN (9 chiffres)")
        if SIREN.fullmatch(value) and not luhn(value):
            self.complain(f"SIREN {value}\u00a0: la clé de contrôle est fausse.")
        return value

    def name(self) -> str:
        value = self.cells["name"]
        if not value:
            self.complain("le nom est vide.")
        if len(value) > LONGEST_NAME:
            self.complain(f"le nom dépasse {LONGEST_NAME} caractères.")
        return value

    def one_of(self, column: str, known: Collection[str], what: str) -> str:
        value = self.cells[column]
        if known and value not in known:  # an unread file is complained of once
            self.complain(f"«\u00a0{value}\u00a0»\u00a0: {what}.")
        return value

    def population(self) -> int | None:
        value = self.cells["population"]
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value):
            self.complain(
                f"population «\u00a0{value}\u00a0»\u00a0: attendu un entier positif, zéro ou rien."
            )
            return None
        return int(value)

    def degrees(self, column: str, limit: int) -> float | None:
        value = self.cells[column]
        if not value:
            return None
        if not re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", value) or abs(float(value)) > limit:
            self.complain(
                f"{column} «\u00a0{value}\u00a0»\u00a0: attendu entre −{limit} et {limit}."
            )
            return None
        return float(value)

    def codes(self, column: str, pattern: re.Pattern[str], what: str) -> tuple[str, ...]:
        values = tuple(self.cells[column].split())
        for value in values:
            if not pattern.fullmatch(value):
                self.complain(f"«\u00a0{value}\u00a0» n’est pas {what}.")
        return values


def read(directory: Path) -> Dataset:
    """Read the five files of `directory`.

    Raises MalformedDataError with every problem found, not only the first.
    """
    problems: list[Problem] = []
    data = Dataset()
    _read_areas(directory, data, problems)
    _read_communes(directory, data, problems)
    _read_epcis(directory, data, problems)
    _read_formers(directory, data, problems)
    if problems:
        raise MalformedDataError(problems)
    return data


def _read_areas(directory: Path, data: Dataset, problems: list[Problem]) -> None:
    for row in Reader(directory, "regions.csv", problems).rows():
        data.regions.append(
            RegionRow(
                row.line,
                row.code("code", AREA_CODE, "un code de région"),
                row.name(),
                row.one_of("zone", Zone.values, "zone inconnue"),
            )
        )
    regions = {region.code for region in data.regions}
    for row in Reader(directory, "departments.csv", problems).rows():
        data.departments.append(
            DepartmentRow(
                row.line,
                row.code("code", AREA_CODE, "un code de département"),
                row.name(),
                row.one_of("zone", Zone.values, "zone inconnue"),
                row.one_of("region", regions, "région inconnue"),
            )
        )


def _read_communes(directory: Path, data: Dataset, problems: list[Problem]) -> None:
    departments = {department.code for department in data.departments}
    regions = {region.code for region in data.regions}
    for row in Reader(directory, "communes.csv", problems).rows():
        latitude, longitude = row.degrees("latitude", 90), row.degrees("longitude", 180)
        if (latitude is None) != (longitude is None):
            row.complain("latitude et longitude vont ensemble.")
        data.communes.append(
            CommuneRow(
                line=row.line,
                code=row.code("code", INSEE_CODE, "un code INSEE (5 caractères)"),
                name=row.name(),
                zone=row.one_of("zone", Zone.values, "zone inconnue"),
                department=row.one_of("department", departments, "département inconnu"),
                region=row.one_of("region", regions, "région inconnue"),
                epci=row.siren("epci") if row.cells["epci"] else "",
                siren=row.siren("siren") if row.cells["siren"] else "",
                postal_codes=row.codes("postal_codes", POSTAL_CODE, "un code postal (5 chiffres)"),
                population=row.population(),
                latitude=latitude,
                longitude=longitude,
                former_codes=row.codes("former_codes", INSEE_CODE, "un ancien code INSEE"),
            )
        )


def _read_epcis(directory: Path, data: Dataset, problems: list[Problem]) -> None:
    for row in Reader(directory, "epci.csv", problems).rows():
        members = row.codes("members", INSEE_CODE, "un code INSEE (5 caractères)")
        if not members:
            row.complain("l’intercommunalité n’a aucun membre.")
        data.epcis.append(
            EpciRow(
                row.line,
                row.siren("siren"),
                row.name(),
                row.one_of("kind", EpciKind.values, "nature juridique inconnue"),
                members,
            )
        )


def _read_formers(directory: Path, data: Dataset, problems: list[Problem]) -> None:
    for row in Reader(directory, "former_communes.csv", problems).rows():
        data.formers.append(
            FormerRow(
                row.line,
                row.code("code", INSEE_CODE, "un code INSEE (5 caractères)"),
                row.name(),
                row.code("part_of", INSEE_CODE, "un code INSEE (5 caractères)"),
            )
        )
