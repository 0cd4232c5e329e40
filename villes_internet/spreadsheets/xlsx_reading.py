"""A sheet of an XLSX, read by openpyxl as it comes; nothing is opened before it is measured."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from itertools import repeat
from typing import Any
from zipfile import ZipFile

import openpyxl

from villes_internet.spreadsheets.cells import readable
from villes_internet.spreadsheets.reading import (
    ACCEPTED,
    MOST_ROWS,
    Line,
    UnreadableTableError,
    read_csv,
    too_many_rows,
    trimmed,
    why_neither,
)

MOST_COLUMNS = 100
MOST_UNZIPPED = 8 * 1024 * 1024  # bytes, of all that the archive holds
MOST_MEMBERS = 500
FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")
# How a file of Excel writes the half of an end of line that XML would lose.
CARRIAGE_RETURN = re.compile(r"_x000D_\n?", re.IGNORECASE)


def read(data: bytes, *, sheet: str) -> list[Line]:
    """The rows of a CSV, or of an XLSX: of that sheet, else of the first one that is not hidden.

    Raises UnreadableTableError.
    """
    if why_not := why_neither(data):
        raise UnreadableTableError(why_not)
    return read_xlsx(data, sheet=sheet) if data.startswith(b"PK") else list(read_csv(data))


def read_xlsx(data: bytes, *, sheet: str) -> list[Line]:
    _measure(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook holds and this reading leaves
            return list(_lines(data, sheet))
    except UnreadableTableError:
        raise
    except Exception as error:  # whatever a parser says of a hostile file, it is unreadable
        raise UnreadableTableError(f"Ce classeur est incomplet ou endommagé. {ACCEPTED}") from error


def _measure(data: bytes) -> None:
    """The sizes that the archive gives: no more of a member than its own is ever read."""
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNZIPPED:
        raise UnreadableTableError(
            "Ce classeur est trop gros une fois ouvert. Copiez vos seules lignes dans le modèle, "
            "sans image ni autre feuille, puis envoyez-le."
        )


def _lines(data: bytes, sheet: str) -> Iterator[Line]:
    formulas = _formulas_of(data)
    with closing(_opened(data, results=True)) as book:
        table = _table(book, sheet)
        twin = _rows(formulas[table.title]) if formulas else repeat(())
        for rank, (row, computing) in enumerate(zip(_rows(table), twin, strict=False), 1):
            if rank > MOST_ROWS:
                raise too_many_rows()
            cells = [_typed(cell.value) for cell in row]
            uncomputed = frozenset(
                place
                for place, cell in enumerate(computing)
                if cell.data_type == "f" and row[place].value is None
                if row[place].data_type == "n"  # an empty text is a result
            )
            if uncomputed or any(cells):
                yield Line(rank, tuple(trimmed(cells)), uncomputed)
    if formulas:
        formulas.close()


def _opened(data: bytes, *, results: bool) -> Any:
    return openpyxl.load_workbook(
        BytesIO(data), read_only=True, data_only=results, keep_links=False
    )


def _table(book: Any, name: str) -> Any:
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    if not visible:
        raise UnreadableTableError(f"Ce classeur n’a aucune feuille à lire. {ACCEPTED}")
    named = (one for one in visible if one.title.strip().casefold() == name.casefold())
    return next(named, visible[0])


def _rows(table: Any) -> Iterator[tuple[Any, ...]]:
    """What a sheet says of its own size is often wrong: only its rows are believed."""
    table.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = table.iter_rows(max_col=MOST_COLUMNS)
    return rows


def _formulas_of(data: bytes) -> Any:
    """The same workbook as it computes, if it does: what its results do not say of it."""
    with ZipFile(BytesIO(data)) as archive:
        computes = any(
            FORMULA.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )
    return _opened(data, results=False) if computes else None


def _typed(value: Any) -> str | date:
    """As its reader sees it; the time of a day is left out, no column asks for one."""
    match value:
        case None:
            return ""
        case bool():
            return "Oui" if value else "Non"
        case datetime():
            return value.date()
        case date():
            return value
        case float():
            return f"{value:.15g}".replace(".", ",")
    return readable(CARRIAGE_RETURN.sub("\n", str(value))).strip()
