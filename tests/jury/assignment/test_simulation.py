"""Before anything is entrusted: can it be, what stands in the way, what would change it."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given, settings

from jury.assignment import Cause, Dossier, Problem, Reader, simulate, solve
from tests.jury.assignment.problems import edition, problems

NONE: frozenset[str] = frozenset()


def towns(number: int) -> tuple[Dossier, ...]:
    return tuple(Dossier(pk, f"ville, {pk}", frozenset({"ecole"})) for pk in range(1, number + 1))


def people(number: int, max_load: int) -> tuple[Reader, ...]:
    return tuple(Reader(pk, max_load, NONE) for pk in range(1, number + 1))


def test_a_jury_smaller_than_the_readings_of_a_dossier_is_said_so() -> None:
    found = simulate(Problem(towns(1), people(2, 9), 3), usual_load=9)
    assert not found.is_feasible
    [shortage] = found.shortages
    assert (shortage.cause, shortage.missing, shortage.able) == (Cause.JURY, 1, 2)


def test_recusals_that_leave_too_few_readers_are_said_so() -> None:
    recused = frozenset({(1, 1), (2, 1)})
    found = simulate(Problem(towns(2), people(4, 9), 3, recused), usual_load=9)
    [shortage] = found.shortages
    assert (shortage.dossier.pk, shortage.cause) == (1, Cause.RECUSALS)
    assert (shortage.able, shortage.recused, shortage.missing) == (2, 2, 1)


def test_loads_that_are_full_are_said_so_with_whose() -> None:
    problem = Problem(towns(4), people(3, 2), 2)
    found = simulate(problem, usual_load=2)
    assert {one.cause for one in found.shortages} == {Cause.LOADS}
    assert found.missing == 2
    assert [reader.pk for reader in found.bottleneck] == [1, 2, 3]


def test_only_those_who_could_help_are_named() -> None:
    """The third reads nothing but the first dossier, which has its reader."""
    recused = frozenset({(3, 2), (3, 3), (1, 1), (2, 1)})
    problem = Problem(towns(3), (*people(2, 1), Reader(3, 1, NONE)), 2, recused)
    found = simulate(problem, usual_load=1)
    assert 3 not in {reader.pk for reader in found.bottleneck}


@given(problems())
def test_more_room_for_any_of_those_named_is_one_reading_more(problem: Problem) -> None:
    found = simulate(problem, usual_load=3)
    assert found.is_feasible or found.shortages
    for named in found.bottleneck:
        room = max(problem.loads[named.pk], named.max_load) + 1
        readers = tuple(
            replace(one, max_load=room) if one == named else one for one in problem.readers
        )
        after = solve(replace(problem, readers=readers))
        assert sum(after.missing.values()) == found.missing - 1


@settings(max_examples=50, deadline=None)
@given(problems())
def test_as_many_newcomers_as_said_and_no_fewer_leave_nothing_unread(problem: Problem) -> None:
    found = simulate(problem, usual_load=2)
    if found.one_more is None:
        return
    for newcomers in range(found.one_more.needed + 1):
        joined = problem
        for number in range(newcomers):
            joined = joined.with_reader(Reader(1000 + number, 2, NONE))
        assert solve(joined).is_complete == (newcomers == found.one_more.needed)
        if newcomers == 1:
            assert sum(solve(joined).missing.values()) == found.one_more.missing


def test_one_more_lightens_the_readings_of_the_others() -> None:
    found = simulate(Problem(towns(6), people(2, 9), 2), usual_load=9)
    assert found.is_feasible
    assert found.one_more is not None
    assert (found.one_more.needed, found.one_more.missing) == (0, 0)
    assert (found.one_more.share_now, found.one_more.share) == (6, 4)


def test_an_enjeu_lacks_readers_where_nobody_proposed_knows_it() -> None:
    dossiers = (
        Dossier(1, "ville", frozenset({"ecole", "emploi"})),
        Dossier(2, "village", frozenset({"ecole"})),
    )
    readers = (Reader(1, 9, frozenset({"ecole"})), Reader(2, 0, frozenset({"emploi"})))
    found = simulate(Problem(dossiers, readers, 1), usual_load=9)
    school, work, culture = found.coverage(["ecole", "emploi", "culture"])
    assert (school.dossiers, school.covered, school.readers) == (2, 2, 1)
    assert not school.lacks_readers
    assert (work.dossiers, work.covered, work.readers) == (1, 0, 0)
    assert work.lacks_readers
    assert not culture.lacks_readers


def test_a_whole_edition_is_simulated_in_less_than_two_seconds() -> None:
    started = time.perf_counter()
    found = simulate(edition(max_load=20), usual_load=20)
    assert time.perf_counter() - started < 2
    assert found.missing == 300
    assert found.one_more is not None
    assert found.one_more.needed == 15
