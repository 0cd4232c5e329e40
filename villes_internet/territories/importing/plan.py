"""What an import would change: computed first, told, then written or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from villes_internet.territories import spelling
from villes_internet.territories.choices import NameKind, TerritoryKind
from villes_internet.territories.importing.state import OtherName

if TYPE_CHECKING:
    from villes_internet.territories.importing.state import Known, OpenPerimeter, Place, Wanted


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows to write for `year`: none when the database already says what the files do."""

    year: int
    appeared: list[Place] = field(default_factory=list)
    restored: list[Place] = field(default_factory=list)
    changed: list[tuple[Place, Place]] = field(default_factory=list)  # before, after
    vanished: list[tuple[Place, Place | None]] = field(default_factory=list)  # and successor
    moved: list[tuple[Place, Place | None, Place | None]] = field(default_factory=list)
    names_added: list[OtherName] = field(default_factory=list)
    names_removed: list[int] = field(default_factory=list)
    closed: list[OpenPerimeter] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)  # commune, EPCI

    @property
    def renamed(self) -> list[tuple[Place, Place]]:
        return [(before, after) for before, after in self.changed if before.name != after.name]

    @property
    def repopulated(self) -> list[tuple[Place, Place]]:
        return [
            (before, after)
            for before, after in self.changed
            if before.population != after.population
        ]

    @property
    def to_write(self) -> list[Place]:
        return [*self.appeared, *self.restored, *(after for _, after in self.changed)]

    @property
    def is_empty(self) -> bool:
        return not (
            *self.to_write,
            *self.vanished,
            *self.names_added,
            *self.names_removed,
            *self.closed,
            *self.opened,
        )


def compare(known: Known, wanted: Wanted, *, year: int) -> Plan:
    plan = Plan(year)
    for code, place in wanted.places.items():
        before = known.places.get(code)
        if before is None:
            plan.appeared.append(place)
        elif code in known.vanished:
            plan.restored.append(place)
        elif before != place:
            plan.changed.append((before, place))
    _compare_perimeters(plan, known, wanted)
    _find_vanished(plan, known, wanted)
    _compare_names(plan, known, wanted)
    return plan


def _compare_perimeters(plan: Plan, known: Known, wanted: Wanted) -> None:
    for code in sorted(known.perimeters.keys() | wanted.perimeters.keys()):
        before, after = known.perimeters.get(code), wanted.perimeters.get(code)
        if before and before.epci == after:
            continue
        if before:
            plan.closed.append(before)
        if after:
            plan.opened.append((code, after))
        if code in known.places and code in wanted.places and code not in known.vanished:
            plan.moved.append(
                (
                    wanted.places[code],
                    known.places[before.epci] if before else None,
                    wanted.places[after] if after else None,
                )
            )


def _find_vanished(plan: Plan, known: Known, wanted: Wanted) -> None:
    members: dict[str, list[str]] = defaultdict(list)
    for commune, perimeter in known.perimeters.items():
        members[perimeter.epci].append(commune)
    for code, place in known.places.items():
        if code in wanted.places or code in known.vanished:
            continue
        if place.kind == TerritoryKind.COMMUNE:
            successor = wanted.successors.get(code)
        else:
            successor = _epci_successor(members[code], known, wanted)
        plan.vanished.append((place, wanted.places[successor] if successor else None))


def _epci_successor(members: list[str], known: Known, wanted: Wanted) -> str | None:
    """The EPCI that more than half of the inhabitants of `members` now live in, if there is one."""
    shares: dict[str | None, int] = defaultdict(int)
    for code in members:
        commune = code if code in wanted.places else wanted.successors.get(code, "")
        shares[wanted.perimeters.get(commune)] += known.places[code].population or 0
    heir = max(shares, key=lambda epci: (shares[epci], epci or ""), default=None)
    return heir if shares and shares[heir] * 2 > sum(shares.values()) else None


def _compare_names(plan: Plan, known: Known, wanted: Wanted) -> None:
    """The files own the names with an INSEE code and the official ones.

    The names that a territory has left since, and those of vanished EPCI, are the database's own.
    """
    names = set(wanted.names)
    for before, after in plan.renamed:
        if before.sort_key != after.sort_key:
            names.add(OtherName(after.code, NameKind.FORMER, before.name, ""))
    for place, successor in plan.vanished:
        if successor and place.kind == TerritoryKind.EPCI:
            names.add(OtherName(successor.code, NameKind.FORMER, place.name, place.code))
    for name, pk in known.names.items():
        owned = name.kind == NameKind.OFFICIAL or len(name.code) == 5
        holder = wanted.places.get(name.territory)
        taken_back = bool(
            holder and not name.code and spelling.sort_key(name.name) == holder.sort_key
        )
        if name not in names and (owned or taken_back):
            plan.names_removed.append(pk)
    removed = set(plan.names_removed)
    kept = {
        (name.territory, name.name.lower(), name.code)
        for name, pk in known.names.items()
        if pk not in removed
    }
    for name in sorted(names):
        key = (name.territory, name.name.lower(), name.code)
        if key not in kept:
            kept.add(key)
            plan.names_added.append(name)
