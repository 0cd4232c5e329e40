"""CSV as a French Excel opens it with a double click: one file for each sheet, in a ZIP."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import slugify

from villes_internet.spreadsheets.cells import Cell, in_paris, looks_like_a_formula, readable
from villes_internet.spreadsheets.workbook import Sheet, Workbook


class CsvSheet(Sheet):
    def __init__(self, title: str) -> None:
        self.name = f"{slugify(title)}.csv"
        self.file = TemporaryFile()  # noqa: SIM115  # closed by its workbook
        # The mark tells Excel that it is UTF-8; French writes decimals with a comma, hence « ; ».
        self._text = TextIOWrapper(self.file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text, delimiter=";", lineterminator="\r\n")

    def append(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([_written(cell) for cell in row])

    def rewind(self) -> BinaryIO:
        self._text.flush()
        self.file.seek(0)
        return self.file


class CsvWorkbook(Workbook):
    content_type = "application/zip"
    suffix = "zip"

    def __init__(self) -> None:
        self._sheets: list[CsvSheet] = []

    def add(self, title: str, heads: Sequence[str]) -> CsvSheet:
        sheet = CsvSheet(title)
        sheet.append(heads)
        self._sheets.append(sheet)
        return sheet

    def write(self, target: BinaryIO) -> None:
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for sheet in self._sheets:
                with sheet.rewind() as rows, archive.open(sheet.name, "w") as entry:
                    shutil.copyfileobj(rows, entry)


def _written(cell: Cell) -> str:
    """As text, for a CSV holds nothing else: one that could be a formula follows an apostrophe."""
    match cell:
        case None:
            return ""
        case datetime():
            return in_paris(cell).isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case int():
            return str(cell)
    text = readable(cell)
    return f"'{text}" if looks_like_a_formula(text) else text
