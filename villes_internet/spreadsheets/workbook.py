"""What the three formats share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import BinaryIO

from villes_internet.spreadsheets.cells import Cell


class Sheet(ABC):
    """A table whose first row names the columns."""

    @abstractmethod
    def append(self, row: Sequence[Cell]) -> None:
        """Write a row; nothing of it stays in memory."""


class Workbook(ABC):
    """Sheets that may be filled by turns, then written to a file once."""

    content_type: str
    suffix: str

    @abstractmethod
    def add(self, title: str, heads: Sequence[str]) -> Sheet:
        """A new sheet, after the others."""

    @abstractmethod
    def write(self, target: BinaryIO) -> None:
        """The whole file, once every row is there."""
