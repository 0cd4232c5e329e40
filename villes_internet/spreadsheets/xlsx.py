"""XLSX, written as it comes (openpyxl's write-only mode)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from villes_internet.spreadsheets.cells import Cell, in_paris, looks_like_a_formula, readable
from villes_internet.spreadsheets.workbook import Sheet, Workbook

MOST = 32_767  # characters that a cell of Excel may hold
CUT = " […]"
WIDTH = 24  # characters of a column


@dataclass(frozen=True)
class Format:
    """How a column is to be filled by hand: `kind` is Excel's (TEXT, DAY or GENERAL)."""

    width: int = WIDTH  # characters
    kind: str = "General"


TEXT, DAY = "@", "dd/mm/yyyy"


class XlsxSheet(Sheet):
    def __init__(self, sheet: Any, heads: Sequence[str], formats: Sequence[Format]) -> None:
        self._sheet, self._kinds = sheet, [one.kind for one in formats]
        sheet.freeze_panes = "C2"
        sheet.sheet_format.defaultColWidth = WIDTH
        for rank, one in enumerate(formats, 1):
            column = sheet.column_dimensions[get_column_letter(rank)]
            column.width, column.number_format = one.width, one.kind
        named = [self._text(head) for head in heads]
        for cell in named:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(named)

    def append(self, row: Sequence[Cell]) -> None:
        cells = [self._written(cell) for cell in row]
        for rank, kind in enumerate(self._kinds[: len(cells)]):
            if cells[rank] is not None:
                cells[rank] = self._of_kind(cells[rank], kind)
        self._sheet.append(cells)

    def offer(self, rank: int, *, choices: str, rows: int) -> None:
        """Let the cells of a column be chosen in the range `choices`, which another sheet holds."""
        self._validate(
            rank,
            rows,
            DataValidation(
                type="list",
                formula1=choices,
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="Valeur inconnue",
                error="Choisissez une valeur de la liste.",
            ),
        )

    def ask_days(self, rank: int, *, rows: int) -> None:
        """Let the cells of a column take days alone, from 1980 on."""
        self._validate(
            rank,
            rows,
            DataValidation(
                type="date",
                operator="greaterThan",
                formula1="29220",  # 31 December 1979: a year alone would be a day of 1905
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="Date attendue",
                error="Écrivez le jour, le mois et l’année, comme 31/12/2025.",
            ),
        )

    def _validate(self, rank: int, rows: int, rule: DataValidation) -> None:
        column = get_column_letter(rank)
        rule.add(f"{column}2:{column}{rows + 1}")
        self._sheet.data_validations.append(rule)

    def _of_kind(self, written: Any, kind: str) -> Any:
        cell = written if isinstance(written, openpyxl.cell.Cell) else self._cell(written)
        cell.number_format = kind
        return cell

    def _cell(self, value: Any) -> Any:
        return WriteOnlyCell(self._sheet, value=value)

    def _written(self, cell: Cell) -> Any:
        if isinstance(cell, str):
            return self._text(cell) if cell else None
        return in_paris(cell) if isinstance(cell, datetime) else cell

    def _text(self, text: str) -> Any:
        """A cell said to be a text; one that looks like a formula stays so when it is edited."""
        text = readable(text)
        if len(text) > MOST:
            text = text[: MOST - len(CUT)] + CUT
        cell = self._cell(text)
        cell.data_type = "s"
        if looks_like_a_formula(text):
            cell.quotePrefix = True
        return cell


class XlsxWorkbook(Workbook):
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = "xlsx"

    def __init__(self) -> None:
        self._book = openpyxl.Workbook(write_only=True)

    def add(self, title: str, heads: Sequence[str], formats: Sequence[Format] = ()) -> XlsxSheet:
        return XlsxSheet(self._book.create_sheet(title), heads, formats)

    def write(self, target: BinaryIO) -> None:
        self._book.save(target)
