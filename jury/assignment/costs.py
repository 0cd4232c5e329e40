"""The price of a reading, in points: what the distribution keeps as low as it can.

Three prices add up for each reading that is entrusted:

- **unknown enjeux**: of the enjeux that the dossier touches, the share that the reader does not
  know, from 0 (all known) to `UNKNOWN`;
- **repetition**: the n-th dossier of one type and one région that a reader takes costs
  (n - 1) x `REPEATED`, so that nobody judges the villages of a single région;
- **load**: the n-th reading of somebody who takes `max_load` costs FULL x (2n - 1) / max_load,
  rounded down: the sum is FULL x n² / max_load, least when all are filled in the same proportion.

The last two grow with n, so their sums are convex: the flow that takes the cheapest readings first
pays exactly these prices. A reading that nobody can take comes before all prices: the fewest, then
the most even between dossiers. The weights are assumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from jury.assignment.problem import Dossier, Pair, Problem, Reader

UNKNOWN = 100
REPEATED = 20
FULL = 100


def unknown(reader: Reader, dossier: Dossier) -> int:
    if not dossier.themes:
        return 0
    known = len(dossier.themes & reader.expertise)
    return UNKNOWN - UNKNOWN * known // len(dossier.themes)


def repetition(rank: int) -> int:
    """Of the n-th reading of a reader in one cell, from 1."""
    return REPEATED * (rank - 1)


def load(rank: int, max_load: int) -> int:
    """Of the n-th reading of a reader, from 1."""
    return FULL * (2 * rank - 1) // max_load


def total(problem: Problem, pairs: Collection[Pair]) -> int:
    """What these readings cost together, on top of those under way."""
    dossiers = {dossier.pk: dossier for dossier in problem.dossiers}
    readers = {reader.pk: reader for reader in problem.readers}
    loads, cells = Counter(problem.loads), Counter(problem.cells)
    cost = 0
    for pk, dossier_pk in pairs:
        reader, dossier = readers[pk], dossiers[dossier_pk]
        loads[pk] += 1
        cells[pk, dossier.cell] += 1
        cost += unknown(reader, dossier)
        cost += repetition(cells[pk, dossier.cell]) + load(loads[pk], reader.max_load)
    return cost
