"""Tells in French what an import changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from villes_internet.territories.choices import TerritoryKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from villes_internet.territories.importing.plan import Plan
    from villes_internet.territories.importing.state import Place

EXAMPLES = 10  # lines under each heading, unless all are asked for


def tell(plan: Plan, *, examples: int | None = EXAMPLES) -> Iterator[str]:
    """One line a heading with its count, and some of what it counts; `None` for all of it."""
    if plan.is_empty:
        yield "Rien n’a changé."
        return
    merged = [(place, heir) for place, heir in plan.vanished if heir]
    lost = [place for place, heir in plan.vanished if not heir]
    headings = {
        "Apparues": [named(place) for place in plan.appeared],
        "Rétablies": [named(place) for place in plan.restored],
        "Fusionnées": [f"{named(place)} dans {named(heir)}" for place, heir in merged],
        "Disparues sans successeur connu": [named(place) for place in lost],
        "Renommées": [f"{named(before)} → {after.name}" for before, after in plan.renamed],
        "Changent d’intercommunalité": [
            f"{named(commune)}\u00a0: {_epci(before)} → {_epci(after)}"
            for commune, before, after in plan.moved
        ],
        "Changent de population": [
            f"{named(after)}\u00a0: {number(before.population)} → {number(after.population)}"
            for before, after in plan.repopulated
        ],
    }
    for heading, lines in headings.items():
        yield from _section(heading, lines, examples)
    details = len(plan.changed) - len(
        {after.code for _, after in (*plan.renamed, *plan.repopulated)}
    )
    if details:
        yield f"Autres détails (codes postaux, coordonnées, SIREN)\u00a0: {number(details)}"
    names, removed = number(len(plan.names_added)), number(len(plan.names_removed))
    yield f"Autres noms\u00a0: {names} ajoutés, {removed} retirés"
    opened, closed = number(len(plan.opened)), number(len(plan.closed))
    yield f"Appartenances à une intercommunalité\u00a0: {opened} ouvertes, {closed} closes"


def _section(heading: str, lines: list[str], examples: int | None) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading}\u00a0: {number(len(lines))}"
    shown = lines if examples is None else lines[:examples]
    yield from (f"  {line}" for line in shown)
    if len(lines) > len(shown):
        yield f"  … et {number(len(lines) - len(shown))} de plus"


def named(place: Place) -> str:
    kind = "" if place.kind == TerritoryKind.COMMUNE else "SIREN "
    return f"{place.name} ({kind}{place.code})"


def number(value: int | None) -> str:
    """« 34 969 », with a narrow no-break space; « inconnue » for a population that is."""
    return "inconnue" if value is None else f"{value:,}".replace(",", "\u202f")


def _epci(place: Place | None) -> str:
    return place.name if place else "aucune"
