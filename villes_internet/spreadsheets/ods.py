"""ODS, written here: a ZIP of a little XML.

The libraries that write it have had no release since 2020, and hold the whole document in memory.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from villes_internet.spreadsheets.cells import Cell, in_paris, readable
from villes_internet.spreadsheets.workbook import Sheet, Workbook

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
PREFIXES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in PREFIXES.items())
DAY = (
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/>'
)
HOUR = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
OPENING = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {NAMES} office:version="1.3"><office:automatic-styles>
<number:date-style style:name="day">{DAY}</number:date-style>
<number:date-style style:name="moment">{DAY}{HOUR}</number:date-style>
<style:style style:name="column" style:family="table-column">
<style:table-column-properties style:column-width="4.5cm"/></style:style>
<style:style style:name="head" style:family="table-cell">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="dated" style:family="table-cell" style:data-style-name="day"/>
<style:style style:name="timed" style:family="table-cell" style:data-style-name="moment"/>
</office:automatic-styles><office:body><office:spreadsheet>
"""
CLOSING = "</office:spreadsheet></office:body></office:document-content>\n"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3"
 manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
SPACES = re.compile(" {2,}")


class OdsSheet(Sheet):
    def __init__(self, title: str, heads: Sequence[str]) -> None:
        self.title = title
        self.width = len(heads)
        self.file = TemporaryFile()  # noqa: SIM115  # closed by its workbook
        cells = "".join(_text(head, style="head") for head in heads)
        row = f"<table:table-row>{cells}</table:table-row>"
        self._put(f"<table:table-header-rows>{row}</table:table-header-rows>\n")

    def append(self, row: Sequence[Cell]) -> None:
        self._put(f"<table:table-row>{''.join(map(_written, row))}</table:table-row>\n")

    def opening(self) -> str:
        columns = (
            f'<table:table-column table:style-name="column" '
            f'table:number-columns-repeated="{self.width}"/>'
        )
        return f"<table:table table:name={quoteattr(self.title)}>{columns}\n"

    def _put(self, xml: str) -> None:
        self.file.write(xml.encode())


class OdsWorkbook(Workbook):
    content_type = MIMETYPE
    suffix = "ods"

    def __init__(self) -> None:
        self._sheets: list[OdsSheet] = []

    def add(self, title: str, heads: Sequence[str]) -> OdsSheet:
        sheet = OdsSheet(title, heads)
        self._sheets.append(sheet)
        return sheet

    def write(self, target: BinaryIO) -> None:
        """The type comes first and as it is: programs look for it there."""
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", MIMETYPE, ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            with archive.open("content.xml", "w") as content:
                content.write(OPENING.encode())
                for sheet in self._sheets:
                    content.write(sheet.opening().encode())
                    with sheet.file as rows:
                        rows.seek(0)
                        shutil.copyfileobj(rows, content)
                    content.write(b"</table:table>\n")
                content.write(CLOSING.encode())


def _written(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case datetime():
            value = in_paris(cell).isoformat()
            return _dated(value, style="timed")
        case date():
            return _dated(cell.isoformat(), style="dated")
        case Decimal() | int():
            return f'<table:table-cell office:value-type="float" office:value="{Decimal(cell):f}"/>'
    return _text(cell)


def _dated(value: str, *, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date" '
        f'office:date-value="{value}"/>'
    )


def _text(text: str, *, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{line}</text:p>" for line in _lines(text))
    return f'<table:table-cell{named} office:value-type="string">{lines}</table:table-cell>'


def _lines(text: str) -> Iterator[str]:
    """Spaces in a row and tabulations are elements: XML would make one space of them."""
    for line in readable(text).split("\n"):
        spaced = SPACES.sub(lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', escape(line))
        yield spaced.replace("\t", "<text:tab/>")
