"""The Atom feed of Atlaas: the latest sheets, whole addresses, and no work for whoever has it."""

from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.test import Client

from atlaas.views.feed import LATEST
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import NOW, DigitalServiceFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/atlaas/flux.atom"


def read(client: Client, url: str = FEED) -> Element:
    answer = client.get(url)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(answer.content)


def titles(feed: Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_the_latest_come_first_and_no_more_than_enough(client: Client) -> None:
    for n in range(LATEST + 2):
        SheetFactory(title=f"Fiche {n}", published_at=NOW + timedelta(hours=n))
    assert titles(read(client)) == [f"Fiche {n}" for n in range(LATEST + 1, 1, -1)]


def test_an_entry_says_what_and_whose_it_is(client: Client) -> None:
    sheet = SheetFactory(
        title="L’été & <le> numérique",
        summary="Plus de 2 < 3\u00a0: « oui »",
        territory__name="L’Haÿ",
    )
    service = DigitalServiceFactory(edition=sheet.edition, theme__name="Médiation")
    sheet.services.set([service])
    (entry,) = read(client).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "L’été & <le> numérique"
    assert entry.findtext(f"{ATOM}summary") == "Plus de 2 &lt; 3\u00a0: « oui »"  # it is HTML
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "L’Haÿ"
    assert [c.get("term") for c in entry.iter(f"{ATOM}category")] == ["Médiation"]
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/atlaas/{sheet.pk}/"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver{sheet.get_absolute_url()}"


def test_it_follows_a_search(client: Client) -> None:
    wanted = SheetFactory(title="Ici")
    wanted.services.set([DigitalServiceFactory(edition=wanted.edition, theme__code="emploi")])
    SheetFactory(title="Ailleurs")
    assert titles(read(client, f"{FEED}?enjeu=emploi")) == ["Ici"]
    assert titles(read(client, f"{FEED}?q=ailleurs")) == ["Ailleurs"]


@pytest.mark.parametrize("sheets", [0, 2])
def test_who_has_it_already_is_told_so(client: Client, sheets: int) -> None:
    for _ in range(sheets):
        SheetFactory()
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    SheetFactory()
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_library_announces_its_feed(client: Client) -> None:
    page = client.get("/atlaas/?q=bus&page=3").content.decode()
    assert f'href="{FEED}?q=bus"' in page
    assert f'href="{FEED}"' in client.get("/atlaas/").content.decode()
