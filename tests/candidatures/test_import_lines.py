"""A file of actions is read as it was meant, and each line is judged as typing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from time import monotonic

import openpyxl
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidatures.forms import InitiativeForm
from candidatures.forms.importing import MOST_BYTES, MOST_LINES
from candidatures.importing.cells import Referential, typed
from candidatures.importing.columns import COLUMNS
from candidatures.models import Candidature, Initiative
from candidatures.tables import action_heads, action_rows
from labels.models import DigitalService
from tests.candidatures.files import (
    HEADS,
    address,
    agent,
    candidature,
    confirm,
    faults,
    line,
    ordinary,
    refusal,
    sealed,
    send,
    table,
    titles,
    words,
)
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
)
from tests.factories.labels import DigitalServiceFactory, EditionFactory
from tests.spreadsheets.excel import workbook
from villes_internet.calendar import day_of
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

__all__ = ["agent", "candidature"]

TOOLS = {"tools-0-0": "Nextcloud", "tools-0-1": "AGPL", "tools-1-0": "Agenda", "tools-1-1": ""}


# --- Line by line ---------------------------------------------------------------------------------


def test_all_that_is_wrong_is_said_at_once_where_the_spreadsheet_shows_it(
    client: Client, candidature: Candidature, agent: User
) -> None:
    data = table(
        line(1, title="", kind="gare"),
        "",
        line(2, service="Bus numérique", started_on="31/02/2025"),
        line(3, kind="gare", mode="#REF!", started_on="31/12/2199"),
        line(4, kind="gare"),
    )
    assert faults(send(client, candidature, data)) == [
        ("2", "Titre", "Ce champ est obligatoire."),
        ("2, 5 et 6", "Nature", NO_SUCH_KIND),
        ("4", "Service 1", NO_SUCH_SERVICE),
        ("4", "Date de début", NO_SUCH_DAY),
        ("5", "Mode de gestion", NOT_COMPUTED),
        ("5", "Date de début", TO_COME),
    ]


NO_SUCH_KIND = (
    "Cette valeur n’est pas dans la liste : « projet », « lieu », « événement » ou « service »."
)
NO_SUCH_SERVICE = (
    "Ce service n’est pas dans le référentiel de l’édition. "
    "Vouliez-vous dire « Bus du numérique » ?"
)
NO_SUCH_DAY = (
    "Ce jour n’existe pas dans le calendrier : écrivez le jour, le mois puis l’année, comme "
    "31/12/2025."
)
NOT_COMPUTED = "Cette cellule montre une erreur de calcul du tableur : remplacez-la par son texte."
TO_COME = "Cette date est à venir : le label accueille les actions qui ont commencé."


def test_a_line_is_judged_as_typing_is(
    client: Client, candidature: Candidature, agent: User
) -> None:
    """The same words for the same fault, recency included."""
    opens_on = candidature.edition.opens_on
    old = opens_on.replace(year=opens_on.year - 9, day=1)
    wrong = {
        "title": "x" * 141,
        "summary": "",
        "services": [],
        "kind": "service",
        "mode": "regie",
        "started_on": old.isoformat(),
        "ended_on": old.isoformat(),
        "links": "pas une adresse",
        "contact_role": "maire@commune.fr",
        "contact_email": "maire",
    }
    typed = InitiativeForm(wrong, edition=candidature.edition, today=day_of(timezone.now()))
    heads = {column.field: column.head for column in reversed(COLUMNS)}
    expected = {
        (heads[name], ordinary(str(sentence)))
        for name, sentences in typed.errors.items()
        for sentence in sentences
    }
    assert len(expected) == 7
    data = table(
        f"{'x' * 141};;;service;en régie;{old:%d/%m/%Y};{old:%d/%m/%Y};pas_une_adresse;"
        "maire@commune.fr;maire",
        heads=f"{HEADS};Date de fin;Liens;Service ou fonction à contacter;"
        "Adresse électronique du contact",
    )
    found = {
        (head, said.replace("Dans la cellule, ligne 1", "Ligne 1").replace("_", " "))
        for _, head, said in faults(send(client, candidature, data))
    }
    assert found == expected


def test_the_database_is_asked_as_much_for_three_lines_as_for_two_hundred(
    client: Client, candidature: Candidature, agent: User
) -> None:
    InitiativeFactory(candidature=candidature, title="Déjà là", position=1)
    counts = {}
    for rows in (3, 200):
        data = table(*(line(number, title=f"{rows}-{number}") for number in range(rows)))
        started = monotonic()
        with CaptureQueriesContext(connection) as reading:
            page = send(client, candidature, data)
        with CaptureQueriesContext(connection) as adding:
            client.post(address(candidature, "confirm_import"), {"sealed": sealed(page)})
        assert monotonic() - started < 10
        with CaptureQueriesContext(connection) as refusing:
            send(client, candidature, data.replace("service;en régie", "gare;en régie"))
        counts[rows] = (len(reading), len(adding), len(refusing))
    assert counts == {3: (10, 15, 7), 200: (10, 15, 7)}
    assert candidature.initiatives.count() == 204


NOTHING = Referential([])


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("31/12/2025", "2025-12-31", "2025-12-31"),
        ("1/3/2025", "2025-03-01", "2025-03-01"),
        ("01-03-2025", "2025-03-01", "2025-03-01"),
        ("1.3.2025", "2025-03-01", "2025-03-01"),
        ("01/03/25", "2025-03-01", "2025-03-01"),
        ("2025-03-01", "2025-03-01", "2025-03-01"),
        ("2025-03-01 00:00:00", "2025-03-01", "2025-03-01"),
        ("1er mars 2025", "2025-03-01", "2025-03-01"),
        ("14 AOÛT 2025", "2025-08-14", "2025-08-14"),
        ("février 2024", "2024-02-01", "2024-02-29"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        (date(2025, 3, 1), "2025-03-01", "2025-03-01"),
    ],
)
def test_a_day_is_written_as_one_does(written: str | date, first: str, last: str) -> None:
    """A month or a year alone begins with its first day, and ends with its last."""
    assert typed("started_on", written, NOTHING) == {"started_on": first}
    assert typed("ended_on", written, NOTHING) == {"ended_on": last}


@pytest.mark.parametrize("written", ["hier", "46387", "13/13/2025", "29/02/2025", "2025-02-30"])
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    with pytest.raises(ValueError, match="31/12/2025"):
        typed("started_on", written, NOTHING)


@pytest.mark.parametrize(
    ("field", "written", "sent"),
    [
        ("kind", "ÉVÉNEMENT", {"kind": "evenement"}),
        ("mode", "délégataire", {"mode": "delegataire"}),
        ("cost_band", "de 5000 à 20000€", {"cost_band": "5000_20000"}),
        ("is_shared", "VRAI", {"is_shared": "on"}),
        ("is_shared", "non", {}),
        (
            "links",
            "https://a.fr ; https://b.fr\nc.fr",
            {"links": "https://a.fr\nhttps://b.fr\nc.fr"},
        ),
        ("tools", "Nextcloud|AGPL\n\nAgenda", TOOLS),
        ("title", "Sur deux\nlignes", {"title": "Sur deux lignes"}),
        ("partners", "Un\nDeux", {"partners": "Un\nDeux"}),
    ],
)
def test_a_cell_says_what_the_form_would_be_sent(
    field: str, written: str, sent: dict[str, str]
) -> None:
    assert typed(field, written, NOTHING) == sent


# --- The file -------------------------------------------------------------------------------------


def test_limits_are_said_before_and_held(
    client: Client, candidature: Candidature, agent: User
) -> None:
    assert "5 Mo et 300 actions au plus" in words(client.get(address(candidature)))
    heavy = send(client, candidature, b"PK" + bytes(MOST_BYTES))
    assert "Ce fichier est trop lourd : 5 Mo, et 5 au plus." in refusal(heavy)
    long = send(client, candidature, table(*map(line, range(MOST_LINES + 1))))
    assert "Ce fichier compte 301 actions" in refusal(long)
    whole = send(client, candidature, table(*map(line, range(MOST_LINES))))
    assert whole.status_code == 200


def test_columns_come_in_any_order_case_or_accents(
    client: Client, candidature: Candidature, agent: User
) -> None:
    heads = "DATE DE DEBUT *;mode de gestion*;Nature (obligatoire);Services;resume; Titre * "
    data = table(
        "2024;regie;Événement;Bus du numérique | café des écrans;Un résumé;Un", heads=heads
    )
    confirm(client, candidature, send(client, candidature, data))
    added = candidature.initiatives.get()
    assert (added.title, added.kind, added.mode) == ("Un", "evenement", "regie")
    assert added.started_on == date(2024, 1, 1)
    assert added.services.count() == 2


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Nom;Prénom", "ne nomme aucune colonne connue"),
        (HEADS.replace("Nature;", ""), "Il manque la colonne « Nature », obligatoire."),
        ("Titre;Résumé;Service 1", "Il manque les colonnes « Nature », « Mode de gestion »"),
        (f"{HEADS};titre", "La colonne « titre » est deux fois dans le fichier"),
    ],
)
def test_heads_that_cannot_do_are_said(
    client: Client, candidature: Candidature, agent: User, heads: str, said: str
) -> None:
    page = send(client, candidature, table(line(), heads=heads))
    assert said in refusal(page)


def test_a_column_that_is_left_aside_is_said(
    client: Client, candidature: Candidature, agent: User
) -> None:
    heads, row = f"{HEADS};Objectif".split(";"), f"{line()};interne;sans titre".split(";")
    page = send(client, candidature, workbook([heads, row]), name="actions.xlsx")
    said = words(page)
    assert "Des colonnes ne sont pas reconnues" in said
    assert "« Objectif » : vouliez-vous dire « Objectifs » ?" in said
    assert "« colonne H, sans titre »" in said


def test_a_text_cut_by_a_separator_is_said_and_fills_no_other_column(
    client: Client, candidature: Candidature, agent: User
) -> None:
    data = table(f"{line()};Lieu ; horaires;But", heads=f"{HEADS};Contexte;Objectifs")
    [(where, head, said)] = faults(send(client, candidature, data))
    assert (where, head) == ("2", "Toute la ligne")
    assert "a plus de cellules que de titres" in said


def test_what_looks_like_a_formula_is_added_as_the_text_it_is(
    client: Client, candidature: Candidature, agent: User
) -> None:
    page = send(client, candidature, table(line(title="=cmd|' /C calc'!A0")))
    confirm(client, candidature, page)
    assert titles(candidature) == ["=cmd|' /C calc'!A0"]


def test_what_is_no_table_is_refused_with_the_way_out(
    client: Client, candidature: Candidature, agent: User
) -> None:
    page = send(client, candidature, b"%PDF-1.7 ...", name="actions.xlsx")
    assert "C’est un document PDF" in refusal(page)
    assert "Enregistrez votre fichier au format" in refusal(page)
    assert "Choisissez le fichier à lire." in refusal(client.post(address(candidature)))
    assert "Ce fichier est vide" in refusal(send(client, candidature, b""))
    assert "aucune action" in refusal(send(client, candidature, HEADS))


def test_a_file_that_the_scanner_cannot_see_is_not_opened(
    client: Client, candidature: Candidature, agent: User, settings: LazySettings
) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    settings.UPLOAD_SCANNER = "villes_internet.files.scanner.clamd"
    assert "antivirus ne répond pas" in refusal(send(client, candidature, table(line())))


def test_what_the_platform_exports_can_be_sent_to_it(
    client: Client, candidature: Candidature, agent: User
) -> None:
    """The sheet of actions of an export, where each keeps what the export says of it."""
    other = CandidatureFactory(edition=candidature.edition)
    services = DigitalService.objects.in_order()
    there = InitiativeFactory(
        candidature=other,
        services=services,
        tools=[["Nextcloud", "AGPL"], ["Agenda", ""]],
        links=["https://a.example/", "https://b.example/"],
        cost_band="gratuit",
    )
    exported = workbook([action_heads(), *action_rows([other])])
    page = send(client, candidature, exported, name="export.xlsx")
    left = ["Code INSEE ou SIREN", "Collectivité", "État", "Rang", "Enjeux"]
    assert [head for head, _ in page.context["found"].unknown] == left
    confirm(client, candidature, page)
    here = candidature.initiatives.get()
    for name in Initiative.WRITTEN_FIELDS:
        assert getattr(here, name) == getattr(there, name), name
    assert list(here.services.in_order()) == list(services)


# --- The model ------------------------------------------------------------------------------------


def model(client: Client, candidature: Candidature, suffix: str) -> bytes:
    response = client.get(reverse("candidatures:import_model", args=[candidature.pk, suffix]))
    assert response.status_code == 200
    assert response["Content-Disposition"] == (
        f'attachment; filename="modele-actions-{candidature.edition.year}.{suffix}"'
    )
    content: bytes = response.content
    return content


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_example_of_the_model_is_not_added(
    client: Client, candidature: Candidature, agent: User, suffix: str
) -> None:
    untouched = model(client, candidature, suffix)
    page = send(client, candidature, untouched, name=f"modele.{suffix}")
    assert "remplissez au moins une ligne sous celle de l’exemple" in refusal(page)


def test_the_example_beside_others_is_left_aside_and_half_changed_is_refused(
    client: Client, candidature: Candidature, agent: User
) -> None:
    text = model(client, candidature, "csv").decode("utf-8-sig")
    page = send(client, candidature, text + line(1, service="Bus du numérique;;;;"))
    assert "La ligne 2, celle de l’exemple, est laissée de côté." in words(page)
    assert [one.number for one in page.context["preview"].lines] == [3]
    changed = re.sub(r"Un minibus[^;]+", "Notre vrai résumé.", text)
    assert faults(send(client, candidature, changed)) == [
        ("2", "Titre", "C’est le titre de l’exemple : donnez celui de l’action.")
    ]


def test_the_model_offers_lists_that_are_those_of_the_edition(
    client: Client, candidature: Candidature, agent: User
) -> None:
    DigitalServiceFactory(edition=EditionFactory(year=2020), name="D’une autre édition")
    book = openpyxl.load_workbook(BytesIO(model(client, candidature, "xlsx")))
    sheet, allowed = book["Actions"], book["Valeurs permises"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:3] == ["Titre *", "Résumé *", "Service 1 *"]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref).partition(":")[0].rstrip("0123456789")
        if rule.type == "list":
            area = rule.formula1.replace("$", "").partition("!")[2]
            cells = [cell.value for (cell,) in allowed[area]]
            offered[sheet[f"{column}1"].value] = cells
            assert str(rule.sqref) == f"{column}2:{column}{MOST_LINES + 2}"
    assert offered["Service 1 *"] == offered["Service 5"] == ["Bus du numérique", "Café des écrans"]
    assert offered["Nature *"] == ["projet", "lieu", "événement", "service"]
    assert offered["Publier cette action dans Atlaas"] == ["Oui", "Non"]
    assert set(offered) >= {"Mode de gestion *", "Coût"}
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date"}


def test_a_row_filled_below_the_example_is_added(
    client: Client, candidature: Candidature, agent: User
) -> None:
    book = openpyxl.load_workbook(BytesIO(model(client, candidature, "xlsx")))
    sheet = book["Actions"]
    heads = [str(cell.value) for cell in sheet[1]]
    row: Sequence[object] = [cell.value for cell in sheet[2]]
    values = dict(zip(heads, row, strict=True)) | {
        "Titre *": "Le vrai bus",
        "Date de fin": date(2199, 12, 31),
        "Publier cette action dans Atlaas": "non",
    }
    sheet.append([values[head] for head in heads])
    content = BytesIO()
    book.save(content)
    page = send(client, candidature, content.getvalue(), name="actions.xlsx")
    confirm(client, candidature, page)
    added = candidature.initiatives.get()
    assert added.title == "Le vrai bus"
    assert added.ended_on == date(2199, 12, 31)
    assert added.is_shared is False
    assert added.tools == [["Nextcloud", "AGPL"], ["Agenda partagé", ""]]
    assert added.cost_band == "5000_20000"
