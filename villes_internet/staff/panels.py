"""What each app shows on the staff's home page: a module `staff`, and what it offers there.

`panels()` are the doors of /gestion/, `rounds(at=)` the editions under way, and
`edition_panels(editions, at=)` the doors from an edition to what each app holds of it, asked for
several editions at once so that it costs as many queries for three as for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from villes_internet import steps


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number that says where something stands; `note` says a little more of it."""

    value: int
    label: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One door of /gestion/.

    `attention` is a short French phrase on what waits for somebody (« 3 courriers à vérifier »),
    empty when nothing does.
    """

    title: str
    url: str
    description: str
    figures: tuple[Figure, ...] = ()
    attention: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """An edition under way: where its year stands (`labels.course.Course`), and its doors."""

    title: str
    url: str
    course: object
    panels: list[Panel]

    @property
    def figures(self) -> list[Figure]:
        return [figure for panel in self.panels for figure in panel.figures]


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody, and where it is settled; `of` says what it is part of."""

    what: str
    url: str
    of: str


def offered_panels() -> list[Panel]:
    """Those of the installed apps, in the order of the stack."""
    return [panel for module in _offering("panels") for panel in module.panels()]


def offered_rounds(*, at: datetime) -> list[Round]:
    """The editions under way."""
    return [under_way for module in _offering("rounds") for under_way in module.rounds(at=at)]


def offered_edition_panels(editions: Sequence[object], *, at: datetime) -> dict[int, list[Panel]]:
    """The doors of each of these editions, by its primary key, in the order of the stack."""
    doors: dict[int, list[Panel]] = {}
    for module in _offering("edition_panels"):
        for pk, panels in module.edition_panels(editions, at=at).items():
            doors.setdefault(pk, []).extend(panels)
    return doors


def waiting(rounds: list[Round], panels: list[Panel]) -> list[Waiting]:
    """All that calls for a hand: of the editions first, for their days are counted."""
    return [
        *(
            Waiting(panel.attention, panel.url, under_way.title)
            for under_way in rounds
            for panel in under_way.panels
            if panel.attention
        ),
        *(Waiting(panel.attention, panel.url, panel.title) for panel in panels if panel.attention),
    ]


def _offering(function: str) -> Iterator[ModuleType]:
    return (module for module in steps.offered("staff") if hasattr(module, function))
