"""The file of an export, written a few dossiers at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from candidatures import pdf, tables
from candidatures.choices import ExportFormat
from candidatures.models import Candidature, Export
from villes_internet.spreadsheets import CsvWorkbook, OdsWorkbook, Workbook, XlsxWorkbook

AT_ONCE = 25  # dossiers held in memory, and written between two signs of life
WORKBOOKS: dict[str, type[Workbook]] = {
    ExportFormat.CSV: CsvWorkbook,
    ExportFormat.XLSX: XlsxWorkbook,
    ExportFormat.ODS: OdsWorkbook,
}

Beat = Callable[[int], None]  # told how many dossiers are written


def write(export: Export, target: BinaryIO, *, beat: Beat, at: datetime) -> str:
    """Write the whole file to `target`; returns what it is (its MIME type).

    Raises what `beat` raises, and PdfUnavailableError where the machine draws no PDF.
    """
    if export.format == ExportFormat.PDF:
        _write_documents(export, target, beat=beat, at=at)
        return "application/zip"
    workbook = WORKBOOKS[export.format]()
    questions = tables.questions_of(export.edition, export.candidatures)
    dossiers = workbook.add("Candidatures", [*tables.HEADS, *tables.heads_of(questions)])
    actions = workbook.add("Actions", tables.action_heads())
    done = 0
    for some in _by_parts(export.candidatures, AT_ONCE):
        for row in tables.rows(some, questions, at=at):
            dossiers.append(row)
        for row in tables.action_rows(some):
            actions.append(row)
        done += len(some)
        beat(done)
    workbook.write(target)
    return workbook.content_type


def _write_documents(export: Export, target: BinaryIO, *, beat: Beat, at: datetime) -> None:
    done = 0
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for some in _by_parts(export.candidatures, AT_ONCE):
            deposits = tables.deposits_of(some)
            for one in some:
                document = pdf.dossier(one, deposits.get(one.pk), at=at)
                archive.writestr(pdf.dossier_name(one), document)
                done += 1
                beat(done)


def _by_parts(keys: Sequence[int], size: int) -> Iterator[list[Candidature]]:
    """Those that still exist, in the order in which they were listed."""
    for start in range(0, len(keys), size):
        part = keys[start : start + size]
        found = Candidature.objects.with_details().in_bulk(part)
        yield [found[key] for key in part if key in found]
