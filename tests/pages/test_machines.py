"""What robots are told: where not to go, whom to warn, and every public address, no other."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

import atlaas.sitemap
from tests.factories.atlaas import SheetFactory
from tests.factories.candidatures import CandidatureFactory, InitiativeFactory, deposited
from tests.factories.labels import NOW, AwardFactory, EditionFactory
from tests.factories.territories import CommuneFactory
from tests.walk.addresses import every_address
from tests.walk.cells import SIGN_IN
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def forbidden(client: Client) -> list[str]:
    return re.findall(r"^Disallow: (.+)$", text(client, "/robots.txt"), re.MULTILINE)


def named(client: Client) -> set[str]:
    """Every page that the sitemap leads to, through its index and its pages."""
    found: set[str] = set()
    for section in addresses(client, "/sitemap.xml"):
        found |= set(addresses(client, section))
    return found


def addresses(client: Client, url: str) -> list[str]:
    found = re.findall(r"<loc>(.*?)</loc>", text(client, url))
    assert all(address.startswith(SITE) for address in found)
    return [address.removeprefix(SITE) for address in found]


@pytest.fixture
def production(settings: LazySettings) -> None:
    every_address()  # read once for all the tests, while the demonstration is among them
    settings.DEMONSTRATION = False


# --- robots.txt -------------------------------------------------------------------------------


def test_robots_are_kept_out_of_every_space_that_asks_to_sign_in(
    client: Client, production: None
) -> None:
    prefixes = tuple(forbidden(client))
    private = {
        every_address()[name].route
        for name, rule in READ.items()
        if ", " not in name and rule[ANONYMOUS] == SIGN_IN
    }
    assert len(private) > 40
    assert [route for route in private if not f"/{route}".startswith(prefixes)] == []
    assert all(re.fullmatch(r"/[a-z]+/", prefix) for prefix in prefixes)


def test_robots_are_welcome_on_every_page_of_the_sitemap(client: Client, production: None) -> None:
    SheetFactory()
    assert f"Sitemap: {SITE}/sitemap.xml" in text(client, "/robots.txt")
    assert [page for page in named(client) if page.startswith(tuple(forbidden(client)))] == []


def test_the_demonstration_is_for_people_alone(client: Client) -> None:
    assert text(client, "/robots.txt").split("\n")[:2] == ["User-agent: *", "Disallow: /"]
    assert "Sitemap" not in text(client, "/robots.txt")


# --- security.txt -----------------------------------------------------------------------------


def fields(client: Client) -> dict[str, str]:
    lines = text(client, "/.well-known/security.txt").strip().split("\n")
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_is_never_out_of_date_nor_good_for_more_than_a_year(client: Client) -> None:
    said = fields(client)
    assert set(said) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    lasts = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=90) < lasts < timedelta(days=365)
    assert said["Preferred-Languages"] == "fr, en"
    assert said["Canonical"] == f"{SITE}/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", f"{SITE}/contact/"),
        ("securite@association.example", "mailto:securite@association.example"),
        ("https://association.example/securite?a=1&b=2",) * 2,
    ],
    ids=["none", "e-mail", "page"],
)
def test_a_flaw_is_told_to_the_address_given_or_through_the_contact_page(
    contact: str, shown: str, client: Client, settings: LazySettings
) -> None:
    settings.IDENTITY = settings.IDENTITY | {"SECURITY_CONTACT": contact}
    assert fields(client)["Contact"] == shown


# --- sitemap.xml ------------------------------------------------------------------------------


def test_the_sitemap_names_what_is_public(client: Client) -> None:
    sheet = SheetFactory()
    award = AwardFactory(edition=EditionFactory(year=2026, proclaimed_at=NOW))
    pages = named(client)
    assert {
        "/",
        "/atlaas/",
        "/territoires/",
        "/palmares/2026/",
        f"/territoires/{award.territory.code}/",
        f"/territoires/{sheet.territory.code}/",
        sheet.get_absolute_url(),
        "/aide/agents/",
        "/accessibilite/",
    } <= pages
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_nothing_of_an_edition_is_named_before_its_proclamation(client: Client) -> None:
    before = named(client)
    edition = EditionFactory(year=2025, ceremony=True)
    InitiativeFactory(candidature=deposited(edition), title="Une action secrète")
    CandidatureFactory(edition=EditionFactory(year=2027))
    assert named(client) == before
    everything = "".join(text(client, url) for url in ("/sitemap.xml", "/sitemap-palmares.xml"))
    assert not re.search(r"2025|2027", everything)


def test_a_territory_without_label_nor_sheet_is_not_named(client: Client) -> None:
    commune = CommuneFactory()
    assert f"/territoires/{commune.code}/" not in named(client)


def test_a_territory_merged_into_another_is_named_as_that_one(client: Client) -> None:
    successor = CommuneFactory(name="Commune nouvelle")
    merged = CommuneFactory(name="Commune ancienne", successor=successor, vanished_on=NOW.date())
    AwardFactory(territory=merged)
    SheetFactory(territory=merged)
    pages = named(client)
    assert f"/territoires/{successor.code}/" in pages
    assert f"/territoires/{merged.code}/" not in pages


def test_a_long_section_is_cut_into_pages_that_the_index_names(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlaas.sitemap.Sheets, "limit", 2)
    sheets = [SheetFactory() for _ in range(5)]
    index = addresses(client, "/sitemap.xml")
    assert {f"/sitemap-fiches.xml{page}" for page in ("", "?p=2", "?p=3")} <= set(index)
    assert {sheet.get_absolute_url() for sheet in sheets} <= named(client)
    assert client.get("/sitemap-fiches.xml?p=4").status_code == 404
    assert client.get("/sitemap-candidatures.xml").status_code == 404
