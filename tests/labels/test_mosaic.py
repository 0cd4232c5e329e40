"""The mosaïque: what it counts, what its shades say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from labels.mosaic import Mosaic, Weights, mosaic, shades, weigh
from tests.factories.labels import DigitalServiceFactory, EditionFactory, ThemeFactory

numbers = st.integers(min_value=0, max_value=15_000)
links = st.tuples(st.sampled_from(["emploi", "culture"]), st.sampled_from(["a", "b", "c"]))
practices = st.lists(st.lists(links, max_size=5), max_size=20)


def laid(weights: Weights) -> Mosaic:
    edition = EditionFactory()
    for theme, services in {"emploi": ["a", "b"], "culture": ["a"], "sante": []}.items():
        made = ThemeFactory(edition=edition, code=theme, name=theme.capitalize())
        for service in services:
            DigitalServiceFactory(theme=made, code=service, name=f"{theme} {service}")
    return mosaic(edition, weights)


@pytest.mark.django_db
def test_a_practice_counts_once_for_an_enjeu_and_sets_each_of_its_services() -> None:
    both = [("emploi", "a"), ("emploi", "b")]
    drawn = laid(weigh([both, [("emploi", "a")]]))
    employment, culture, health = drawn.tiles
    assert (employment.count, [service.count for service in employment.services]) == (2, [2, 1])
    assert (culture.count, culture.covered) == (0, [])
    assert (health.count, health.services) == (0, ())
    assert (drawn.covered, drawn.total) == (1, 3)
    assert (drawn.covered_services, drawn.services) == (2, 3)


@pytest.mark.django_db
def test_a_service_of_two_enjeux_under_one_code_is_told_apart() -> None:
    drawn = laid(weigh([[("culture", "a")]]))
    assert [len(tile.covered) for tile in drawn.tiles] == [0, 1, 0]


@pytest.mark.django_db
def test_a_service_that_left_the_referentiel_still_counts_for_its_enjeu() -> None:
    employment = laid(weigh([[("emploi", "gone")]])).tiles[0]
    assert (employment.count, employment.covered) == (1, [])


@pytest.mark.django_db
def test_the_shade_follows_the_legend() -> None:
    drawn = laid(weigh([[("emploi", "a")]] * 9 + [[("culture", "a")]] * 4))
    assert [tile.weight for tile in drawn.tiles] == [3, 2, 0]
    assert [(shade.least, shade.most) for shade in drawn.shades] == [(1, 3), (4, 6), (7, None)]


@pytest.mark.django_db
def test_laying_it_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = DigitalServiceFactory().theme.edition
    with django_assert_num_queries(1):
        mosaic(edition, Weights())
    for _ in range(2):
        DigitalServiceFactory(theme__edition=edition)
    with django_assert_num_queries(1):
        mosaic(edition, Weights())


@given(numbers)
def test_every_number_has_exactly_one_shade_and_the_greatest_the_darkest(most: int) -> None:
    legend = shades(most)
    assert [shade.weight for shade in legend] == [1, 2, 3]
    assert legend[0].least == 1
    assert all(after.least == before.most + 1 for before, after in pairwise(legend) if before.most)
    assert all(shade.most is None or shade.least <= shade.most for shade in legend)
    assert legend[-1].most is None
    assert most < 3 or legend[-1].least <= most


@given(practices)
def test_an_enjeu_weighs_no_less_than_any_of_its_services_and_no_more_than_the_practices(
    chosen: list[list[tuple[str, str]]],
) -> None:
    weights = weigh(chosen)
    for (theme, _), count in weights.services.items():
        assert count <= weights.themes[theme] <= len(chosen)


@given(practices)
def test_the_order_of_the_practices_changes_nothing(chosen: list[list[tuple[str, str]]]) -> None:
    assert weigh(chosen) == weigh(list(reversed(chosen)))
