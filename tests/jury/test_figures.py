"""The figures of the reviews: properties that hold whatever the notes."""

from __future__ import annotations

from fractions import Fraction
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.figures import (
    Figures,
    Limits,
    Near,
    NoScale,
    Notes,
    Opinion,
    Scale,
    deviation,
    figures,
    level_of,
    mean,
    median,
    near_threshold,
    scales,
    spread,
    total,
    without_each,
)

LIMITS = Limits(thresholds=(35, 50, 65, 80), threshold_margin=2, disagreement=30, minimum_sample=3)

shares = st.fractions(min_value=0, max_value=1, max_denominator=500)
totals = st.lists(shares, min_size=1, max_size=9)
notes = st.builds(
    lambda value, top, weight: Notes(min(value, top) * weight, top, weight),
    st.integers(0, 20),
    st.integers(1, 20),
    st.integers(1, 100),
)


@st.composite
def juries(draw: st.DrawFn) -> list[Opinion]:
    """Up to five jurors, each having read some of six dossiers once."""
    pairs = draw(st.sets(st.tuples(st.integers(1, 5), st.integers(1, 6)), min_size=1, max_size=24))
    return [Opinion(juror, dossier, draw(shares)) for juror, dossier in sorted(pairs)]


def percent(*numbers: int) -> list[Fraction]:
    return [Fraction(number, 100) for number in numbers]


# --- The total of one review ------------------------------------------------------------------


@given(st.lists(notes, min_size=1, max_size=8), st.data())
def test_a_total_is_bounded_by_its_notes_and_blind_to_their_order(
    given_notes: list[Notes], data: st.DataObject
) -> None:
    found = total(given_notes)
    assert found is not None
    each = [Fraction(one.points, one.scale_max * one.weight) for one in given_notes]
    assert min(each) <= found <= max(each)
    assert total(data.draw(st.permutations(given_notes))) == found


@given(st.lists(notes, min_size=1, max_size=8))
def test_what_is_left_without_a_note_weighs_nothing(given_notes: list[Notes]) -> None:
    assert total([*given_notes, Notes(0, 5, 0)]) == total(given_notes)
    assert total([Notes(0, 5, 0)]) is None


@given(st.lists(notes, min_size=2, max_size=8))
def test_notes_of_one_scale_may_be_added_up_first(given_notes: list[Notes]) -> None:
    by_scale: dict[int, Notes] = {}
    for one in given_notes:
        had = by_scale.get(one.scale_max, Notes(0, one.scale_max, 0))
        by_scale[one.scale_max] = Notes(
            had.points + one.points, one.scale_max, had.weight + one.weight
        )
    assert total(by_scale.values()) == total(given_notes)


# --- The figures of one dossier ---------------------------------------------------------------


@given(totals, st.data())
def test_the_figures_are_blind_to_the_order_of_the_reviews(
    ones: list[Fraction], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(ones))
    for figure in (mean, median, deviation, spread):
        assert figure(shuffled) == figure(ones)


@given(totals)
def test_the_figures_stay_between_the_extremes(ones: list[Fraction]) -> None:
    low, high = min(ones), max(ones)
    middle, half = mean(ones), median(ones)
    assert middle is not None
    assert half is not None
    assert low <= middle <= high
    assert low <= half <= high
    width, deviates = spread(ones), deviation(ones)
    if width is not None and deviates is not None:
        assert width == high - low
        assert 0 <= deviates <= float(width) / 2 + 1e-12  # Popoviciu


@given(totals, st.data(), shares)
def test_mean_and_median_never_fall_when_a_total_rises(
    ones: list[Fraction], data: st.DataObject, rise: Fraction
) -> None:
    rank = data.draw(st.integers(0, len(ones) - 1))
    risen = [one + rise if place == rank else one for place, one in enumerate(ones)]
    for figure in (mean, median):
        before, after = figure(ones), figure(risen)
        assert before is not None
        assert after is not None
        assert after >= before


def test_one_review_neither_deviates_nor_spreads() -> None:
    assert deviation(percent(60)) is None
    assert spread(percent(60)) is None
    assert mean([]) is None
    assert median([]) is None


# --- Normalisation ----------------------------------------------------------------------------


@given(juries())
def test_normalisation_keeps_the_order_within_a_juror(opinions: list[Opinion]) -> None:
    for juror, scale in scales(opinions, minimum_sample=2).items():
        if isinstance(scale, NoScale):
            continue
        own = sorted(opinion.total for opinion in opinions if opinion.juror == juror)
        brought = [scale.apply(one) for one in own]
        assert all(
            (lower < upper) == (low < up)
            for lower, upper, low, up in zip(own, own[1:], brought, brought[1:], strict=False)
        )


@given(juries())
def test_normalised_totals_have_the_mean_and_the_deviation_of_the_jury(
    opinions: list[Opinion],
) -> None:
    everything = [opinion.total for opinion in opinions]
    for juror, scale in scales(opinions, minimum_sample=2).items():
        if isinstance(scale, NoScale):
            continue
        brought = [scale.apply(one.total) for one in opinions if one.juror == juror]
        middle = mean(everything)
        assert middle is not None
        assert fmean(brought) == pytest.approx(float(middle))
        assert pstdev(brought) == pytest.approx(deviation(everything))


@given(juries(), st.integers(2, 6))
def test_who_read_too_little_is_not_normalised_nor_is_the_dossier(
    opinions: list[Opinion], minimum: int
) -> None:
    found = scales(opinions, minimum_sample=minimum)
    for juror, scale in found.items():
        own = [opinion.total for opinion in opinions if opinion.juror == juror]
        if len(own) < minimum:
            assert scale == NoScale(len(own))
        else:
            assert isinstance(scale, Scale) == (len(set(own)) > 1)
    limits = Limits((35, 50, 65, 80), 2, 30, minimum)
    for one in figures(opinions, limits).values():
        readers = {opinion.juror for opinion in one.opinions}
        refused = {juror for juror in readers if isinstance(found[juror], NoScale)}
        assert set(one.unscaled) == refused
        assert (one.normalised is None) == bool(refused)


def test_a_severe_juror_is_brought_up_and_a_generous_one_down() -> None:
    severe = [Opinion(1, dossier, one) for dossier, one in enumerate(percent(20, 30, 40))]
    generous = [Opinion(2, dossier, one) for dossier, one in enumerate(percent(70, 80, 90))]
    found = figures([*severe, *generous], LIMITS)
    assert found[1].mean == Fraction(55, 100)
    assert found[1].normalised == pytest.approx(0.55)
    scale = scales([*severe, *generous], minimum_sample=3)
    assert isinstance(scale[1], Scale)
    assert isinstance(scale[2], Scale)
    brought = scale[2].apply(Fraction(80, 100))
    assert scale[1].apply(Fraction(30, 100)) == pytest.approx(brought)


@given(juries(), st.data())
def test_the_figures_of_all_are_blind_to_the_order_of_the_reviews(
    opinions: list[Opinion], data: st.DataObject
) -> None:
    found = figures(opinions, LIMITS)
    shuffled = figures(data.draw(st.permutations(opinions)), LIMITS)
    for dossier, one in found.items():
        other = shuffled[dossier]
        assert (one.mean, one.median, one.deviation, one.spread, one.normalised) == (
            other.mean,
            other.median,
            other.deviation,
            other.spread,
            other.normalised,
        )
        assert (one.level, one.rank, one.near) == (other.level, other.rank, other.near)


# --- Thresholds, disagreement, ranks ----------------------------------------------------------


@given(shares, shares)
def test_a_higher_mean_never_suggests_fewer_arobases(one: Fraction, other: Fraction) -> None:
    low, high = sorted([one, other])
    assert 1 <= level_of(low, LIMITS) <= level_of(high, LIMITS) <= 5


@pytest.mark.parametrize(
    ("points", "level", "near"),
    [
        (0, 1, None),
        (34, 1, Near(2, Fraction(-1))),
        (35, 2, Near(2, Fraction(0))),
        (37, 2, Near(2, Fraction(2))),
        (38, 2, None),
        (78, 4, Near(5, Fraction(-2))),
        (100, 5, None),
    ],
)
def test_a_threshold_is_reached_from_its_very_number(
    points: int, level: int, near: Near | None
) -> None:
    one = Fraction(points, 100)
    assert level_of(one, LIMITS) == level
    assert near_threshold(one, LIMITS) == near


@pytest.mark.parametrize(("low", "high", "disagrees"), [(50, 79, False), (50, 80, True)])
def test_reviews_disagree_from_the_gap_that_the_edition_sets(
    low: int, high: int, disagrees: bool
) -> None:
    opinions = [Opinion(1, 1, Fraction(low, 100)), Opinion(2, 1, Fraction(high, 100))]
    assert figures(opinions, LIMITS)[1].disagrees is disagrees


@given(juries())
def test_a_rank_counts_the_better_means(opinions: list[Opinion]) -> None:
    found = list(figures(opinions, LIMITS).values())
    for one in found:
        assert one.rank == 1 + sum(other.mean > one.mean for other in found)


# --- Without a juror --------------------------------------------------------------------------


@given(juries())
def test_without_a_juror_the_rest_is_as_if_they_had_not_read_that_dossier(
    opinions: list[Opinion],
) -> None:
    found = figures(opinions, LIMITS)
    for one in found.values():
        for without in without_each(one, found.values(), LIMITS):
            kept = [
                opinion
                for opinion in opinions
                if (opinion.dossier, opinion.juror) != (one.dossier, without.juror)
            ]
            again: Figures | None = figures(kept, LIMITS).get(one.dossier)
            if again is None:
                assert without.mean is None
                continue
            assert (without.mean, without.median) == (again.mean, again.median)
            assert (without.level, without.rank) == (again.level, again.rank)


@given(juries())
def test_the_mean_is_that_without_a_juror_and_that_juror_put_together(
    opinions: list[Opinion],
) -> None:
    found = figures(opinions, LIMITS)
    for one in found.values():
        size = len(one.opinions)
        for opinion, without in zip(
            one.opinions, without_each(one, found.values(), LIMITS), strict=True
        ):
            if without.mean is not None:
                assert one.mean * size == without.mean * (size - 1) + opinion.total
