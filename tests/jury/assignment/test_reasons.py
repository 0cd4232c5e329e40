"""Why this reader: the points add up, and nobody with room would have cost less."""

from __future__ import annotations

from hypothesis import given

from jury.assignment import Dossier, Problem, Reader, explain, solve
from tests.jury.assignment.problems import problems

SCHOOL = frozenset({"ecole", "culture"})


@given(problems())
def test_nobody_with_room_left_would_have_cost_less(problem: Problem) -> None:
    pairs = solve(problem).pairs
    for reason in explain(problem, pairs, pairs):
        if reason.next_best and not reason.next_best.is_full:
            assert reason.next_best.extra >= 0


@given(problems())
def test_the_next_best_may_read_the_dossier_and_does_not_yet(problem: Problem) -> None:
    pairs = solve(problem).pairs
    for reason in explain(problem, pairs, pairs):
        if reason.next_best:
            pair = reason.next_best.reader.pk, reason.pair[1]
            assert pair not in problem.recused | problem.entrusted | set(pairs)


def test_a_reason_says_what_is_known_what_is_alike_and_how_much_is_read() -> None:
    dossiers = tuple(Dossier(pk, "ville, Corse", SCHOOL) for pk in (1, 2))
    readers = (Reader(1, 10, frozenset({"ecole"})), Reader(2, 10, frozenset()))
    problem = Problem(dossiers, readers, 1, recused=frozenset({(2, 2)}))
    pairs = solve(problem).pairs
    assert pairs == ((1, 1), (1, 2))
    first, second = explain(problem, pairs, pairs)
    assert first.known == second.known == {"ecole"}
    assert (first.alike, first.load) == (2, 2)
    assert (first.unknown_cost, first.repetition_cost, first.load_cost) == (50, 20, 30)
    assert first.cost == 100
    assert first.next_best is not None
    assert (first.next_best.reader.pk, first.next_best.extra) == (2, 10)
    assert second.next_best is None


def test_without_room_anywhere_the_next_best_is_said_to_be_full() -> None:
    dossiers = tuple(Dossier(pk, f"ville, {pk}", frozenset()) for pk in (1, 2))
    readers = (Reader(1, 1, frozenset()), Reader(2, 1, frozenset()))
    problem = Problem(dossiers, readers, 1)
    pairs = solve(problem).pairs
    assert len(pairs) == 2
    for reason in explain(problem, pairs, pairs):
        assert reason.next_best is not None
        assert reason.next_best.is_full
