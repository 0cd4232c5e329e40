"""An answer as it is stored: always a text, whose form depends on the kind of the question.

A number is a plain decimal, a date is ISO 8601, yes or no is « yes » or « no », a territory is its
code, several choices are a JSON list, a table is a JSON list of rows, each a list of cells, files
are a JSON list of their names: the documents themselves are attachments.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from candidatures.choices import QuestionKind
from villes_internet.french import day, number

if TYPE_CHECKING:
    from candidatures.models import Question

# Of what a town counts, the words that end so in the singular too.
ALWAYS_WITH_S = {
    "accès",
    "bois",
    "bras",
    "bus",
    "cas",
    "colis",
    "corps",
    "cours",
    "fois",
    "logis",
    "mois",
    "parcours",
    "pays",
    "permis",
    "poids",
    "relais",
    "repas",
    "temps",
    "tiers",
}
YES_NO = {"yes": "Oui", "no": "Non"}


def as_list(value: str) -> list[str]:
    """The choices ticked, the names of the files."""
    return list(json.loads(value)) if value else []


def as_rows(value: str) -> list[list[str]]:
    """The rows of a table, each with a text for every column."""
    return [list(row) for row in json.loads(value)] if value else []


def from_list(items: Iterable[str]) -> str:
    items = list(items)
    return json.dumps(items, ensure_ascii=False) if items else ""


def from_rows(rows: Iterable[Sequence[str]]) -> str:
    """Rows without a word are left out."""
    written = [list(row) for row in rows if any(cell.strip() for cell in row)]
    return json.dumps(written, ensure_ascii=False) if written else ""


def items(question: Question, value: str) -> tuple[str, ...]:
    """What conditions compare: the choices ticked, else the value itself, if there is one."""
    if question.kind == QuestionKind.CHOICES:
        return tuple(as_list(value))
    return (value,) if value else ()


def displayed(question: Question, value: str, *, names: Mapping[str, str]) -> str:
    """An answer as it is read: « Oui », the unit after a number, one choice or one row a line.

    `names` are those of territories, by code.
    """
    if not value:
        return ""
    shown = value
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.AMOUNT:
            unit = _unit(question.shown_unit, Decimal(value))
            shown = f"{number(Decimal(value))}\N{NO-BREAK SPACE}{unit}".strip()
        case QuestionKind.YES_NO:
            shown = YES_NO.get(value, "")
        case QuestionKind.DATE:
            shown = day(date.fromisoformat(value))
        case QuestionKind.CHOICES | QuestionKind.FILES:
            shown = "\n".join(as_list(value))
        case QuestionKind.TABLE:
            shown = "\n".join(_row(question, row) for row in as_rows(value))
        case QuestionKind.TERRITORY:
            shown = names.get(value, value)
    return shown


def _unit(unit: str, of: Decimal) -> str:
    """« 1 agent », « 2 agents »: below two, a unit of one word loses the s of its plural."""
    is_plural = abs(of) >= 2 or " " in unit or unit in ALWAYS_WITH_S
    return unit if is_plural else unit.removesuffix("s")


def _row(question: Question, row: Sequence[str]) -> str:
    """« Poste : médiation, Agents : 2 »."""
    cells = zip(question.columns, row, strict=False)
    return ", ".join(f"{name}\N{NO-BREAK SPACE}: {cell}" for name, cell in cells if cell)
