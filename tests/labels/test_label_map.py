"""The map of the label: whom it shows, where, how large, and the same in words and in a table."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from labels.choices import CandidateType, LevelStatus
from labels.label_map import SHADES, Area, LabelMap, label_map
from labels.models import Edition
from tests.factories.labels import NOW, AwardFactory, EditionFactory
from tests.factories.territories import (
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    RegionFactory,
)
from villes_internet.territories.cartography import place
from villes_internet.territories.models import Department

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def edition() -> Edition:
    made: Edition = EditionFactory(year=YEAR, ceremony=True, proclaimed_at=NOW)
    return made


@pytest.fixture
def brittany() -> Department:
    region = RegionFactory(code="53", name="Bretagne")
    made: Department = DepartmentFactory(code="29", name="Finistère", region=region)
    return made


def drawn(edition: Edition) -> str:
    return render_to_string(
        "components/map.html", {"map": label_map(edition), "year": edition.year}
    )


def test_a_laureate_stands_at_its_town_hall(edition: Edition, brittany: Department) -> None:
    brest = CommuneFactory(department=brittany, latitude=48.39, longitude=-4.486)
    AwardFactory(edition=edition, territory=brest)
    (point,) = label_map(edition).points
    assert point.place == place("29", latitude=48.39, longitude=-4.486)


def test_an_epci_stands_where_its_largest_commune_does(edition: Edition) -> None:
    epci = EpciFactory(latitude=47.62, longitude=6.15)
    AwardFactory(edition=edition, territory=epci, candidate_type=CandidateType.EPCI)
    (point,) = label_map(edition).points
    assert point.place == place("70", latitude=47.62, longitude=6.15)


def test_it_keeps_the_name_of_the_day(edition: Edition) -> None:
    AwardFactory(edition=edition, territory_name="Vieux-Bourg")
    assert label_map(edition).points[0].name == "Vieux-Bourg"


def test_the_more_arobases_the_larger_and_the_smaller_lies_on_top(edition: Edition) -> None:
    for level in (3, 1, 5, 2, 4):
        AwardFactory(edition=edition, level=level)
    points = label_map(edition).points
    assert [point.words[0] for point in points] == ["5", "4", "3", "2", "1"]
    assert all(below.radius > above.radius for below, above in pairwise(points))


def test_a_title_of_excellence_is_told_by_its_shape(edition: Edition) -> None:
    AwardFactory(edition=edition, level=5, is_ten=True, territory_name="Arcueil")
    html = drawn(edition)
    (shape,) = re.findall(r"<title>(Arcueil[^<]*)</title><use href=\"#map-ten\"", html)
    assert shape == "Arcueil, 5\u00a0arobases, Territoire d’Excellence Numérique"
    assert "Territoire d’Excellence Numérique</li>" in html


@pytest.mark.parametrize(
    ("status", "words"),
    [(LevelStatus.UNKNOWN, "niveau non connu"), (LevelStatus.NONE, "sans arobase")],
)
def test_an_award_without_arobases_is_hollow(
    edition: Edition, status: LevelStatus, words: str
) -> None:
    AwardFactory(edition=edition, level=None, level_status=status)
    assert label_map(edition).points[0].words == words
    html = drawn(edition)
    assert '<circle class="map__hollow" r="6"' in html
    assert "sans arobase, ou niveau non connu</li>" in html


def test_without_any_the_legend_says_nothing_of_it(edition: Edition) -> None:
    AwardFactory(edition=edition)
    assert 'map-ten"/>' not in drawn(edition)
    assert "non connu" not in drawn(edition)


def test_whoever_has_no_place_is_named_beside_the_map(edition: Edition) -> None:
    region = RegionFactory(code="988", name="Nouvelle-Calédonie", zone="com")
    caledonia = DepartmentFactory(code="988", name="Nouvelle-Calédonie", region=region, zone="com")
    noumea = CommuneFactory(name="Nouméa", code="98818", department=caledonia)
    AwardFactory(edition=edition, territory=noumea)
    lost = CommuneFactory(name="Aurseulles", latitude=None, longitude=None)
    AwardFactory(edition=edition, territory=lost, level=1)
    found = label_map(edition)
    assert found.points == ()
    assert [point.name for point in found.unplaced] == ["Nouméa", "Aurseulles"]
    html = drawn(edition)
    assert "Sans place sur la carte\u00a0:" in html
    assert '<a href="/territoires/98818/">Nouméa</a> (Nouvelle-Calédonie, 3\u00a0arobases)' in html
    assert (
        "2\u00a0collectivités, dans 1\u00a0département et 1\u00a0collectivité d’outre-mer." in html
    )
    assert "#d988" not in html


def test_the_table_counts_everybody(edition: Edition, brittany: Department) -> None:
    morbihan = DepartmentFactory(code="56", name="Morbihan", region=brittany.region)
    for department, count in ((brittany, 1), (morbihan, 2), (DepartmentFactory(), 2)):
        for _ in range(count):
            AwardFactory(edition=edition, territory=CommuneFactory(department=department))
    found = label_map(edition)
    assert [(region.name, region.count) for region in found.regions] == [
        ("Bretagne", 3),
        ("Bourgogne-Franche-Comté", 2),
    ]
    assert [(area.name, area.count, area.weight) for area in found.departments] == [
        ("Morbihan", 2, 2),
        ("Finistère", 1, 1),
        ("Haute-Saône", 2, 2),
    ]
    assert found.count == 5
    html = drawn(edition)
    assert f'<a href="/palmares/{YEAR}/?departement=56#laureates">Morbihan</a>\u00a0(2)' in html


def test_regions_of_a_tie_come_in_french_order(edition: Edition) -> None:
    for code, name in (
        ("84", "Auvergne"),
        ("11", "Île-de-France"),
        ("52", "Loire"),
        ("28", "Écouis"),
    ):
        region = RegionFactory(code=code, name=name)
        department = DepartmentFactory(code=code, name=name, region=region)
        AwardFactory(edition=edition, territory=CommuneFactory(department=department))
    names = [region.name for region in label_map(edition).regions]
    assert names == ["Auvergne", "Écouis", "Île-de-France", "Loire"]


@given(st.integers(1, 400))
def test_each_number_of_laureates_has_one_shade(count: int) -> None:
    (shade,) = (
        shade
        for shade in SHADES
        if shade.least <= count and (shade.most is None or count <= shade.most)
    )
    assert Area("29", "Finistère", count).weight == shade.weight


def test_the_departements_of_the_zoom_are_shaded_there_too(edition: Edition) -> None:
    paris = DepartmentFactory(code="75", name="Paris")
    town = CommuneFactory(department=paris, latitude=48.8566, longitude=2.3522)
    AwardFactory(edition=edition, territory=town)
    html = drawn(edition)
    assert "#d75" in html
    assert "#z75" in html


def test_the_drawing_is_one_file_that_has_every_shape(edition: Edition) -> None:
    for code in ("29", "2A", "974"):
        town = CommuneFactory(department=DepartmentFactory(code=code, name=code))
        AwardFactory(edition=edition, territory=town)
    wanted = {urlsplit(url) for url in re.findall(r'<use[^>]* href="(/[^"]+)"', drawn(edition))}
    (path,) = {url.path for url in wanted}
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:
        ids = set(re.findall(r' id="(\w+)"', file.read()))
    assert {url.fragment for url in wanted} <= ids


def test_nobody_tabs_through_the_points_nor_hears_them(edition: Edition) -> None:
    """What the table says in a few links, the drawing would say in hundreds."""
    AwardFactory(edition=edition)
    picture = re.search(
        r'<div class="map__picture" aria-hidden="true">(.*?)</div>', drawn(edition), re.S
    )
    assert picture
    links = re.findall(r"<a [^>]*>", picture[1])
    assert len(links) == 2  # the point and its département
    assert all('tabindex="-1"' in link for link in links)


def test_the_map_costs_one_query(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 2):
        for _ in range(count):
            AwardFactory(edition=edition)
        with django_assert_num_queries(1):
            render_to_string("components/map.html", {"map": label_map(edition), "year": YEAR})


def test_an_edition_without_award_has_an_empty_map() -> None:
    """Before the proclamation, that is: awards do not exist yet."""
    assert label_map(EditionFactory()) == LabelMap((), (), ())


@pytest.mark.parametrize("url", ["/", f"/palmares/{YEAR}/"])
def test_the_map_is_on_the_page(url: str, client: Client, edition: Edition) -> None:
    AwardFactory(edition=edition)
    assert f"La carte du label {YEAR}" in client.get(url).content.decode()


def test_there_is_none_before_a_proclamation(client: Client) -> None:
    EditionFactory()
    assert "carte" not in client.get("/").content.decode()


def test_a_search_is_for_its_list(client: Client, edition: Edition) -> None:
    AwardFactory(edition=edition)
    assert "La carte du label" not in client.get(f"/palmares/{YEAR}/?q=saint").content.decode()


def test_each_link_of_the_table_narrows_the_palmares(
    client: Client, edition: Edition, brittany: Department
) -> None:
    breton = CommuneFactory(name="Landerneau", department=brittany)
    AwardFactory(edition=edition, territory=breton)
    AwardFactory(edition=edition, territory=CommuneFactory(name="Vesoul"))
    table = drawn(edition).split("<table")[1]
    links = re.findall(rf'href="(/palmares/{YEAR}/\?[^"]+)"', table)
    assert [parse_qs(urlsplit(link).query) for link in links] == [
        {"region": ["27"]},
        {"departement": ["70"]},
        {"region": ["53"]},
        {"departement": ["29"]},
    ]
    for link in links:
        (name,) = listed(client.get(link).content.decode())
        assert name == ("Landerneau" if "53" in link or "29" in link else "Vesoul")


def listed(page: str) -> list[str]:
    rows = page.split('class="table table--laureates"')[1].split("</tbody>", maxsplit=1)[0]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', rows)


def test_the_map_of_the_fullest_palmares_is_light(edition: Edition) -> None:
    departments = [
        DepartmentFactory(code=f"{n:02}", name=f"Département {n}") for n in range(1, 90) if n != 20
    ]
    for n in range(241):
        town = CommuneFactory(
            name=f"{chr(65 + n % 26)}{n * 7919 % 1000:03}-sur-{n * 104729 % 9973:04}",
            department=departments[n % len(departments)],
            latitude=43 + n * 7919 % 700 / 100,
            longitude=-1 + n * 104729 % 700 / 100,
        )
        AwardFactory(edition=edition, territory=town, level=1 + n % 5)
    html = drawn(edition)
    points = html.split('<g class="map__points">')[1].split("</g>")[0]
    assert points.count("<a ") > 200
    assert len(gzip.compress(points.encode(), compresslevel=6)) < 6_000
    assert len(gzip.compress(html.encode(), compresslevel=6)) < 10_000
