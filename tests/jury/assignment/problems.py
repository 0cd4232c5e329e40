"""Juries and dossiers drawn at random, small and large."""

from __future__ import annotations

import random
from itertools import product

from hypothesis import strategies as st

from jury.assignment import Dossier, Problem, Reader

THEMES = ("ecole", "culture", "emploi")
CELLS = ("ville, Bretagne", "village, Corse")


def subsets(of: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of))


@st.composite
def problems(draw: st.DrawFn, *, dossiers: int = 5, readers: int = 4) -> Problem:
    """Up to 5 dossiers and 4 readers, some recused, some who read already."""
    how_many = draw(st.integers(1, dossiers)), draw(st.integers(0, readers))
    numbers = range(1, how_many[0] + 1)
    people = range(101, 101 + how_many[1])
    pairs = sorted(product(people, numbers))
    some = st.frozensets(st.sampled_from(pairs)) if pairs else st.just(frozenset())
    return Problem(
        dossiers=tuple(
            Dossier(pk, draw(st.sampled_from(CELLS)), draw(subsets(THEMES))) for pk in numbers
        ),
        readers=tuple(
            Reader(pk, draw(st.integers(0, dossiers + 1)), draw(subsets(THEMES))) for pk in people
        ),
        readers_per_dossier=draw(st.integers(1, 4)),
        recused=draw(some),
        entrusted=draw(some),
        seed=draw(st.integers(0, 3)),
    )


def edition(
    *, dossiers: int = 300, readers: int = 30, each: int = 3, max_load: int = 32
) -> Problem:
    """As large as a year of the label: types and régions uneven, recusals, known enjeux."""
    drawn = random.Random(1)
    themes = [f"enjeu-{number}" for number in range(16)]
    types = ["village", "ville", "ville", "territoire"]
    return Problem(
        dossiers=tuple(
            Dossier(
                pk,
                f"{drawn.choice(types)}, {int(drawn.triangular(0, 18, 3))}",
                frozenset(drawn.sample(themes, drawn.randint(3, 12))),
            )
            for pk in range(1, dossiers + 1)
        ),
        readers=tuple(
            Reader(pk, max_load, frozenset(drawn.sample(themes, drawn.randint(0, 5))))
            for pk in range(1, readers + 1)
        ),
        readers_per_dossier=3,
        recused=frozenset(
            (drawn.randint(1, readers), drawn.randint(1, dossiers)) for _ in range(dossiers)
        ),
        seed=2026,
    )
