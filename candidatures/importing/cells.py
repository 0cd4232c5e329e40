"""What a cell means to the form, and how an action is written in cells: each undoes the other."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import TextChoices

from atlaas.choices import CostBand, DeliveryMode, PracticeKind
from candidatures.importing.columns import SERVICES, suggestion
from candidatures.models import Initiative
from candidatures.spelling import fold
from labels.models import DigitalService
from villes_internet.spreadsheets import Cell

CHOICES: dict[str, type[TextChoices]] = {
    "kind": PracticeKind,
    "mode": DeliveryMode,
    "cost_band": CostBand,
}
DATES = {"started_on", "ended_on"}
LONG = {"summary", "context", "objectives", "course", "results", "partners"}
YES = {"oui", "o", "vrai", "true", "yes", "x", "1"}
NO = {"non", "n", "faux", "false", "no", "0"}
SEPARATOR = re.compile(r"(?<!\\)\|")  # between a tool and its licence; « \| » is a bar of their own
BETWEEN_LINKS = re.compile(r"[;,]?[ \t\xa0]+")
BETWEEN_SERVICES = re.compile(r"\s*[\n;|]\s*")
FULL_DATE = re.compile(r"(?:(\d{1,2})\s*[/.-]\s*)?(?:(\d{1,2})\s*[/.-]\s*)?(\d{4})")
SHORT_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})")  # as a spreadsheet may have saved it
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(:\d{2})?)?")
WORDS_DATE = re.compile(r"(?:(\d{1,2})(?:er)?\s+)?([^\W\d]+)\.?\s+(\d{4})")
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)


class Referential:
    """The services of an edition by the names that a file may give them."""

    def __init__(self, services: Iterable[DigitalService]) -> None:
        self.services = list(services)
        self.by_key = {str(service.pk): service for service in self.services}
        counts: dict[str, int] = {}
        for service in self.services:
            counts[fold(service.name)] = counts.get(fold(service.name), 0) + 1
        self.ambiguous = {name for name, count in counts.items() if count > 1}
        self.by_name = {fold(self.name_of(service)): service for service in self.services}
        self.by_name |= {fold(self._full(service)): service for service in self.services}

    def name_of(self, service: DigitalService) -> str:
        """Its name, with its enjeu where another service has the same."""
        same = fold(service.name) in self.ambiguous
        return self._full(service) if same else service.name

    def names(self) -> list[str]:
        return [self.name_of(service) for service in self.services]

    def find(self, written: str) -> DigitalService:
        """Raises ValueError, with a sentence."""
        if found := self.by_name.get(fold(written)):
            return found
        if fold(written) in self.ambiguous:
            homonyms = [self._full(one) for one in self.services if fold(one.name) == fold(written)]
            raise ValueError(
                "Plusieurs services portent ce nom : écrivez "
                + " ou ".join(f"« {name} »" for name in homonyms)
                + "."
            )
        raise ValueError(
            "Ce service n’est pas dans le référentiel de l’édition."
            + (suggestion(written, self.names()) or " Choisissez-le dans la liste du modèle.")
        )

    @staticmethod
    def _full(service: DigitalService) -> str:
        return f"{service.name} ({service.theme.name})"


def typed(field: str, cell: str | date, referential: Referential) -> dict[str, Any]:
    """What would be sent by the form of an action for this cell, which is not empty.

    Raises ValueError, with a sentence, when the cell is none of what its column takes.
    """
    if field in DATES:
        return {field: _day(cell, last=field == "ended_on").isoformat()}
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
    if field == SERVICES:
        written = [text] if fold(text) in referential.by_name else BETWEEN_SERVICES.split(text)
        return {field: [str(referential.find(one).pk) for one in written if one]}
    if field == "is_shared":
        return {field: "on"} if _yes(text) else {}
    if field == "tools":
        return _tools(text)
    return {field: _sent(field, text)}


def written(
    initiative: Initiative, services: Sequence[DigitalService], referential: Referential
) -> dict[str, list[Cell]]:
    """The cells of each column for an action, in as many columns as it has services."""
    cells: dict[str, list[Cell]] = {
        name: [getattr(initiative, name)]
        for name in (*LONG, *DATES, "title", "audience", "contact_role", "contact_email")
    }
    for name in CHOICES:
        cells[name] = [str(getattr(initiative, f"get_{name}_display")())]
    cells[SERVICES] = [referential.name_of(service) for service in services]
    cells["is_shared"] = ["Oui" if initiative.is_shared else "Non"]
    cells["tools"] = [
        "\n".join(" | ".join(_escaped(part) for part in pair if part) for pair in initiative.tools)
    ]
    cells["links"] = ["\n".join(initiative.links)]
    return cells


def _sent(field: str, text: str) -> str:
    if field in CHOICES:
        return _choice(text, CHOICES[field])
    if field == "links":
        return "\n".join(_links(text))
    return text if field in LONG else " ".join(text.split("\n"))


def _choice(text: str, choices: type[TextChoices]) -> str:
    meant = {fold(str(label)): value for value, label in choices.choices}
    meant |= {fold(value): value for value in choices.values}
    if fold(text) in meant:
        return str(meant[fold(text)])
    labels = [str(label) for label in choices.labels]
    raise ValueError(
        "Cette valeur n’est pas dans la liste : "
        + ", ".join(f"« {label} »" for label in labels[:-1])
        + f" ou « {labels[-1]} »."
    )


def _yes(text: str) -> bool:
    if fold(text) in YES:
        return True
    if fold(text) in NO:
        return False
    raise ValueError("Écrivez « Oui » ou « Non ».")


def _day(cell: str | date, *, last: bool) -> date:
    """A month or a year alone is its first day, or the last one for what ends then."""
    if isinstance(cell, date):
        return cell
    text = " ".join(cell.split())
    if found := ISO_DATE.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := SHORT_DATE.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), 2000 + int(found[3])
    elif found := FULL_DATE.fullmatch(text):
        year = int(found[3])
        day, month = (int(one) if one else 0 for one in (found[1], found[2]))
        if not month:
            day, month = 0, day
    elif (found := WORDS_DATE.fullmatch(text)) and fold(found[2]) in MONTHS:
        day, month, year = int(found[1] or 0), MONTHS.index(fold(found[2])) + 1, int(found[3])
    else:
        raise ValueError("Cette date n’est pas comprise : écrivez-la comme 31/12/2025.")
    try:
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError as error:
        raise ValueError(
            "Ce jour n’existe pas dans le calendrier : écrivez le jour, le mois puis l’année, "
            "comme 31/12/2025."
        ) from error


def _tools(text: str) -> dict[str, str]:
    found = {}
    for rank, line in enumerate(one for one in text.split("\n") if one.strip()):
        name, *licence = SEPARATOR.split(line, maxsplit=1)
        found[f"tools-{rank}-0"] = _plain(name)
        found[f"tools-{rank}-1"] = _plain("".join(licence))
    return found


def _escaped(part: str) -> str:
    return part.replace("|", r"\|")


def _plain(part: str) -> str:
    return part.strip().replace(r"\|", "|")


def _links(text: str) -> list[str]:
    return [
        link
        for line in text.split("\n")
        for link in BETWEEN_LINKS.split(line.strip())
        if link not in {"", ";", ","}
    ]
