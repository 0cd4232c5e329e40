"""The file to fill: its titles, an example, and the lists of what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import zip_longest
from typing import BinaryIO

from openpyxl.utils import get_column_letter

from atlaas.choices import CostBand, DeliveryMode, PracticeKind
from candidatures.forms.importing import MOST_LINES, SHEET
from candidatures.importing.cells import CHOICES, DATES, LONG, Referential, written
from candidatures.importing.columns import COLUMNS, SERVICES
from candidatures.importing.lines import EXAMPLE_SUMMARY, EXAMPLE_TITLE
from candidatures.models import Initiative
from labels.models import DigitalService, Edition
from villes_internet.spreadsheets import Cell, XlsxWorkbook
from villes_internet.spreadsheets.csv import CsvSheet
from villes_internet.spreadsheets.xlsx import DAY, TEXT, Format

LISTS = "Valeurs permises"
HELP = "Mode d’emploi"
WIDE, NARROW = 48, 20  # characters of a column
Linked = tuple[Initiative, Sequence[DigitalService]]


def write_xlsx(actions: Iterable[Linked], referential: Referential, target: BinaryIO) -> None:
    """The actions in the columns of the model, with its lists and how to fill it."""
    book = XlsxWorkbook()
    sheet = book.add(
        SHEET,
        [column.written_head for column in COLUMNS],
        [
            Format(
                width=WIDE if column.field in LONG | {"title", SERVICES} else NARROW,
                kind=DAY if column.field in DATES else TEXT,
            )
            for column in COLUMNS
        ],
    )
    lists = _lists(referential)
    for rank, column in enumerate(COLUMNS, 1):
        if column.field in DATES:
            sheet.ask_days(rank, rows=MOST_LINES + 1)
        elif column.field in lists:
            sheet.offer(rank, choices=_range(lists, column.field), rows=MOST_LINES + 1)
    for row in rows(actions, referential):
        sheet.append(row)
    allowed = book.add(LISTS, [head for head, _ in lists.values()])
    for line in zip_longest(*(values for _, values in lists.values())):
        allowed.append(line)
    helped = book.add(HELP, ["Colonne", "Obligatoire", "Ce que l’on y écrit"], [Format(32)] * 3)
    for column in COLUMNS:
        helped.append([column.head, "Oui" if column.needed else "Non", column.help])
    book.write(target)


def write_csv(actions: Iterable[Linked], referential: Referential, target: BinaryIO) -> None:
    sheet = CsvSheet(SHEET)
    sheet.append([column.written_head for column in COLUMNS])
    for row in rows(actions, referential):
        sheet.append(row)
    with sheet.rewind() as file:
        target.write(file.read())


WRITERS = {"xlsx": write_xlsx, "csv": write_csv}


def model(edition: Edition, referential: Referential, suffix: str) -> bytes:
    content = BytesIO()
    WRITERS[suffix]([_example(edition, referential)], referential, content)
    return content.getvalue()


def rows(actions: Iterable[Linked], referential: Referential) -> Iterator[list[Cell]]:
    for initiative, services in actions:
        cells = {
            name: iter(values)
            for name, values in written(initiative, services, referential).items()
        }
        yield [next(cells[column.field], None) for column in COLUMNS]


def _lists(referential: Referential) -> dict[str, tuple[str, list[str | None]]]:
    """By field, the title of its list and what it allows; the enjeu of each service follows it."""
    return {
        SERVICES: ("Services du référentiel", [*referential.names()]),
        "themes": ("Leur enjeu", [service.theme.name for service in referential.services]),
        **{
            name: (title, [str(label) for label in choices.labels])
            for (name, choices), title in zip(
                CHOICES.items(), ("Nature", "Mode de gestion", "Coût"), strict=True
            )
        },
        "is_shared": ("Publier dans Atlaas", ["Oui", "Non"]),
    }


def _range(lists: dict[str, tuple[str, list[str | None]]], field: str) -> str:
    column = get_column_letter([*lists].index(field) + 1)
    return f"'{LISTS}'!${column}$2:${column}${len(lists[field][1]) + 1}"


def _example(edition: Edition, referential: Referential) -> Linked:
    action = Initiative(
        title=EXAMPLE_TITLE,
        summary=EXAMPLE_SUMMARY,
        kind=PracticeKind.SERVICE,
        mode=DeliveryMode.IN_HOUSE,
        started_on=date(edition.opens_on.year - 1, 9, 1),
        audience="Habitants sans connexion, personnes âgées",
        partners="La poste, qui prête le minibus le jeudi.",
        tools=[["Nextcloud", "AGPL"], ["Agenda partagé", ""]],
        cost_band=CostBand.UNDER_20K,
        links=["https://www.commune.example/bus-du-numerique"],
        contact_role="Service de la médiation numérique",
        contact_email="mediation@commune.example",
    )
    return action, referential.services[:2]
