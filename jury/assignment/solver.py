"""The optimum, by OR-Tools' minimum-cost flow.

A unit of flow is a reading: dossier -> (reader, cell) -> reader -> sink. The first arc carries one
unit at most, so nobody reads a dossier twice; the second and third are as many parallel arcs of one
unit as there may be readings, dearer and dearer; and a dossier reaches the sink directly for the
readers that it will lack, at a price that no reading comes near.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from ortools.graph.python import min_cost_flow

from jury.assignment import costs
from jury.assignment.problem import Dossier, Pair, Problem, Reader

LOTS = 256  # how many different lots are drawn between readings of the same price


@dataclass(frozen=True)
class Proposal:
    """`pairs` are the new readings; `missing` how many readers each dossier would still lack."""

    pairs: tuple[Pair, ...]
    missing: dict[int, int]
    cost: int

    @property
    def is_complete(self) -> bool:
        return not self.missing


def solve(problem: Problem) -> Proposal:
    """The readings of least cost among those that leave the fewest missing; always the same."""
    network = _Network(problem)
    pairs = tuple(sorted(network.flow()))
    served = Counter(dossier for _, dossier in pairs)
    missing = {pk: need - served[pk] for pk, need in problem.needs.items() if need > served[pk]}
    return Proposal(pairs, missing, costs.total(problem, pairs))


class _Network:
    """Prices are multiplied so that lots, added to them, only ever part equals."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.solver = min_cost_flow.SimpleMinCostFlow()
        self.dossiers = sorted(problem.dossiers, key=lambda one: one.pk)
        self.readers = [
            reader
            for reader in sorted(problem.readers, key=lambda one: one.pk)
            if problem.room(reader)
        ]
        self.scale = LOTS * problem.demand + 1
        self.nodes: dict[object, int] = {}
        self.arcs: dict[int, Pair] = {}
        self.takers: Counter[tuple[int, str]] = Counter()
        self.sink = self._node("sink")
        self.solver.set_node_supply(self.sink, -problem.demand)
        for dossier in self.dossiers:
            self._draw_dossier(dossier)
        for reader in self.readers:
            self._draw_reader(reader)

    def flow(self) -> list[Pair]:
        if not self.problem.demand:
            return []
        status = self.solver.solve()
        if status != self.solver.OPTIMAL:
            raise ArithmeticError(f"The distribution has no optimum: {status}")
        return [pair for arc, pair in self.arcs.items() if self.solver.flow(arc)]

    def _draw_dossier(self, dossier: Dossier) -> None:
        need = self.problem.needs[dossier.pk]
        if not need:
            return
        node = self._node("dossier", dossier.pk)
        self.solver.set_node_supply(node, need)
        for reader in self.readers:
            if self.problem.may_take(reader, dossier):
                place = self._node("cell", reader.pk, dossier.cell)
                price = costs.unknown(reader, dossier) * self.scale
                arc = self._arc(node, place, price + self._lot(reader, dossier))
                self.arcs[arc] = reader.pk, dossier.pk
                self.takers[reader.pk, dossier.cell] += 1
        for rank in range(1, need + 1):
            self._arc(node, self.sink, rank * self._unread * self.scale)

    def _draw_reader(self, reader: Reader) -> None:
        node, room = self._node("reader", reader.pk), self.problem.room(reader)
        before = self.problem.loads[reader.pk]
        for rank in range(before + 1, before + min(room, len(self.dossiers)) + 1):
            self._arc(node, self.sink, costs.load(rank, reader.max_load) * self.scale)
        for cell in {dossier.cell: None for dossier in self.dossiers}:
            before = self.problem.cells[reader.pk, cell]
            takers = min(room, self.takers[reader.pk, cell])
            for rank in range(before + 1, before + takers + 1):
                place = self._node("cell", reader.pk, cell)
                self._arc(place, node, costs.repetition(rank) * self.scale)

    @property
    def _unread(self) -> int:
        """More than all the readings together can cost."""
        dearest = costs.UNKNOWN + costs.repetition(len(self.dossiers)) + 2 * costs.FULL
        return dearest * self.problem.demand + 1

    def _lot(self, reader: Reader, dossier: Dossier) -> int:
        """Drawn from the seed for this pair alone: a dossier more changes no other lot."""
        drawn = f"{self.problem.seed}:{reader.pk}:{dossier.pk}".encode()
        return hashlib.blake2b(drawn, digest_size=1).digest()[0]

    def _node(self, *name: object) -> int:
        return self.nodes.setdefault(name, len(self.nodes))

    def _arc(self, tail: int, head: int, price: int) -> int:
        arc: int = self.solver.add_arc_with_capacity_and_unit_cost(tail, head, 1, price)
        return arc
