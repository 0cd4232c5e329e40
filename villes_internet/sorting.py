"""Lists that are sorted by a column: `?tri=nom` upwards, `?tri=-nom` downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sorting:
    """The column that orders a list; `fields` are those of the database, the tie-break last."""

    column: str
    descending: bool
    fields: tuple[str, ...]

    @property
    def direction(self) -> str:
        """As `aria-sort` says it."""
        return "descending" if self.descending else "ascending"


def sorting(asked: str | None, columns: Mapping[str, str]) -> Sorting:
    """What was asked, or the first column upwards: what is not offered counts for nothing."""
    descending = (asked or "").startswith("-")
    column = (asked or "").removeprefix("-")
    if column not in columns:
        column, descending = next(iter(columns)), False
    return Sorting(column, descending, (f"{'-' if descending else ''}{columns[column]}", "pk"))
