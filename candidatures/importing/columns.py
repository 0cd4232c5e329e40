"""The columns of a file of actions: those of the form by which an action is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.db.models import TextChoices
from django.utils.text import capfirst

from atlaas.choices import CostBand, DeliveryMode, PracticeKind
from candidatures.forms.initiative import FIELDS, MAX_SERVICES, PARTS, InitiativeForm
from candidatures.spelling import fold
from villes_internet.french import number
from villes_internet.spreadsheets.reading import COMPUTING_ERROR

SERVICES = "services"
DERIVED = {"still_running"}  # an action without a date of end is still running
OTHER_HEADS = {
    "Services": SERVICES,
    "Services numériques": SERVICES,
    "Intitulé": "title",
    "Description": "summary",
    "E-mail du contact": "contact_email",
    "Courriel du contact": "contact_email",
}
NEEDED = " *"
ASIDE = re.compile(r"\([^)]*\)")
UNREAD = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Column:
    """One of the model: the field of the form that it fills, its head, what to write in it."""

    field: str
    head: str
    needed: bool = False
    help: str = ""

    @property
    def written_head(self) -> str:
        return self.head + NEEDED if self.needed else self.head


def _one_of(choices: type[TextChoices]) -> str:
    labels = [str(label) for label in choices.labels]
    return capfirst(f"{', '.join(labels[:-1])} ou {labels[-1]}.")


HELP = {
    "title": "Distinct d’une action à l’autre.",
    "kind": _one_of(PracticeKind),
    "mode": _one_of(DeliveryMode),
    "started_on": "31/12/2025, ou à défaut 12/2025 ou 2025. Dans le passé.",
    "ended_on": "Vide si l’action est toujours en cours. Le label ne prend pas celles qui sont à "
    "la fois terminées et vieilles de plus de deux ans.",
    "audience": "Texte libre : habitants, écoles, associations…",
    "tools": "Un par ligne, la licence après une barre : Nextcloud | AGPL.",
    "cost_band": _one_of(CostBand),
    "links": "Une adresse web par ligne, 8 au plus.",
    "is_shared": "Oui ou Non\N{NARROW NO-BREAK SPACE}; vide veut dire Oui.",
    "contact_role": "Un service ou une fonction, jamais une personne.",
    "contact_email": "N’est pas publiée. À donner avec le service ou la fonction.",
}


def _columns() -> list[Column]:
    columns = []
    for part in PARTS:
        for name in (field for code in part.passages for field in FIELDS[code]):
            field = InitiativeForm.base_fields[name]
            if name == SERVICES:
                columns += [
                    Column(
                        SERVICES,
                        f"Service {rank}",
                        needed=rank == 1,
                        help="Un service du référentiel, de la liste."
                        if rank == 1
                        else "Un autre service, s’il y en a un.",
                    )
                    for rank in range(1, MAX_SERVICES + 1)
                ]
            elif name not in DERIVED:
                columns.append(
                    Column(name, str(field.label), needed=field.required, help=_help(name))
                )
    return columns


def _help(name: str) -> str:
    longest = getattr(InitiativeForm.base_fields[name], "max_length", None)
    said = HELP.get(name, "Texte libre.")
    return f"{said} {number(longest)} caractères au plus." if longest else said


COLUMNS = _columns()
BY_FIELD = {column.field: column for column in COLUMNS} | {SERVICES: Column(SERVICES, "Services")}
BY_HEAD = {fold(head): BY_FIELD[field] for head, field in OTHER_HEADS.items()}
BY_HEAD |= {fold(column.head): column for column in COLUMNS}


@dataclass(frozen=True)
class Heads:
    """What the first row of a file names.

    `places` are the ranks of the cells of each column. `unknown` are heads that no column has, each
    with the one that was perhaps meant; `why_not` says why no line can be read.
    """

    places: dict[int, Column]
    unknown: list[tuple[str, str]]
    why_not: str


def recognise(cells: Sequence[str | date]) -> Heads:
    """The columns in whatever order, case or accents, with or without their star."""
    places: dict[int, Column] = {}
    unknown: list[tuple[str, str]] = []
    doubled: list[str] = []
    for rank, cell in enumerate(cells):
        head = " ".join(str(cell).split())
        if not head:
            continue
        column = BY_HEAD.get(fold(head)) or BY_HEAD.get(fold(ASIDE.sub("", head)))
        if column is None:
            unknown.append((head, _likely(head, [one.head for one in COLUMNS])))
        elif column in places.values():
            doubled.append(head)
        else:
            places[rank] = column
    return Heads(places, unknown, _why_not(places, doubled))


def _why_not(places: dict[int, Column], doubled: list[str]) -> str:
    if not places:
        return (
            "La première ligne remplie ne nomme aucune colonne connue : elle doit porter les "
            "titres du modèle, par exemple Titre, Résumé, Service 1."
        )
    if doubled:
        return (
            f"La colonne « {doubled[0]} » est deux fois dans le fichier : gardez la bonne, et "
            "retirez l’autre ou son titre."
        )
    found = {column.field for column in places.values()}
    lacking = [column.head for column in COLUMNS if column.needed and column.field not in found]
    if not lacking:
        return ""
    named = ", ".join(f"« {head} »" for head in lacking)
    which, ending = ("les colonnes", "s") if len(lacking) > 1 else ("la colonne", "")
    return (
        f"Il manque {which} {named}, obligatoire{ending}. Le modèle les contient toutes : copiez-y "
        "vos lignes, ou ajoutez ce qui manque."
    )


def _likely(written: str, known: Sequence[str]) -> str:
    """The known words that were perhaps meant; empty when none is near."""
    folded = {fold(one): one for one in known}
    near = get_close_matches(fold(written), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else ""


def suggestion(written: str, known: Sequence[str]) -> str:
    """« Vouliez-vous dire « … » ? », after a space; empty when nothing is near."""
    near = _likely(written, known)
    return f" Vouliez-vous dire « {near} »\N{NARROW NO-BREAK SPACE}?" if near else ""


def why_unreadable(cell: str | date) -> str:
    """Why a cell says nothing that can be taken, whatever its column; empty when it does."""
    if isinstance(cell, str) and COMPUTING_ERROR.fullmatch(cell):
        return "Cette cellule montre une erreur de calcul du tableur : remplacez-la par son texte."
    if isinstance(cell, str) and UNREAD in cell:
        return (
            "Un signe de ce texte n’a pas pu être lu. Enregistrez le fichier au format « CSV "
            "UTF-8 » ou « Classeur Excel (.xlsx) »."
        )
    return ""
