"""What differs between two texts, in words."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from candidatures.differences import Piece, differences

TEXTS = st.text(alphabet="ab c\n’é", max_size=60)


def words(pieces: list[Piece], *, without: str) -> list[str]:
    return "".join(one.text for one in pieces if not getattr(one, without)).split()


@given(before=TEXTS, after=TEXTS)
def test_what_is_left_of_each_side_is_its_own_text(before: str, after: str) -> None:
    found = differences(before, after)
    assert words(found, without="is_removed") == after.split()
    assert words(found, without="is_added") == before.split()


def test_equal_texts_have_no_difference() -> None:
    assert differences("Le bus\npasse", "Le bus passe") == [Piece("Le bus passe")]


def test_the_longest_answers_are_compared_in_no_time() -> None:
    before = " ".join(f"mot{number % 90} de la" for number in range(1_500))
    after = " ".join(f"mot{number % 91} de la" for number in range(1_500))
    began = time.perf_counter()
    differences(before, after)
    assert time.perf_counter() - began < 2
