"""XLSX, written as it comes (openpyxl's write-only mode)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from villes_internet.spreadsheets.cells import Cell, in_paris, looks_like_a_formula, readable
from villes_internet.spreadsheets.workbook import Sheet, Workbook

MOST = 32_767  # characters that a cell of Excel may hold
CUT = " […]"
WIDTH = 24  # characters of a column


class XlsxSheet(Sheet):
    def __init__(self, sheet: Any, heads: Sequence[str]) -> None:
        self._sheet = sheet
        sheet.freeze_panes = "C2"
        sheet.sheet_format.defaultColWidth = WIDTH
        named = [self._text(head) for head in heads]
        for cell in named:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(named)

    def append(self, row: Sequence[Cell]) -> None:
        self._sheet.append([self._written(cell) for cell in row])

    def _written(self, cell: Cell) -> Any:
        if isinstance(cell, str):
            return self._text(cell) if cell else None
        return in_paris(cell) if isinstance(cell, datetime) else cell

    def _text(self, text: str) -> Any:
        """A cell said to be a text; one that looks like a formula stays so when it is edited."""
        text = readable(text)
        if len(text) > MOST:
            text = text[: MOST - len(CUT)] + CUT
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.data_type = "s"
        if looks_like_a_formula(text):
            cell.quotePrefix = True
        return cell


class XlsxWorkbook(Workbook):
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = "xlsx"

    def __init__(self) -> None:
        self._book = openpyxl.Workbook(write_only=True)

    def add(self, title: str, heads: Sequence[str]) -> XlsxSheet:
        return XlsxSheet(self._book.create_sheet(title), heads)

    def write(self, target: BinaryIO) -> None:
        self._book.save(target)
