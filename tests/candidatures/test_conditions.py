"""Which questions are asked, under conditions on the territory and on earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidatures.asking import Asked, Stored, ask
from candidatures.choices import Operator, QuestionKind, Trait
from candidatures.conditions import Clause, Facts
from candidatures.models import Question, Section
from labels.choices import CandidateType

SECTION = Section(pk=1, code="volonte", title="Une volonté politique")
FACTS = Facts(population=12_000, is_overseas=False)
CODES = ["a", "b", "c", "d", "e"]


def question(pk: int, *, code: str = "", **fields: object) -> Question:
    options = {"kind": QuestionKind.YES_NO, "is_required": True} | fields
    return Question(pk=pk, section=SECTION, code=code or f"q{pk}", **options)


def asked(
    questions: list[Question],
    answers: Mapping[int, str] | None = None,
    *,
    facts: Facts = FACTS,
    candidate_type: str = CandidateType.TOWN,
) -> list[Asked]:
    stored = {pk: Stored(value) for pk, value in (answers or {}).items()}
    return ask(questions, candidate_type=candidate_type, facts=facts, answers=stored)


def codes(found: list[Asked]) -> list[str]:
    return [one.question.code for one in found]


def only_if(code: str, *values: str) -> list[dict[str, object]]:
    return [Clause(Operator.IS, values, question=code).as_json()]


def test_a_question_under_condition_waits_for_the_answer_that_opens_it() -> None:
    questions = [
        question(1, code="elu"),
        question(2, code="lequel", asked_if=only_if("elu", "yes")),
    ]
    assert codes(asked(questions)) == ["elu"]
    assert codes(asked(questions, {1: "no"})) == ["elu"]
    assert codes(asked(questions, {1: "yes"})) == ["elu", "lequel"]


def test_an_answer_that_is_no_longer_asked_for_opens_nothing() -> None:
    questions = [
        question(1, code="elu"),
        question(2, code="lequel", asked_if=only_if("elu", "yes")),
        question(3, code="depuis", asked_if=only_if("lequel", "yes")),
    ]
    assert codes(asked(questions, {1: "yes", 2: "yes"})) == ["elu", "lequel", "depuis"]
    assert codes(asked(questions, {1: "no", 2: "yes"})) == ["elu"]


def test_a_question_may_be_required_under_condition_only() -> None:
    questions = [question(1, code="elu"), question(2, required_if=only_if("elu", "yes"))]
    assert [one.is_required for one in asked(questions, {1: "no"})] == [True, False]
    assert [one.is_required for one in asked(questions, {1: "yes"})] == [True, True]


def test_a_question_for_villages_is_not_put_to_a_town() -> None:
    questions = [question(1, candidate_types=[CandidateType.VILLAGE])]
    assert asked(questions) == []
    assert codes(asked(questions, candidate_type=CandidateType.VILLAGE)) == ["q1"]


@pytest.mark.parametrize(
    ("operator", "values", "population", "holds"),
    [
        (Operator.AT_LEAST, ("12000",), 12_000, True),
        (Operator.AT_LEAST, ("12001",), 12_000, False),
        (Operator.AT_MOST, ("12000",), 12_000, True),
        (Operator.AT_MOST, ("11999",), 12_000, False),
        (Operator.AT_LEAST, ("0",), None, False),
        (Operator.AT_MOST, ("999999",), None, False),
    ],
)
def test_a_condition_on_the_population_includes_its_bound(
    operator: Operator, values: tuple[str, ...], population: int | None, holds: bool
) -> None:
    clause = Clause(operator, values, trait=Trait.POPULATION)
    assert clause.holds(Facts(population=population, is_overseas=False)) is holds


def test_a_condition_on_the_overseas() -> None:
    overseas = Clause(Operator.IS, ("yes",), trait=Trait.OVERSEAS)
    mainland = Clause(Operator.IS, ("no",), trait=Trait.OVERSEAS)
    there = Facts(population=None, is_overseas=True)
    assert (overseas.holds(there), mainland.holds(there)) == (True, False)
    assert (overseas.holds(FACTS), mainland.holds(FACTS)) == (False, True)


def test_one_choice_among_several_is_enough() -> None:
    several = question(1, code="enjeux", kind=QuestionKind.CHOICES, choices=["Emploi", "Identité"])
    then = question(2, asked_if=only_if("enjeux", "Identité"))
    assert codes(asked([several, then], {1: '["Emploi", "Identité"]'})) == ["enjeux", "q2"]
    assert codes(asked([several, then], {1: '["Emploi"]'})) == ["enjeux"]


values = st.sampled_from(["", "yes", "no"])
clauses = st.one_of(
    st.builds(
        Clause,
        operator=st.just(Operator.IS),
        values=st.sampled_from([("yes",), ("no",), ("yes", "no")]),
        question=st.sampled_from(CODES),
    ),
    st.builds(Clause, operator=st.just(Operator.ANSWERED), question=st.sampled_from(CODES)),
    st.builds(
        Clause,
        operator=st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]),
        values=st.integers(0, 600_000).map(lambda number: (str(number),)),
        trait=st.just(Trait.POPULATION),
    ),
    st.builds(
        Clause,
        operator=st.just(Operator.IS),
        values=st.sampled_from([("yes",), ("no",)]),
        trait=st.just(Trait.OVERSEAS),
    ),
)
conditions = st.lists(clauses, max_size=2).map(lambda found: [clause.as_json() for clause in found])
facts = st.builds(Facts, population=st.none() | st.integers(0, 600_000), is_overseas=st.booleans())


@st.composite
def questionnaires(draw: st.DrawFn) -> list[Question]:
    return [
        question(
            pk,
            code=code,
            is_required=draw(st.booleans()),
            asked_if=draw(conditions),
            required_if=draw(conditions),
            candidate_types=draw(st.sampled_from([[], ["village"], ["ville", "territoire"]])),
        )
        for pk, code in enumerate(CODES, 1)
    ]


answers = st.dictionaries(st.integers(1, len(CODES)), values)


@given(clauses)
def test_a_clause_is_read_as_it_was_written(clause: Clause) -> None:
    assert Clause.read(clause.as_json()) == clause


@given(questionnaires(), answers, st.integers(1, len(CODES)), values, facts)
def test_an_answer_changes_nothing_of_what_is_asked_before_it(
    questions: list[Question], given_: dict[int, str], pk: int, value: str, facts: Facts
) -> None:
    def until(found: list[Asked]) -> list[tuple[int, bool]]:
        return [(one.question.pk, one.is_required) for one in found if one.question.pk <= pk]

    before = asked(questions, given_, facts=facts)
    assert until(asked(questions, given_ | {pk: value}, facts=facts)) == until(before)


@given(questionnaires(), answers, answers, facts)
def test_an_answer_to_what_is_not_asked_changes_nothing(
    questions: list[Question], given_: dict[int, str], noise: dict[int, str], facts: Facts
) -> None:
    found = asked(questions, given_, facts=facts)
    shown = {one.question.pk for one in found}
    hidden = {pk: value for pk, value in noise.items() if pk not in shown}
    assert asked(questions, given_ | hidden, facts=facts) == found


@given(questionnaires(), answers, facts)
def test_answering_all_that_is_asked_ends_what_is_missing(
    questions: list[Question], given_: dict[int, str], facts: Facts
) -> None:
    """Each answer may open other questions, but never without end."""
    filled = dict(given_)
    for _ in questions:
        for one in asked(questions, filled, facts=facts):
            filled[one.question.pk] = filled.get(one.question.pk) or "yes"
    assert not any(one.is_missing for one in asked(questions, filled, facts=facts))
