"""What is to be distributed: dossiers, readers, and what forbids or precedes a reading."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

Pair = tuple[int, int]  # a reader, a dossier


@dataclass(frozen=True)
class Dossier:
    """`cell` is its type and région together; `themes` are the enjeux that its actions touch."""

    pk: int
    cell: str
    themes: frozenset[str]


@dataclass(frozen=True)
class Reader:
    """At most `max_load` readings; `expertise` are the enjeux that they know."""

    pk: int
    max_load: int
    expertise: frozenset[str]


@dataclass(frozen=True)
class Problem:
    """`entrusted` are the readings under way, which stay; `seed` draws lots between equals."""

    dossiers: tuple[Dossier, ...]
    readers: tuple[Reader, ...]
    readers_per_dossier: int
    recused: frozenset[Pair] = frozenset()
    entrusted: frozenset[Pair] = frozenset()
    seed: int = 0

    @cached_property
    def under_way(self) -> frozenset[Pair]:
        """The readings that count already: of a dossier to be read, by somebody not recused."""
        dossiers = {dossier.pk for dossier in self.dossiers}
        return frozenset(pair for pair in self.entrusted - self.recused if pair[1] in dossiers)

    @cached_property
    def loads(self) -> Counter[int]:
        """The readings under way of each reader."""
        return Counter(reader for reader, _ in self.under_way)

    @cached_property
    def cells(self) -> Counter[tuple[int, str]]:
        """The readings under way of each reader in each cell."""
        cell_of = {dossier.pk: dossier.cell for dossier in self.dossiers}
        return Counter((reader, cell_of[dossier]) for reader, dossier in self.under_way)

    def room(self, reader: Reader) -> int:
        """How many more readings they may be entrusted with."""
        return max(0, reader.max_load - self.loads[reader.pk])

    @cached_property
    def needs(self) -> dict[int, int]:
        """How many readers each dossier still lacks."""
        have = Counter(dossier for _, dossier in self.under_way)
        return {
            dossier.pk: max(0, self.readers_per_dossier - have[dossier.pk])
            for dossier in self.dossiers
        }

    @cached_property
    def demand(self) -> int:
        return sum(self.needs.values())

    @cached_property
    def capacity(self) -> int:
        return sum(map(self.room, self.readers))

    def may_take(self, reader: Reader, dossier: Dossier) -> bool:
        """Neither recused from it nor reading it already; whether they have room is apart."""
        pair = reader.pk, dossier.pk
        return pair not in self.recused and pair not in self.under_way

    def with_reader(self, reader: Reader) -> Problem:
        return replace(self, readers=(*self.readers, reader))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the distribution depends on: another one when anything changed."""
        said = [
            self.seed,
            self.readers_per_dossier,
            sorted((one.pk, one.cell, sorted(one.themes)) for one in self.dossiers),
            sorted((one.pk, one.max_load, sorted(one.expertise)) for one in self.readers),
            sorted(self.recused),
            sorted(self.entrusted),
        ]
        canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
