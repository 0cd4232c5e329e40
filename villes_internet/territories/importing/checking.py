"""Whether the files of territorial data agree with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from villes_internet.territories.importing.rows import Dataset, MalformedDataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class _Line(Protocol):
    @property
    def line(self) -> int: ...


def check(data: Dataset) -> None:
    """Raises MalformedDataError with every contradiction, in order of file and line."""
    found = [
        *_doubles("regions.csv", "code", ((row, row.code) for row in data.regions)),
        *_doubles("departments.csv", "code", ((row, row.code) for row in data.departments)),
        *_doubles("communes.csv", "code", ((row, row.code) for row in data.communes)),
        *_doubles("communes.csv", "SIREN", ((row, row.siren) for row in data.communes)),
        *_doubles(
            "communes.csv",
            "ancien code",
            ((row, code) for row in data.communes for code in row.former_codes),
        ),
        *_communes(data),
        *_doubles("epci.csv", "SIREN", ((row, row.siren) for row in data.epcis)),
        *_members(data),
        *_doubles("former_communes.csv", "code", ((row, row.code) for row in data.formers)),
        *_formers(data),
    ]
    if found:
        raise MalformedDataError(sorted(found, key=lambda problem: (problem.file, problem.line)))


def _doubles(file: str, what: str, rows: Iterable[tuple[_Line, str]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row, value in rows:
        if not value:
            continue
        if value in first:
            yield Problem(file, row.line, f"{what} {value} déjà lu à la ligne {first[value]}.")
        else:
            first[value] = row.line


def _communes(data: Dataset) -> Iterator[Problem]:
    region_of = {department.code: department.region for department in data.departments}
    current = {commune.code for commune in data.communes}
    epci_of = {code: epci.siren for epci in data.epcis for code in epci.members}
    for row in data.communes:
        if region_of[row.department] != row.region:
            yield Problem(
                "communes.csv",
                row.line,
                f"le département {row.department} n’est pas dans la région {row.region}.",
            )
        for code in row.former_codes:
            if code in current:
                yield Problem(
                    "communes.csv", row.line, f"l’ancien code {code} est celui d’une commune."
                )
        if epci_of.get(row.code, "") != row.epci:
            said = row.epci or "aucune intercommunalité"
            listed = epci_of.get(row.code) or "aucune intercommunalité"
            yield Problem(
                "communes.csv", row.line, f"{row.code} dit {said}, epci.csv dit {listed}."
            )


def _members(data: Dataset) -> Iterator[Problem]:
    current = {commune.code for commune in data.communes}
    member_of: dict[str, str] = {}
    for row in data.epcis:
        for code in row.members:
            if code not in current:
                yield Problem("epci.csv", row.line, f"le membre {code} n’est pas une commune.")
            elif code in member_of:
                yield Problem("epci.csv", row.line, f"{code} est déjà membre de {member_of[code]}.")
            else:
                member_of[code] = row.siren


def _formers(data: Dataset) -> Iterator[Problem]:
    current = {commune.code for commune in data.communes}
    for row in data.formers:
        if row.part_of not in current:
            yield Problem("former_communes.csv", row.line, f"{row.part_of} n’est pas une commune.")
        if row.code in current and row.code != row.part_of:
            yield Problem(
                "former_communes.csv", row.line, f"{row.code} est encore le code d’une commune."
            )
