"""The drawing of France that the pages refer to, and where a collectivité falls on it."""

from __future__ import annotations

import gzip
import re
from functools import cache
from io import StringIO
from math import hypot
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.territories import CommuneFactory, DepartmentFactory
from villes_internet.territories.cartography import Place, frame_of, locate, place, spread
from villes_internet.territories.cartography.drawing import Polygons, polygons, svg
from villes_internet.territories.cartography.frames import HEIGHT, INSETS, METROPOLE, WIDTH, ZOOMED
from villes_internet.territories.cartography.mending import contains, mended
from villes_internet.territories.cartography.spreading import FARTHEST, NEAREST
from villes_internet.territories.cartography.topology import read
from villes_internet.territories.management.commands.draw_france import FILE
from villes_internet.territories.models import Territory

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {
    "Brest": ("29", 48.3904, -4.4861),
    "Lille": ("59", 50.6292, 3.0573),
    "Strasbourg": ("67", 48.5734, 7.7521),
    "Nice": ("06", 43.7102, 7.2620),
    "Bayonne": ("64", 43.4929, -1.4748),
    "Ajaccio": ("2A", 41.9192, 8.7386),
    "Bastia": ("2B", 42.6970, 9.4503),
    "Paris": ("75", 48.8566, 2.3522),
    "Montreuil": ("93", 48.8638, 2.4485),
    "Basse-Terre": ("971", 15.9979, -61.7326),
    "Le Lamentin": ("972", 14.6137, -61.0010),
    "Cayenne": ("973", 4.9224, -52.3135),
    "Saint-Denis de La Réunion": ("974", -20.8789, 55.4481),
    "Mamoudzou": ("976", -12.7806, 45.2278),
}
points = st.lists(
    st.tuples(
        st.builds(Place, st.integers(0, 120), st.integers(0, 120)),
        st.sampled_from([6, 8, 9, 11, 12]),
    ),
    max_size=25,
)


@cache
def shapes() -> dict[str, Polygons]:
    return polygons(mended(read()))


def test_the_file_of_the_site_is_what_the_command_draws() -> None:
    """Run `manage.py draw_france` after changing the contours or the drawing."""
    assert FILE.read_text(encoding="utf-8") == svg()


def test_the_command_writes_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "france.svg"
    monkeypatch.setattr("villes_internet.territories.management.commands.draw_france.FILE", path)
    out = StringIO()
    call_command("draw_france", stdout=out)
    assert path.read_text(encoding="utf-8") == svg()
    assert "france.svg" in out.getvalue()


def test_it_is_light() -> None:
    assert len(svg()) < 25_000
    assert len(gzip.compress(svg().encode(), compresslevel=6)) < 10_000


def test_each_departement_is_there_once_and_those_of_paris_twice() -> None:
    drawn = [path.get("id") for path in ET.fromstring(svg()).iter(f"{SVG}path")]
    departments = [f"d{code}" for code in read().departments]
    assert sorted(filter(None, drawn)) == sorted(
        [*departments, *(f"z{code}" for code in ZOOMED), "regions"]
    )
    assert len(departments) == 101


def test_each_path_of_the_file_is_its_shape() -> None:
    paths = dict(re.findall(r'<path id="(\w+)" d="([^"]+)"', svg()))
    assert {name: walk(path) for name, path in paths.items()} == {
        name: [ring[:-1] for ring in rings] for name, rings in shapes().items()
    }


def walk(path: str) -> Polygons:
    """The points of « M0 0l3 0 0 3z », ring by ring."""
    rings = []
    for ring in path.removesuffix("z").split("z"):
        x, y, *steps = map(int, re.findall(r"-?\d+", ring))
        points = [Place(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            points.append(Place(points[-1].x + dx, points[-1].y + dy))
        rings.append(points)
    return rings


def test_the_page_alone_colours_it() -> None:
    assert set(re.findall(r"(?:fill|stroke|style|class)[^ />]*", svg())) == {'fill="none"'}


def test_everything_is_inside_the_drawing() -> None:
    for rings in shapes().values():
        for x, y in (spot for ring in rings for spot in ring):
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_no_inset_covers_another() -> None:
    taken: dict[Place, str] = {}
    for name, rings in shapes().items():
        part = name if len(name) > 3 else name[0]
        for spot in (spot for ring in rings for spot in ring):
            assert taken.setdefault(spot, part) == part


@pytest.mark.parametrize("town", KNOWN)
def test_a_known_town_falls_in_its_departement(town: str) -> None:
    department, latitude, longitude = KNOWN[town]
    spot = place(department, latitude=latitude, longitude=longitude)
    assert spot
    own = f"{'z' if department in ZOOMED else 'd'}{department}"
    assert {name for name in shapes() if is_in(name, spot)} <= {own}
    ashore = [Place(spot.x + dx, spot.y + dy) for dx in (0, -3, 3) for dy in (0, -3, 3)]
    assert any(is_in(own, near) for near in ashore)  # a simplified coast may pass behind a port


def is_in(name: str, spot: Place) -> bool:
    return sum(contains(ring, spot) for ring in shapes()[name]) % 2 == 1


@given(st.sampled_from(["29", "75", *INSETS]), st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_is_in_its_frame_or_nowhere(
    department: str, latitude: float, longitude: float
) -> None:
    """False coordinates put nobody in the sea of another part of the drawing."""
    frame, spot = frame_of(department), place(department, latitude=latitude, longitude=longitude)
    assert frame
    if spot:
        assert 0 <= spot.x <= WIDTH
        assert 0 <= spot.y <= HEIGHT
        assert frame.box.holds(*frame.point(longitude, latitude))


@given(st.floats(42.4, 50.9), st.floats(-4, 7.5))
def test_the_whole_metropole_has_a_place(latitude: float, longitude: float) -> None:
    assert place("23", latitude=latitude, longitude=longitude)


@pytest.mark.parametrize("department", ["975", "977", "978", "984", "986", "987", "988", "989"])
def test_the_collectivites_d_outre_mer_have_no_place(department: str) -> None:
    assert frame_of(department) is None
    assert place(department, latitude=-22.27, longitude=166.44) is None


def test_no_coordinates_no_place() -> None:
    assert place("15", latitude=None, longitude=None) is None
    assert frame_of("15") == METROPOLE


@given(points)
def test_no_point_hides_another_unless_there_is_no_room(
    given_points: list[tuple[Place, int]],
) -> None:
    drawn = spread(given_points)
    assert len(drawn) == len(given_points)
    for rank, ((wanted, radius), spot) in enumerate(zip(given_points, drawn, strict=True)):
        assert hypot(spot.x - wanted.x, spot.y - wanted.y) <= FARTHEST
        for (_, size), other in list(zip(given_points, drawn, strict=True))[:rank]:
            apart = hypot(spot.x - other.x, spot.y - other.y)
            assert apart >= NEAREST * max(radius, size) or spot == wanted


def test_points_with_room_stay_where_they_are() -> None:
    alone = [(Place(100, 100), 12), (Place(130, 100), 6), (Place(100, 130), 9)]
    assert spread(alone) == [Place(100, 100), Place(130, 100), Place(100, 130)]


def test_two_laureates_of_one_town_hall_stand_side_by_side() -> None:
    """A town and its EPCI, which stands at the town hall of its largest commune."""
    town, epci = spread([(Place(100, 100), 12), (Place(100, 100), 12)])
    assert town == Place(100, 100)
    assert 9 <= hypot(epci.x - 100, epci.y - 100) <= 11


@pytest.mark.django_db
def test_a_collectivite_is_located_by_its_departement_and_its_point() -> None:
    town: Territory = CommuneFactory()
    found = locate(town)
    assert found
    assert (found.department, found.is_zoomed) == ("70", False)
    assert found.place == place("70", latitude=town.latitude, longitude=town.longitude)
    found = locate(CommuneFactory(latitude=None, longitude=None))
    assert found
    assert found.place is None
    noumea = CommuneFactory(department=DepartmentFactory(code="988", name="Nouvelle-Calédonie"))
    assert locate(noumea) is None
