"""A table is read as its author sees it, whatever program saved it, and a trap is not opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from time import monotonic
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from tests.spreadsheets.excel import excel, saved, workbook
from tests.walk.dossiers import pdf
from villes_internet.spreadsheets import (
    Cell,
    CsvWorkbook,
    Line,
    OdsWorkbook,
    UnreadableTableError,
    Workbook,
    XlsxWorkbook,
    read,
)
from villes_internet.spreadsheets.xlsx_reading import MOST_UNZIPPED

ROWS = [["Titre", "Résumé"], ["Le « bus » du soir", "Deux\nlignes ; et une virgule, là"]]


def cells(data: bytes) -> list[tuple[str | date, ...]]:
    return [line.cells for line in read(data, sheet="Actions")]


def written(book: Workbook, rows: Sequence[Sequence[Cell]]) -> bytes:
    sheet = book.add("Actions", ["Titre"])
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.write(content)
    return content.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(separator: str, end: str, encoding: str) -> None:
    lines = [f"Titre{separator}Résumé", f'"Le ""bus"" d’été"{separator}"a{separator} b"']
    assert cells((end.join(lines) + end).encode(encoding)) == [
        ("Titre", "Résumé"),
        ('Le "bus" d’été', f"a{separator} b"),
    ]


def test_lines_are_numbered_as_a_spreadsheet_does() -> None:
    """A text of two lines is one row, an empty row is one too."""
    data = b'Titre;Texte\r\n"un";"deux\r\nlignes"\r\n;\r\n\r\ntrois;\r\n'
    assert [line.number for line in read(data, sheet="")] == [1, 2, 5]
    book = workbook([ROWS[0], ROWS[1], [], [None, ""], ["trois"]])
    assert [line.number for line in read(book, sheet="Actions")] == [1, 2, 5]


def test_a_separator_that_excel_announces_is_believed() -> None:
    found = read(b"sep=|\r\nTitre|Texte\r\na;b|c\r\n", sheet="")
    assert found == [Line(2, ("Titre", "Texte")), Line(3, ("a;b", "c"))]


def test_a_line_longer_than_its_heads_says_so() -> None:
    found = read(b"Titre;Texte\r\nun;deux;;\r\nun;deux ; trois\r\n", sheet="")
    assert [line.overflows for line in found] == [False, False, True]


def test_a_quote_left_open_is_said_and_swallows_nothing() -> None:
    with pytest.raises(UnreadableTableError, match="La ligne 2 ouvre un guillemet"):
        read(b'Titre;Texte\n"un;deux\ntrois;quatre\n', sheet="")


def test_a_workbook_gives_days_figures_and_texts_as_they_are_read() -> None:
    noon = datetime(2026, 12, 31, 12)  # noqa: DTZ001  # files know no zone
    row = [noon, date(2026, 1, 2), 12, 12.0, 0.1, True, False, " é "]
    assert cells(workbook([row])) == [
        (date(2026, 12, 31), date(2026, 1, 2), "12", "12", "0,1", "Oui", "Non", "é")
    ]


def test_the_sheet_of_that_name_is_read_else_the_first_that_is_seen() -> None:
    book = openpyxl.Workbook()
    for title in ("Notes", " actions "):
        book.create_sheet(title).append([title])
    book.worksheets[0].sheet_state = "hidden"
    assert cells(saved(book)) == [("actions",)]
    del book[" actions "]
    assert cells(saved(book)) == [("Notes",)]


def test_a_formula_is_never_run() -> None:
    """What Excel found is what is read; where the file does not say it, that is said."""
    data = workbook([["=1+1", "texte"], ["un", "deux"]])
    assert read(data, sheet="Actions") == [
        Line(1, ("", "texte"), frozenset({0})),
        Line(2, ("un", "deux")),
    ]
    computed = replaced(data, "xl/worksheets/sheet1.xml", b"<v />", b"<v>2</v>")
    assert cells(computed)[0] == ("2", "texte")
    empty = replaced(data, "xl/worksheets/sheet1.xml", b'r="A1"', b'r="A1" t="str"')
    assert read(empty, sheet="Actions")[0] == Line(1, ("", "texte"))


def test_what_looks_like_a_formula_is_a_text() -> None:
    texts = ["=cmd|' /C calc'!A0", "+33", "-point", "@nom", "'=déjà", "'simple"]
    book = written(XlsxWorkbook(), [texts])
    assert cells(book)[1] == tuple(texts)
    with ZipFile(BytesIO(written(CsvWorkbook(), [texts]))) as archive:
        assert cells(archive.read("actions.csv"))[1] == tuple(texts)
    assert cells(b"Titre;Texte\r\n=1+1;@nom\r\n")[1] == ("=1+1", "@nom")


def test_what_no_form_would_take_is_cleaned() -> None:
    assert cells(b"Titre;Texte\r\nun\x07;\x0bdeux\x1f")[1] == ("un", "deux")


def test_what_excel_writes_is_read() -> None:
    """Texts kept apart, ends of line of its own, days as numbers, a size that is wrong."""
    data = excel(
        strings="<si><t>Titre</t></si><si><r><t>Deux</t></r><r><t>_x000D_\nlignes</t></r></si>",
        rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>46387</v></c>'
        '<c r="C4" t="e"><v>#N/A</v></c>'
        '<c r="E4" t="str"><f>A1&amp;"!"</f><v>Titre!</v></c></row>',
    )
    assert read(data, sheet="Actions") == [
        Line(1, ("Titre",)),
        Line(4, ("Deux\nlignes", date(2026, 12, 31), "#N/A", "", "Titre!")),
    ]


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook, with other bytes in one of its members."""
    content = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(content, "w", ZIP_DEFLATED) as after:
        for member in before.namelist():
            kept = before.read(member)
            assert member != name or old in kept
            after.writestr(member, kept.replace(old, new, 1) if member == name else kept)
    return content.getvalue()


def zipped(**members: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "actions.ods": (lambda: written(OdsWorkbook(), []), "LibreOffice"),
    "actions.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ancien format"),
    "actions.pdf": (lambda: pdf("Actions"), "PDF"),
    "actions.docx": (lambda: zipped(word__document=b"<w/>"), "quel que soit son nom"),
    "actions.html": (lambda: b"\r\n<HTML><table></table></HTML>", "page"),
    "image.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "ni un classeur"),
    "cut.xlsx": (lambda: workbook(ROWS)[:900], "endommagé"),
    "broken.xlsx": (
        lambda: replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetDa"),
        "endommagé",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_named_and_the_way_out_with_it(name: str) -> None:
    make, said = OTHERS[name]
    with pytest.raises(UnreadableTableError, match=said) as refused:
        read(make(), sheet="Actions")
    assert "Enregistrez votre fichier au format" in str(refused.value)


def test_a_bomb_is_measured_before_it_is_opened() -> None:
    bomb = replaced(
        workbook(ROWS), "xl/worksheets/sheet1.xml", b"<sheetData>", b" " * MOST_UNZIPPED
    )
    assert len(bomb) < 50_000
    started = monotonic()
    with pytest.raises(UnreadableTableError, match="trop gros une fois ouvert"):
        read(bomb, sheet="Actions")
    assert monotonic() - started < 1


def test_entities_that_swell_are_not_followed() -> None:
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (rank, b"&e%d;" % (rank - 1) * 10) for rank in range(1, 9)
    )
    start = b'<!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">' + entities + b"]><worksheet"
    data = replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", b"<worksheet", start)
    data = replaced(data, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>&e8;")
    started = monotonic()
    with pytest.raises(UnreadableTableError, match="endommagé"):
        read(data, sheet="Actions")
    assert monotonic() - started < 2


def test_a_sheet_of_a_million_empty_rows_is_left() -> None:
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    data = replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>", far)
    with pytest.raises(UnreadableTableError, match="même vides"):
        read(data, sheet="Actions")
