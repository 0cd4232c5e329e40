"""What the lines of a file say, before the form judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candidatures.forms.importing import MOST_LINES
from candidatures.importing.cells import Referential, typed
from candidatures.importing.columns import (
    COLUMNS,
    SERVICES,
    Column,
    Heads,
    recognise,
    why_unreadable,
)
from candidatures.spelling import fold
from villes_internet.french import number
from villes_internet.spreadsheets import Line, UnreadableTableError

EXAMPLE_TITLE = "Exemple à remplacer : le bus du numérique"
LONGEST_SHOWN = 80  # characters of what was read, shown beside what is wrong with it
UNCOMPUTED = (
    "Cette cellule contient une formule sans résultat enregistré : ouvrez le fichier dans votre "
    "tableur, enregistrez-le, ou remplacez la formule par son texte."
)

WHOLE_LINE = "Toute la ligne"
OVERFLOWING = (
    "Cette ligne a plus de cellules que de titres : un de ses textes contient sans doute un "
    "séparateur hors de guillemets. Enregistrez le fichier depuis un tableur, ou mettez ce texte "
    "entre guillemets."
)


@dataclass(frozen=True)
class Fault:
    """Something to correct: in which cell, what was read there, what is wrong."""

    line: int
    head: str
    read: str
    sentence: str


@dataclass
class Entry:
    """A line as the form of an action would be sent; `read` is the text of each of its columns."""

    line: int
    data: dict[str, Any]
    read: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def fault(self, column: Column, cell: str | date, sentence: str) -> None:
        self.unread.add(column.field)
        self.faults.append(Fault(self.line, column.head, shown(cell), sentence))


@dataclass(frozen=True)
class Read:
    """A file: its entries, the columns left aside, and the line of the example, if it is there."""

    entries: list[Entry]
    unknown: list[tuple[str, str]]
    example: int | None


def read_lines(lines: Sequence[Line], referential: Referential) -> Read:
    """Raises UnreadableTableError when no line can be judged, whatever it says."""
    if not lines:
        raise UnreadableTableError(
            "Ce fichier est vide : remplissez au moins une ligne sous les titres du modèle."
        )
    heads = recognise(lines[0].cells)
    if heads.why_not:
        raise UnreadableTableError(heads.why_not)
    entries, example = [], None
    for line in lines[1:]:
        if _is_example(line, heads):
            example = line.number
        else:
            entries.append(_entry(line, heads, referential))
    if len(entries) > MOST_LINES:
        raise UnreadableTableError(
            f"Ce fichier compte {number(len(entries))} actions, et un import en prend "
            f"{MOST_LINES} au plus. Partagez-le en plusieurs fichiers."
        )
    if not entries:
        raise UnreadableTableError(
            "Ce fichier ne contient aucune action : remplissez au moins une ligne sous "
            + ("celle de l’exemple." if example else "les titres.")
        )
    return Read(entries, [*heads.unknown, *_unnamed(lines, heads)], example)


def shown(cell: str | date) -> str:
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"


def _entry(line: Line, heads: Heads, referential: Referential) -> Entry:
    entry = Entry(line.number, {})
    if line.overflows:
        entry.faults.append(Fault(line.number, WHOLE_LINE, shown(line.cells[-1]), OVERFLOWING))
    for rank, column in heads.places.items():
        cell = line.at(rank)
        if rank in line.uncomputed:
            entry.fault(column, cell, UNCOMPUTED)
        elif sentence := why_unreadable(cell):
            entry.fault(column, cell, sentence)
        elif cell != "":
            entry.read[column.field] = "\n".join(
                text for text in (entry.read.get(column.field), shown(cell)) if text
            )
            try:
                _take(entry.data, typed(column.field, cell, referential))
            except ValueError as error:
                entry.fault(column, cell, str(error))
    if "ended_on" not in entry.data:
        entry.data["still_running"] = "on"
    if "is_shared" not in entry.read:
        entry.data["is_shared"] = "on"
    if fold(entry.data.get("title", "")) == fold(EXAMPLE_TITLE):
        title = next(column for column in COLUMNS if column.field == "title")
        entry.fault(title, EXAMPLE_TITLE, "C’est le titre de l’exemple : donnez celui de l’action.")
    return entry


def _take(data: dict[str, Any], found: dict[str, Any]) -> None:
    """Each column of services adds to the others."""
    chosen = [*data.get(SERVICES, []), *found.get(SERVICES, [])]
    data |= found
    if chosen:
        data[SERVICES] = list(dict.fromkeys(chosen))


def _is_example(line: Line, heads: Heads) -> bool:
    """The line of the model, of which at most the services and the dates were changed."""
    texts = {column.field: line.at(rank) for rank, column in heads.places.items()}
    return all(
        fold(str(texts.get(name, ""))) == fold(text)
        for name, text in (("title", EXAMPLE_TITLE), ("summary", EXAMPLE_SUMMARY))
    )


EXAMPLE_SUMMARY = (
    "Un minibus aménagé s’arrête chaque semaine devant la mairie : on y fait ses démarches en "
    "ligne, avec une médiatrice."
)


def _unnamed(lines: Sequence[Line], heads: Heads) -> list[tuple[str, str]]:
    """The columns that say something, and have no title."""
    widest = max(len(line.cells) for line in lines)
    named = {rank for rank, cell in enumerate(lines[0].cells) if cell != ""}
    return [
        (f"colonne {letters(rank)}, sans titre", "")
        for rank in range(widest)
        if rank not in named and any(line.at(rank) != "" for line in lines[1:])
    ]


def letters(rank: int) -> str:
    """A, B… Z, AA: how spreadsheets call a column."""
    rank, last = divmod(rank, 26)
    return (letters(rank - 1) if rank else "") + chr(ord("A") + last)
