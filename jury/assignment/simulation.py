"""Before anything is entrusted: whether it can be, what stands in the way, what would change it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from jury.assignment.problem import Dossier, Problem, Reader
from jury.assignment.solver import Proposal, solve

NEWCOMER = 0  # no reader of the database has this key


class Cause(Enum):
    """Why a dossier lacks readers."""

    JURY = auto()  # fewer people read than a dossier must have readers
    RECUSALS = auto()  # too many of them are recused from it
    LOADS = auto()  # those who may read it have no room left


@dataclass(frozen=True)
class Shortage:
    """`able` counts those who read, or may read, the dossier; `recused` those set apart from it."""

    dossier: Dossier
    missing: int
    cause: Cause
    able: int
    recused: int


@dataclass(frozen=True)
class Coverage:
    """An enjeu: the dossiers that touch it, and those with a reader who knows it."""

    theme: str
    dossiers: int
    covered: int
    readers: int

    @property
    def lacks_readers(self) -> bool:
        return self.covered < self.dossiers


@dataclass(frozen=True)
class OneMore:
    """What somebody more would change, recused from nothing, taking `max_load` readings.

    `missing` readings would remain with one; `needed` of them would leave none. `share` is what
    each would read on average with one more, `share_now` what they do without.
    """

    max_load: int
    missing: int
    needed: int
    share: float
    share_now: float


@dataclass(frozen=True)
class Simulation:
    """What the distribution would give, and what it would lack."""

    problem: Problem
    proposal: Proposal
    shortages: tuple[Shortage, ...]
    one_more: OneMore | None

    @property
    def is_feasible(self) -> bool:
        return self.proposal.is_complete

    @cached_property
    def missing(self) -> int:
        return sum(self.proposal.missing.values())

    @cached_property
    def loads(self) -> dict[int, int]:
        """The readings of each reader, by key, those under way included."""
        loads = {reader.pk: self.problem.loads[reader.pk] for reader in self.problem.readers}
        for reader, _ in self.proposal.pairs:
            loads[reader] += 1
        return loads

    @cached_property
    def bottleneck(self) -> list[Reader]:
        """Those whose loads hold the missing readings back: any of them taking one more would help.

        Whoever takes none, having given up for instance, is left alone.

        From a dossier that lacks a reader, those who may take it, then the dossiers proposed to
        them, which somebody else might take in their place, and so on.
        """
        proposed = defaultdict(set)
        for reader_pk, dossier_pk in self.proposal.pairs:
            proposed[reader_pk].add(dossier_pk)
        dossiers = {dossier.pk: dossier for dossier in self.problem.dossiers}
        waiting = [one.dossier for one in self.shortages]
        seen, found = {one.pk for one in waiting}, {}
        while waiting:
            dossier = waiting.pop()
            for reader in self.problem.readers:
                if not reader.max_load or reader.pk in found or dossier.pk in proposed[reader.pk]:
                    continue
                if self.problem.may_take(reader, dossier):
                    found[reader.pk] = reader
                    fresh = proposed[reader.pk] - seen
                    seen |= fresh
                    waiting += [dossiers[pk] for pk in fresh]
        return sorted(found.values(), key=lambda one: one.pk)

    def coverage(self, themes: Iterable[str]) -> list[Coverage]:
        """Of each of these enjeux, in the given order."""
        known = {reader.pk: reader.expertise for reader in self.problem.readers}
        met: dict[int, set[str]] = defaultdict(set)
        for reader, dossier_pk in (*self.problem.under_way, *self.proposal.pairs):
            met[dossier_pk] |= known.get(reader, frozenset())
        found = []
        for theme in themes:
            touching = [one.pk for one in self.problem.dossiers if theme in one.themes]
            found.append(
                Coverage(
                    theme=theme,
                    dossiers=len(touching),
                    covered=sum(theme in met[pk] for pk in touching),
                    readers=sum(
                        theme in one.expertise for one in self.problem.readers if one.max_load
                    ),
                )
            )
        return found


def simulate(problem: Problem, *, usual_load: int) -> Simulation:
    """`usual_load` readings are what somebody more would take."""
    proposal = solve(problem)
    shortages = tuple(
        _shortage(problem, dossier, proposal.missing[dossier.pk])
        for dossier in problem.dossiers
        if dossier.pk in proposal.missing
    )
    one_more = _one_more(problem, proposal, usual_load) if problem.demand and usual_load else None
    return Simulation(problem, proposal, shortages, one_more)


def _shortage(problem: Problem, dossier: Dossier, missing: int) -> Shortage:
    reading = sum(pk == dossier.pk for _, pk in problem.under_way)
    active = [reader for reader in problem.readers if reader.max_load]
    able = reading + sum(problem.may_take(reader, dossier) for reader in active)
    recused = sum((reader.pk, dossier.pk) in problem.recused for reader in active)
    cause = Cause.LOADS
    if able < problem.readers_per_dossier:
        enough = able + recused >= problem.readers_per_dossier
        cause = Cause.RECUSALS if enough else Cause.JURY
    return Shortage(dossier, missing, cause, able, recused)


def _one_more(problem: Problem, proposal: Proposal, max_load: int) -> OneMore:
    missing, needed = proposal.missing, 0
    after_one = sum(missing.values())
    while missing:
        # Each takes a reading of a dossier once, and `max_load` in all: fewer could not be enough.
        places = -(-sum(missing.values()) // max_load)
        needed += max(places, *missing.values()) if needed else 1
        missing = solve(_joined(problem, needed, max_load)).missing
        if needed == 1:
            after_one = sum(missing.values())
    readings = problem.demand + len(problem.under_way)
    active = sum(1 for reader in problem.readers if reader.max_load)
    return OneMore(
        max_load=max_load,
        missing=after_one,
        needed=needed,
        share=(readings - after_one) / (active + 1),
        share_now=(readings - sum(proposal.missing.values())) / active if active else 0,
    )


def _joined(problem: Problem, newcomers: int, max_load: int) -> Problem:
    for number in range(newcomers):
        problem = problem.with_reader(Reader(NEWCOMER - number, max_load, frozenset()))
    return problem
