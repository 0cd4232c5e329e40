"""Lambert-93, against the constants that the IGN publishes for it."""

from __future__ import annotations

from math import asin, atan, atan2, atanh, cos, degrees, exp, hypot, log, pi, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villes_internet.territories.cartography.projection import lambert93, mercator

longitudes = st.floats(-5.2, 9.6)
latitudes = st.floats(41.3, 51.2)

EXPONENT, CONSTANT = 0.725_607_765_0, 11_754_255.426
POLE = (700_000.0, 12_655_612.050)  # metres
ECCENTRICITY = 0.081_819_191_12
STEP = 1e-5  # degrees


def inverse(x: float, y: float) -> tuple[float, float]:
    radius = hypot(x - POLE[0], y - POLE[1])
    isometric = -log(radius / CONSTANT) / EXPONENT
    latitude = 2 * atan(exp(isometric)) - pi / 2
    for _ in range(12):
        bent = isometric + ECCENTRICITY * atanh(ECCENTRICITY * sin(latitude))
        latitude = 2 * atan(exp(bent)) - pi / 2
    angle = atan2(x - POLE[0], POLE[1] - y)
    return degrees(angle / EXPONENT) + 3, degrees(latitude)


def test_its_origin_is_where_the_definition_says() -> None:
    assert lambert93(3, 46.5) == pytest.approx((700_000, 6_600_000), abs=1e-6)


def test_paris_is_where_the_maps_have_it() -> None:
    assert lambert93(2.3522, 48.8566) == pytest.approx((652_469, 6_862_035), abs=1)


@given(longitudes, latitudes)
def test_every_point_of_the_metropole_comes_back(longitude: float, latitude: float) -> None:
    assert inverse(*lambert93(longitude, latitude)) == pytest.approx(
        (longitude, latitude), abs=1e-8
    )


@given(longitudes, latitudes)
def test_it_is_conformal(longitude: float, latitude: float) -> None:
    """A small square stays one: as much stretched to the east as to the north, at a right angle."""
    x, y = lambert93(longitude, latitude)
    east = lambert93(longitude + STEP, latitude)
    north = lambert93(longitude, latitude + STEP)
    to_east, to_north = (east[0] - x, east[1] - y), (north[0] - x, north[1] - y)
    across = to_east[0] * to_north[0] + to_east[1] * to_north[1]
    assert across / (hypot(*to_east) * hypot(*to_north)) == pytest.approx(0, abs=1e-5)
    assert scale(longitude, latitude) == pytest.approx(1, abs=0.004)


def scale(longitude: float, latitude: float) -> float:
    """Metres on the map by metre on the parallel."""
    x, y = lambert93(longitude, latitude)
    east = lambert93(longitude + STEP, latitude)
    bend = 1 - (ECCENTRICITY * sin(radians(latitude))) ** 2
    parallel = 6_378_137 * cos(radians(latitude)) / sqrt(bend)
    return hypot(east[0] - x, east[1] - y) / (parallel * radians(STEP))


@pytest.mark.parametrize("latitude", [44, 49])
def test_it_is_true_to_scale_on_its_two_parallels(latitude: float) -> None:
    assert scale(5, latitude) == pytest.approx(1, abs=1e-6)


@given(longitudes, latitudes, latitudes)
def test_the_north_is_above_the_south(longitude: float, a: float, b: float) -> None:
    south, north = sorted((a, b))
    assert lambert93(longitude, south)[1] <= lambert93(longitude, north)[1]


@given(st.floats(-70, 70), st.floats(-60, 60))
def test_mercator_comes_back(longitude: float, latitude: float) -> None:
    x, y = mercator(longitude, latitude)
    back = (
        degrees(x / 6_378_137),
        degrees(asin((exp(2 * y / 6_378_137) - 1) / (exp(2 * y / 6_378_137) + 1))),
    )
    assert back == pytest.approx((longitude, latitude), abs=1e-8)
