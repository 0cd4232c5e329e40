"""Why this reader: what each reading costs, and who would be the next best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from jury.assignment import costs
from jury.assignment.problem import Dossier, Pair, Problem, Reader


@dataclass(frozen=True)
class NextBest:
    """Who would read in their place at the least extra cost, in points, all else unchanged.

    `is_full`: nobody who may read the dossier has room left; this reader would be the next if they
    took more.
    """

    reader: Reader
    extra: int
    is_full: bool


@dataclass(frozen=True)
class Reason:
    """The price of a reading, in points, and what it is made of.

    `known` are the enjeux of the dossier that the reader knows; `alike` counts their readings of
    the same type and région, and `load` all their readings, this one and those under way included.
    """

    pair: Pair
    known: frozenset[str]
    alike: int
    load: int
    unknown_cost: int
    repetition_cost: int
    load_cost: int
    next_best: NextBest | None

    @property
    def cost(self) -> int:
        return self.unknown_cost + self.repetition_cost + self.load_cost


def explain(problem: Problem, pairs: Collection[Pair], shown: Collection[Pair]) -> list[Reason]:
    """The reasons of the `shown` readings, among all those proposed."""
    return _Explanation(problem, pairs).of(shown)


class _Explanation:
    def __init__(self, problem: Problem, pairs: Collection[Pair]) -> None:
        self.problem = problem
        self.dossiers = {dossier.pk: dossier for dossier in problem.dossiers}
        self.readers = {reader.pk: reader for reader in problem.readers}
        self.taken = set(pairs)
        self.loads = Counter(problem.loads)
        self.cells = Counter(problem.cells)
        for reader, dossier in pairs:
            self.loads[reader] += 1
            self.cells[reader, self.dossiers[dossier].cell] += 1

    def of(self, shown: Collection[Pair]) -> list[Reason]:
        return [self._reason(self.readers[pair[0]], self.dossiers[pair[1]]) for pair in shown]

    def _reason(self, reader: Reader, dossier: Dossier) -> Reason:
        alike, load = self.cells[reader.pk, dossier.cell], self.loads[reader.pk]
        cost = self._cost(reader, dossier, alike=alike, load=load)
        return Reason(
            pair=(reader.pk, dossier.pk),
            known=dossier.themes & reader.expertise,
            alike=alike,
            load=load,
            unknown_cost=costs.unknown(reader, dossier),
            repetition_cost=costs.repetition(alike),
            load_cost=costs.load(load, reader.max_load),
            next_best=self._next_best(dossier, instead_of=cost),
        )

    def _next_best(self, dossier: Dossier, *, instead_of: int) -> NextBest | None:
        found = [
            NextBest(
                reader,
                self._cost(
                    reader,
                    dossier,
                    alike=self.cells[reader.pk, dossier.cell] + 1,
                    load=self.loads[reader.pk] + 1,
                )
                - instead_of,
                is_full=self.loads[reader.pk] >= reader.max_load,
            )
            for reader in self.problem.readers
            if reader.max_load
            and self.problem.may_take(reader, dossier)
            and (reader.pk, dossier.pk) not in self.taken
        ]
        return min(found, key=lambda one: (one.is_full, one.extra, one.reader.pk), default=None)

    @staticmethod
    def _cost(reader: Reader, dossier: Dossier, *, alike: int, load: int) -> int:
        price = costs.unknown(reader, dossier) + costs.repetition(alike)
        return price + costs.load(load, reader.max_load)
