"""The address that a page gives as its own, and what engines are asked not to keep."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from atlaas.views.sheets import PER_PAGE
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import NOW, AwardFactory
from tests.factories.territories import CommuneFactory
from villes_internet.outside import gist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_a_demonstration(settings: Any) -> None:
    """A demonstration is kept out of every engine, whatever the page."""
    settings.DEMONSTRATION = False
    settings.SITE_URL = "https://label.example.org"


def address(client: Client, url: str) -> str:
    (found,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page(client, url))
    return str(found).replace("&amp;", "&")


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def is_kept(client: Client, url: str) -> bool:
    return 'name="robots" content="noindex"' not in page(client, url)


def test_the_address_is_that_of_the_site_whatever_the_host_asked(client: Client) -> None:
    answer = client.get("/", headers={"host": "localhost"}).content.decode()
    assert '<link rel="canonical" href="https://label.example.org/">' in answer
    assert 'property="og:image" content="https://label.example.org/apercu.png"' in answer


def test_what_changes_nothing_is_left_out(client: Client) -> None:
    town = CommuneFactory(code="2A004")
    own = "https://label.example.org/territoires/2A004/"
    for url in (
        "/territoires/2A004/",
        "/territoires/2a004/",
        "/territoires/2A004/ajaccio/",
        "/territoires/2A004/?utm_source=lettre&q=bus&fbclid=1",
    ):
        assert address(client, url) == own
        assert is_kept(client, url)
    assert town.pk


def test_a_page_of_a_list_has_its_own_address(client: Client) -> None:
    for n in range(PER_PAGE + 1):
        SheetFactory(published_at=NOW + timedelta(hours=n))
    library = "https://label.example.org/atlaas/"
    assert address(client, "/atlaas/?page=1") == library
    assert address(client, "/atlaas/?page=2&utm_source=lettre") == f"{library}?page=2"
    assert address(client, "/atlaas/?page=99") == f"{library}?page=2"
    assert is_kept(client, "/atlaas/?page=2")


@pytest.mark.parametrize(
    "url",
    [
        "/atlaas/?q=bus+%26+car",
        "/atlaas/?region=27",
        "/territoires/?q=vesoul",
        "/palmares/2026/?q=vesoul",
    ],
)
def test_a_search_keeps_its_words_and_stays_out_of_the_engines(client: Client, url: str) -> None:
    AwardFactory(territory__name="Vesoul")
    assert address(client, f"{url}&utm_source=lettre") == f"https://label.example.org{url}"
    assert not is_kept(client, url)


def test_a_criterion_left_empty_is_no_search(client: Client) -> None:
    assert address(client, "/atlaas/?q=&enjeu=+") == "https://label.example.org/atlaas/"
    assert is_kept(client, "/atlaas/?q=")


def test_a_page_that_is_not_there_has_no_address(client: Client) -> None:
    assert "canonical" not in page(client, "/territoires/99999/")
    assert not is_kept(client, "/territoires/99999/")


def test_a_demonstration_is_kept_out_of_the_engines(client: Client, settings: Any) -> None:
    assert is_kept(client, "/")
    settings.DEMONSTRATION = True
    assert not is_kept(client, "/")
    assert "og:image" in page(client, "/")


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        'L’été "numérique" & <b>gras</b>',
        "\u2028 {{ x }} {% y %}",
        "]]>",
    ],
)
def test_no_title_leaves_the_place_it_is_given(client: Client, title: str) -> None:
    sheet = SheetFactory(title=title, summary=title, territory__name=title)
    html = page(client, sheet.get_absolute_url())
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "<" not in block
    told = json.loads(block)
    assert (told["headline"], told["author"]["name"]) == (title, title)
    for name in ("og:title", "og:description", "og:image:alt"):
        (value,) = re.findall(rf'property="{name}" content="([^"]*)"', html)
        assert "<" not in value


def test_a_description_ends_between_two_words() -> None:
    said = "Un minibus aménagé s’arrête chaque semaine devant la mairie. " * 10
    cut = gist(said)
    assert len(cut) <= 161
    assert cut == (
        "Un minibus aménagé s’arrête chaque semaine devant la mairie. Un minibus aménagé s’arrête "
        "chaque semaine devant la mairie. Un minibus aménagé s’arrête chaque…"
    )
    assert gist("Bref.\nÀ la ligne") == "Bref. À la ligne"
    assert gist("W" * 300) == "W" * 159 + "…"


def test_the_home_page_tells_where_to_search(client: Client) -> None:
    (block,) = re.findall(r"ld\+json\">(.*?)</script>", page(client, "/"))
    target = json.loads(block)["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://label.example.org/territoires/?q={search_term_string}"


def test_the_way_up_is_numbered(client: Client) -> None:
    html = page(client, SheetFactory().get_absolute_url())
    crumbs = re.findall(
        r'itemprop="item" href="([^"]+)"><span itemprop="name">([^<]+)</span></a>'
        r'<meta itemprop="position" content="(\d)">',
        html,
    )
    assert crumbs == [("/", "Accueil", "1"), ("/atlaas/", "Atlaas", "2")]


def test_a_new_label_gives_the_picture_a_new_address(client: Client) -> None:
    award = AwardFactory()
    url = f"/territoires/{award.territory.code}/"
    before = re.findall(r'"og:image" content="([^"]+)"', page(client, url))
    AwardFactory(territory=award.territory, edition__year=2027)
    after = re.findall(r'"og:image" content="([^"]+)"', page(client, url))
    assert before == [f"https://label.example.org{url}apercu.png?2026"]
    assert after == [f"https://label.example.org{url}apercu.png?2027"]
