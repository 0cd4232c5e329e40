"""What the files of territorial data say, row by row, once read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, said to the person who brought it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, ligne {self.line}" if self.line else self.file
        return f"{place}\u00a0: {self.message}"


class MalformedDataError(Exception):
    """The files cannot be loaded; `problems` lists every reason, in order of file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} anomalies")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RegionRow:
    line: int
    code: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    line: int
    code: str
    name: str
    zone: str
    region: str


@dataclass(frozen=True, slots=True)
class CommuneRow:
    line: int
    code: str
    name: str
    zone: str
    department: str
    region: str
    epci: str
    siren: str
    postal_codes: tuple[str, ...]
    population: int | None
    latitude: float | None
    longitude: float | None
    former_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EpciRow:
    line: int
    siren: str
    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A commune merged into another; `code` may be that of the commune it is part of."""

    line: int
    code: str
    name: str
    part_of: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """The five files, read and found consistent with one another."""

    regions: list[RegionRow] = field(default_factory=list)
    departments: list[DepartmentRow] = field(default_factory=list)
    communes: list[CommuneRow] = field(default_factory=list)
    epcis: list[EpciRow] = field(default_factory=list)
    formers: list[FormerRow] = field(default_factory=list)
