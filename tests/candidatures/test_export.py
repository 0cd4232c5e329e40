"""The staff take away what the list shows, whole, once, and for some days."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from candidatures import exporting, services, tables
from candidatures.choices import ExportFormat, ExportState, QuestionKind
from candidatures.models import Answer, Candidature, Export, Question
from candidatures.models.export import KEPT
from candidatures.services.exports import LATE, MOST_ATTEMPTS, SILENT
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory
from tests.factories.users import UserFactory
from villes_internet import pdf
from villes_internet.files.models import StoredFile
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal
from villes_internet.spreadsheets import CsvWorkbook, OdsWorkbook, Workbook, XlsxWorkbook

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DANGEROUS = ["=1+1", "+33 1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "\r=1"]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def clock() -> datetime:
    return NOW


def asked(export_format: str, *candidatures: Candidature, at: datetime = NOW) -> Export:
    """Asked for, and not made: what is queued on commit does not leave in these tests."""
    return services.ask_for_export(
        candidatures[0].edition,
        format=export_format,
        candidatures=[one.pk for one in candidatures],
        criteria="Toutes les candidatures",
        by=UserFactory(staff=True),
        at=at,
    )


def made(export_format: str, *candidatures: Candidature) -> Export:
    export = asked(export_format, *candidatures)
    services.make_export(export.pk, clock=clock)
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    assert export.file
    with default_storage.open(export.file.path) as stored:
        return bytes(stored.read())


def csv_rows(data: bytes, name: str) -> list[list[str]]:
    with ZipFile(BytesIO(data)) as archive:
        text = archive.read(f"{name}.csv").decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


def xlsx_rows(data: bytes, name: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(data))
    return [[cell.value for cell in row] for row in book[name.capitalize()].iter_rows()]


def ods_rows(data: bytes, name: str) -> list[list[str]]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == 0
        root = ElementTree.fromstring(archive.read("content.xml"))
    [table] = [
        one for one in root.iter(f"{TABLE}table") if one.get(f"{TABLE}name") == name.capitalize()
    ]
    return [
        [_ods_cell(cell) for cell in row.iter(f"{TABLE}table-cell")]
        for row in table.iter(f"{TABLE}table-row")
    ]


def _ods_cell(cell: ElementTree.Element) -> str:
    typed = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value")
    for mark in cell.iter(f"{TEXT}tab"):
        mark.text = "\t"
    return typed or "\n".join("".join(line.itertext()) for line in cell)


READERS: dict[str, Callable[[bytes, str], list[list[Any]]]] = {
    ExportFormat.CSV: csv_rows,
    ExportFormat.XLSX: xlsx_rows,
    ExportFormat.ODS: ods_rows,
}


def sheet(export: Export, name: str = "candidatures") -> list[dict[str, Any]]:
    heads, *rows = READERS[export.format](content(export), name)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def question(edition: Any, label: str, **fields: Any) -> Question:
    made: Question = QuestionFactory(edition=edition, label=label, is_required=False, **fields)
    return made


def answer(candidature: Candidature, to: Question, value: str) -> None:
    Answer.objects.create(
        candidature=candidature,
        question=to,
        value=value,
        updated_at=NOW,
        updated_by=candidature.created_by,
    )


# --- What it holds --------------------------------------------------------------


@pytest.mark.parametrize("export_format", READERS)
def test_each_question_is_a_column_and_each_action_a_row(export_format: str) -> None:
    edition = EditionFactory()
    first = CandidatureFactory(edition=edition, territory=CommuneFactory(name="Arcueil"))
    second = CandidatureFactory(edition=edition, territory=CommuneFactory(name="Bièvres"))
    words = question(edition, "Pourquoi")
    figure = question(edition, "Combien", kind=QuestionKind.NUMBER)
    asked_of_both = question(edition, "Oui ou non", kind=QuestionKind.YES_NO)
    answer(first, words, "Pour l’été\net pour l’hiver ; « ici »")
    answer(first, figure, "12.50")
    answer(second, asked_of_both, "yes")
    for title in ("Fab lab", "Café"):
        InitiativeFactory(candidature=first, title=title)
    export = made(export_format, first, second)
    one, other = sheet(export)
    assert [one["Collectivité"], other["Collectivité"]] == ["Arcueil", "Bièvres"]
    assert one["Pourquoi"] == "Pour l’été\net pour l’hiver ; « ici »"
    assert str(one["Combien"]).replace(",", ".") in {"12.5", "12.50"}
    assert other["Oui ou non"] == "Oui"
    assert not other["Pourquoi"]
    assert [str(one["Actions"]), str(other["Actions"])] == ["2", "0"]
    actions = sheet(export, "actions")
    assert [(row["Collectivité"], row["Titre"]) for row in actions] == [
        ("Arcueil", "Fab lab"),
        ("Arcueil", "Café"),
    ]
    assert (export.state, export.done, export.total) == (ExportState.READY, 2, 2)


@pytest.mark.parametrize("export_format", READERS)
def test_what_one_typed_is_never_a_formula(export_format: str) -> None:
    edition = EditionFactory()
    words = question(edition, "Mots")
    dossiers = [CandidatureFactory(edition=edition) for _ in DANGEROUS]
    for dossier, text in zip(dossiers, DANGEROUS, strict=True):
        answer(dossier, words, text)
    export = made(export_format, *dossiers)
    found = [row["Mots"] for row in sheet(export)]
    kept = [text.replace("\r", "\n") for text in DANGEROUS]
    if export_format == ExportFormat.CSV:
        assert found == [f"'{text}" for text in kept]
        return
    assert found == kept
    if export_format == ExportFormat.XLSX:
        book = openpyxl.load_workbook(BytesIO(content(export)))
        cells = [cell for row in book["Candidatures"].iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert sum(bool(cell.quotePrefix) for cell in cells) == len(DANGEROUS)
    else:
        with ZipFile(BytesIO(content(export))) as archive:
            assert b"table:formula" not in archive.read("content.xml")


@settings(deadline=None)
@given(text=st.text(max_size=80))
@pytest.mark.parametrize("workbook", [CsvWorkbook, XlsxWorkbook, OdsWorkbook])
def test_whatever_is_typed_makes_a_file_that_opens(workbook: type[Workbook], text: str) -> None:
    book = workbook()
    book.add("Candidatures", ["Mots"]).append([text])
    target = BytesIO()
    book.write(target)
    formats = {
        CsvWorkbook: ExportFormat.CSV,
        XlsxWorkbook: ExportFormat.XLSX,
        OdsWorkbook: ExportFormat.ODS,
    }
    rows = READERS[formats[workbook]](target.getvalue(), "candidatures")
    assert len(rows) == 2 or not text.strip()


def test_excel_is_told_that_a_text_goes_on() -> None:
    book = XlsxWorkbook()
    book.add("Candidatures", ["Mots"]).append(["a" * 40_000])
    target = BytesIO()
    book.write(target)
    [_, [cell]] = xlsx_rows(target.getvalue(), "candidatures")
    assert len(cell) == 32_767
    assert cell.endswith("a […]")


def test_what_was_deposited_keeps_its_question_and_the_drafts_have_the_new_one() -> None:
    edition = EditionFactory()
    staff = UserFactory(staff=True)
    deposited = complete(edition=edition)
    old = question(edition, "La question")
    answer(deposited, old, "Une réponse")
    services.deposit(deposited, by=referent(deposited.territory), at=NOW)
    draft = CandidatureFactory(edition=edition)
    new = Question.objects.get(pk=old.pk)
    new.label = "La question mieux posée"
    services.change_question(new, by=staff, at=NOW)
    answer(draft, Question.objects.get(retired_at=None), "Une réponse neuve")
    rows = sheet(made(ExportFormat.XLSX, deposited, draft))
    assert [bool(row[old.label]) for row in rows] == [True, False]
    assert [row["La question mieux posée"] for row in rows] == [None, "Une réponse neuve"]


def test_what_is_taken_back_while_the_file_is_made_is_a_draft_in_it() -> None:
    question = QuestionFactory(edition=EditionFactory(), kind=QuestionKind.SHORT_TEXT)
    dossier = complete(edition=question.section.edition)
    agent = referent(dossier.territory)
    services.save_answers(dossier, values={question: ("Écrit", 0)}, by=agent, at=NOW)
    services.deposit(dossier, by=agent, at=NOW)
    fetched = list(Candidature.objects.with_details())
    services.withdraw_deposit(dossier, number=1, by=agent, at=NOW)
    [row] = tables.rows(fetched, [question], at=NOW)
    line = dict(zip(tables.HEADS, row, strict=False))
    assert (line["État"], line["Déposée le"], row[-1]) == ("en cours de rédaction", None, "Écrit")


def test_what_is_no_longer_asked_is_left_out() -> None:
    edition = EditionFactory()
    gate = question(edition, "Un lieu ?", kind=QuestionKind.YES_NO, code="lieu")
    behind = question(
        edition,
        "Lequel",
        asked_if=[{"question": "lieu", "operator": "is", "values": ["yes"]}],
    )
    dossier = CandidatureFactory(edition=edition)
    answer(dossier, gate, "no")
    answer(dossier, behind, "La médiathèque")
    [row] = sheet(made(ExportFormat.CSV, dossier))
    assert row["Lequel"] == ""


def test_the_dossiers_are_drawn_and_those_not_deposited_say_so() -> None:
    edition = EditionFactory()
    deposited = complete(edition=edition, territory=CommuneFactory(name="Arcueil"))
    services.deposit(deposited, by=referent(deposited.territory), at=NOW)
    draft = complete(edition=edition, territory=CommuneFactory(name="Bièvres"))
    export = made(ExportFormat.PDF, deposited, draft)
    with ZipFile(BytesIO(content(export))) as archive:
        texts = {
            name: PdfReader(BytesIO(archive.read(name))).pages[0].extract_text()
            for name in archive.namelist()
        }
    [first, second] = texts
    assert first.endswith("arcueil.pdf")
    assert second.endswith("bievres-projet.pdf")
    assert "non déposé" not in texts[first]
    assert "Projet, non déposé" in texts[second]
    assert export.name == "dossiers-2027-du-2026-11-02.zip"


def test_a_part_of_the_candidatures_costs_as_much_whatever_its_size() -> None:
    edition = EditionFactory()
    counts = {}
    for size in (1, 3):
        dossiers = [complete(edition=edition) for _ in range(size)]
        services.deposit(dossiers[0], by=referent(dossiers[0].territory), at=NOW)
        dossiers.append(complete(edition=edition))
        export = asked(ExportFormat.XLSX, *dossiers)
        with CaptureQueriesContext(connection) as captured:
            exporting.write(export, BytesIO(), beat=lambda done: None, at=NOW)
        counts[size] = len(captured)
    assert counts == {1: 13, 3: 13}


# --- How it is made -------------------------------------------------------------


def test_nothing_to_export_is_refused() -> None:
    with pytest.raises(Refusal, match="rien à exporter"):
        services.ask_for_export(
            EditionFactory(),
            format=ExportFormat.CSV,
            candidatures=[],
            criteria="",
            by=UserFactory(staff=True),
            at=NOW,
        )


def test_whoever_asked_is_told_once_it_is_ready() -> None:
    export = made(ExportFormat.CSV, CandidatureFactory())
    services.make_export(export.pk, clock=clock)
    letter = Message.objects.get()
    assert letter.to == export.requested_by.email
    assert f"/candidatures/exports/{export.pk}/" in letter.text
    export.refresh_from_db()
    assert export.attempts == 1


def test_killed_it_is_taken_up_again_and_the_dead_hand_writes_no_more() -> None:
    export = asked(ExportFormat.CSV, CandidatureFactory())
    taken = services.exports._take(export.pk, at=NOW)
    assert taken
    assert services.catch_up_exports(at=NOW + SILENT - MINUTE / 2) == 0
    later = NOW + SILENT + MINUTE
    with TestCase.captureOnCommitCallbacks() as queued:
        assert services.catch_up_exports(at=later) == 1
        assert services.catch_up_exports(at=later) == 0
    assert len(queued) == 1
    assert not services.exports._own(taken).exists()
    services.make_export(export.pk, clock=lambda: later)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.READY, 2)


def test_interrupted_three_times_it_has_failed_and_says_so() -> None:
    export = asked(ExportFormat.CSV, CandidatureFactory())
    at = NOW
    for _ in range(MOST_ATTEMPTS):
        assert services.exports._take(export.pk, at=at)
        at += SILENT + MINUTE
        services.catch_up_exports(at=at)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "interrompue trois fois" in export.error
    assert "échoué" in Message.objects.get().subject


def test_one_that_no_worker_took_is_queued_again() -> None:
    export = asked(ExportFormat.CSV, CandidatureFactory())
    assert services.catch_up_exports(at=NOW + LATE) == 0
    assert services.catch_up_exports(at=NOW + LATE + MINUTE) == 1
    export.refresh_from_db()
    assert export.state == ExportState.WAITING


def test_where_nothing_draws_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "weasyprint", None)
    export = made(ExportFormat.PDF, CandidatureFactory())
    assert export.state == ExportState.FAILED
    assert "Pango" in export.error


def test_after_some_days_its_file_is_gone_and_its_row_stays() -> None:
    export = made(ExportFormat.CSV, CandidatureFactory())
    stored = StoredFile.objects.get()
    services.remove_exports(at=NOW + KEPT)
    assert default_storage.exists(stored.path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert services.remove_exports(at=NOW + KEPT + MINUTE) == 1
        assert services.remove_exports(at=NOW + KEPT + MINUTE) == 0
    assert not default_storage.exists(stored.path)
    assert not StoredFile.objects.exists()
    export.refresh_from_db()
    assert export.state == ExportState.REMOVED


# --- The pages ------------------------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(staff=True))
    return client


def test_what_is_exported_is_what_the_list_shows(staff: Client) -> None:
    edition = EditionFactory(real=True)
    village = CandidatureFactory(edition=edition)
    town = CandidatureFactory(edition=edition, territory=CommuneFactory(town=True))
    other = CandidatureFactory(edition=edition, territory=CommuneFactory(town=True))
    CandidatureFactory(edition=EditionFactory(year=2026))
    address = f"/gestion/editions/{edition.year}/candidatures/exporter/"

    def exported(query: str) -> tuple[set[int], str]:
        answer = staff.post(f"{address}?{query}", {"format": "csv"})
        assert answer.status_code == 302
        export = Export.objects.latest("pk")
        return set(export.candidatures), export.criteria

    assert exported("") == ({village.pk, town.pk, other.pk}, "Toutes les candidatures")
    assert exported("type=ville") == ({town.pk, other.pk}, "Type\N{NO-BREAK SPACE}: ville")
    ticked, words = exported(f"c={village.pk}&c={town.pk}&c=0&c=x")
    assert (ticked, words) == ({village.pk, town.pk}, "2 candidatures choisies une à une")
    assert staff.post(f"{address}?departement=70&c=99999", {"format": "csv"}).status_code == 409
    assert staff.post(address, {"format": "exe"}).status_code == 422


def test_the_page_says_how_far_it_is_and_refreshes_itself(staff: Client) -> None:
    dossiers = [CandidatureFactory() for _ in range(3)]
    export = asked(ExportFormat.CSV, *dossiers)
    address = f"/gestion/editions/2027/candidatures/exports/{export.pk}/"
    assert "attend son tour" in staff.get(address).content.decode()
    services.exports._take(export.pk, at=NOW)
    Export.objects.update(done=2)
    part = staff.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'value="2"' in part
    assert 'hx-trigger="every 2s"' in part
    assert staff.get(f"{address}fichier/").status_code == 404
    Export.objects.update(state=ExportState.WAITING)
    services.make_export(export.pk, clock=clock)
    ready = staff.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in ready
    answer = staff.get(f"{address}fichier/")
    assert answer.getvalue().startswith(b"PK")
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="candidatures-2027-du-2026-11-02.zip"'
    )


@pytest.mark.parametrize("state", [ExportState.RUNNING, ExportState.FAILED, ExportState.REMOVED])
def test_what_does_not_wait_is_not_made(state: ExportState) -> None:
    export = asked(ExportFormat.CSV, CandidatureFactory())
    Export.objects.update(
        state=state, attempts=1, error="Une panne", finished_at=NOW, beaten_at=NOW
    )
    assert not services.exports._take(export.pk, at=NOW)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (state, 1)
