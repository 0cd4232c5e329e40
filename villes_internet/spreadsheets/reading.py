"""A table that somebody sends: what it is, its bytes say; a CSV, or a sheet of an XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from villes_internet.french import number
from villes_internet.spreadsheets.cells import looks_like_a_formula, readable

MOST_ROWS = 20_000  # empty ones included
SEPARATORS = (";", ",", "\t")
ACCEPTED = (
    "Enregistrez votre fichier au format « Classeur Excel (.xlsx) » ou « CSV UTF-8 », puis "
    "envoyez-le de nouveau."
)
# What a spreadsheet shows in a cell that it cannot compute, in English and in French.
COMPUTING_ERROR = re.compile(
    r"#(REF!|N/?A|NOM\s?\?|NAME\?|VALEUR\s?!|VALUE!|DIV/0\s?!|NUL\s?!|NULL!|NOMBRE\s?!|NUM!)",
    re.IGNORECASE,
)
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f]")


class UnreadableTableError(ValueError):
    """No table can be read in it; the message says why to the person who sent it, in French."""


@dataclass(frozen=True)
class Line:
    """A row that is not empty, under the number that a spreadsheet gives it.

    A cell is a text, empty or not, or a day. `uncomputed` are the ranks of those that hold a
    formula whose result is not in the file: formulas are never run. A line of a CSV `overflows`
    when it has more cells than the first one: a separator stands in a text, outside of quotes.
    """

    number: int
    cells: tuple[str | date, ...]
    uncomputed: frozenset[int] = frozenset()
    overflows: bool = False

    def at(self, rank: int) -> str | date:
        return self.cells[rank] if rank < len(self.cells) else ""


def read_csv(data: bytes) -> Iterator[Line]:
    """The rows of a CSV, whatever its separator, its encoding and its ends of line."""
    text = _decoded(data)
    shift = 0
    separator = ""
    if named := re.match(r"sep=(.)\r?\n?", text, re.IGNORECASE):
        separator, text, shift = named[1], text[named.end() :], 1
    separator = separator or _separator(text)
    found = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rank, width = shift, 0
    while True:
        rank += 1
        try:
            row = next(found)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableTableError(
                f"La ligne {rank} ouvre un guillemet qui n’est pas refermé au bon endroit : la "
                "suite ne peut pas être lue. Enregistrez le fichier depuis un tableur, ou doublez "
                "les guillemets qui sont dans un texte."
            ) from error
        if rank > MOST_ROWS:
            raise too_many_rows()
        if cells := trimmed([_typed(cell) for cell in row]):
            width = width or len(cells)
            yield Line(rank, tuple(cells), overflows=len(cells) > width)


def trimmed(cells: Sequence[str | date]) -> Sequence[str | date]:
    """Without the empty cells of its end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def why_neither(data: bytes) -> str:
    """What a file that is no CSV and no XLSX is, and what to do; empty when it may be one."""
    if data.startswith(b"PK"):
        return _why_no_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            "C’est un classeur d’un ancien format (.xls), ou protégé par un mot de passe. "
            f"{ACCEPTED}"
        )
    if data.startswith(b"%PDF"):
        return f"C’est un document PDF, et non un tableau. {ACCEPTED}"
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"{\\rtf")):
        return (
            f"C’est une page ou un document, et non un tableau, quel que soit son nom. {ACCEPTED}"
        )
    return ""


def too_many_rows() -> UnreadableTableError:
    return UnreadableTableError(
        f"Cette feuille compte plus de {number(MOST_ROWS)} lignes, même vides. Copiez vos seules "
        "lignes remplies dans le modèle, puis envoyez-le."
    )


def _why_no_workbook(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return f"Ce classeur est incomplet ou endommagé. {ACCEPTED}"
    if b"opendocument" in kind:
        return f"C’est un fichier de LibreOffice (.ods ou .odt). {ACCEPTED}"
    if "xl/workbook.xml" not in names:
        return f"Ce fichier n’est pas un classeur Excel (.xlsx), quel que soit son nom. {ACCEPTED}"
    return ""


def _decoded(data: bytes) -> str:
    """UTF-8 or what Excel writes elsewhere: UTF-16 of its « texte Unicode », else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or 10 * len(UNSEEN.findall(text)) > len(text):
        raise UnreadableTableError(
            f"Ce fichier n’est ni un classeur Excel ni un CSV, quel que soit son nom. {ACCEPTED}"
        )
    return text


def _separator(text: str) -> str:
    """The one that makes the most cells of the first row that is not empty."""

    def cells(separator: str) -> int:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
        try:
            return next((len(row) for row in rows if any(map(str.strip, row))), 0)
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _typed(cell: str) -> str:
    """As it was typed: an apostrophe keeps what looks like a formula a text, here as in Excel."""
    text = readable(cell).strip()
    return text[1:] if text.startswith("'") and looks_like_a_formula(text[1:]) else text
