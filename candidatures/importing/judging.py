"""Each line put to the very form by which an action is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candidatures.forms.importing import LineForm
from candidatures.importing.cells import Referential
from candidatures.importing.columns import COLUMNS, SERVICES
from candidatures.importing.lines import Entry, Fault, shown
from candidatures.models import Candidature, Initiative
from candidatures.overview import Presented
from labels.models import DigitalService
from villes_internet.calendar import day_of

HEADS = {column.field: column.head for column in reversed(COLUMNS)}
RANKS = {column.head: rank for rank, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Judged:
    """The actions that a file would add, or all that is wrong in it: there is one or the other."""

    actions: list[Presented]
    faults: list[Fault]


@dataclass(frozen=True)
class Gathered:
    """The same thing wrong on several lines, said once."""

    lines: str
    count: int
    head: str
    read: str
    sentence: str


def referential_of(candidature: Candidature) -> Referential:
    """One query."""
    return Referential(
        DigitalService.objects.filter(theme__edition=candidature.edition_id).in_order()
    )


def judge(
    entries: Sequence[Entry], referential: Referential, candidature: Candidature, *, at: datetime
) -> Judged:
    """No query, however many lines."""
    actions, faults = [], []
    for entry in entries:
        form = LineForm(
            entry.data,
            edition=candidature.edition,
            today=day_of(at),
            referential=referential,
        )
        found = [*entry.faults, *_faults(entry, form)]
        faults += sorted(found, key=_rank)
        if not found:
            initiative: Initiative = form.save(commit=False)
            actions.append(Presented(initiative, form.cleaned_data["services"]))
    return Judged([] if faults else actions, faults)


def gathered(faults: Sequence[Fault]) -> list[Gathered]:
    """In the order of the first line of each."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for fault in faults:
        groups.setdefault((fault.head, fault.read, fault.sentence), []).append(fault.line)
    return [Gathered(_spelled(lines), len(lines), *key) for key, lines in groups.items()]


def _faults(entry: Entry, form: LineForm) -> list[Fault]:
    """What the form says, but of what could not be read, of which more is said already."""
    return [
        Fault(entry.line, HEADS[name], _read(entry, name), _in_a_cell(name, str(sentence)))
        for name, sentences in form.errors.items()
        if name not in entry.unread
        for sentence in sentences
    ]


def _rank(fault: Fault) -> int:
    return RANKS.get(fault.head, RANKS[HEADS[SERVICES]])


def _read(entry: Entry, name: str) -> str:
    return shown(entry.read.get(name) or _sent(entry.data.get(name)))


def _sent(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _in_a_cell(name: str, sentence: str) -> str:
    """The form numbers the lines of a text, which are not those of the file."""
    if name == "links" and sentence.startswith("Ligne "):
        return f"Dans la cellule, l{sentence[1:]}"
    return sentence


def _spelled(lines: Sequence[int]) -> str:
    """« 3 », « 3, 7 », « 3 à 9, 12 »."""
    runs: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    words = [
        str(first) if first == last else f"{first} {'et' if last == first + 1 else 'à'} {last}"
        for first, last in runs
    ]
    return ", ".join(words)
