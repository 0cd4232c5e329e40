"""A public page, cold and as full as it gets: light, in few requests, from here alone."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from atlaas.models import Sheet
from labels.views.palmares import PER_PAGE as AWARDS_PER_PAGE
from tests.factories.atlaas import SheetFactory
from tests.factories.labels import AwardFactory, DigitalServiceFactory, MentionFactory
from tests.factories.territories import CommuneFactory
from tests.walk.addresses import every_address
from tests.walk.cast import body_of, browser
from tests.walk.pages import Page
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

pytestmark = pytest.mark.django_db

MOST_BYTES = 100_000  # over the wire: the reverse proxy and WhiteNoise compress
MOST_REQUESTS = 12
PARAGRAPH = "Un minibus aménagé s’arrête chaque semaine devant la mairie. " * 40


def crowd() -> Sheet:
    """A palmarès and a library with more than a page each; returns a long sheet."""
    town = CommuneFactory(town=True)
    edition = AwardFactory(territory=town).edition
    mentions = [MentionFactory(edition=edition) for _ in range(2)]
    for _ in range(AWARDS_PER_PAGE + 5):
        AwardFactory(edition=edition).mentions.set(mentions)
    services = [DigitalServiceFactory(edition=edition) for _ in range(5)]
    for _ in range(25):
        sheet: Sheet = SheetFactory(
            territory=town,
            services=services,
            summary=PARAGRAPH[:600],
            context=PARAGRAPH,
            objectives=PARAGRAPH,
            course=PARAGRAPH * 2,
            results=PARAGRAPH,
        )
    return sheet


def public_urls(sheet: Sheet) -> list[str]:
    known = {"code": sheet.territory.code, "slug": "x", "pk": sheet.pk, "year": sheet.edition.year}
    urls = [
        address.url(known)
        for address in every_address().values()
        if address.namespace in {"atlaas", "labels"} or address.name == "health"
        if READ[address.name][ANONYMOUS].startswith("200")
    ]
    return [*urls, sheet.get_absolute_url(), "/territoires/?q=saint"]


def test_every_public_page_is_light_and_asks_for_little() -> None:
    heavy = {}
    urls = public_urls(crowd())
    assert len(urls) > 6
    for url in urls:
        response = browser().get(url, follow=True)
        assert response.status_code == 200
        assert not response.cookies
        files = subresources(url, response.headers["Content-Type"], body_of(response))
        weight = compressed(body_of(response)) + sum(compressed(static(file)) for file in files)
        if weight > MOST_BYTES or 1 + len(files) > MOST_REQUESTS:
            heavy[url] = (weight, files)
    assert heavy == {}


def subresources(url: str, content_type: str, body: bytes) -> set[str]:
    """What a browser fetches for the page: none from elsewhere."""
    page = Page("", ANONYMOUS, url, 200, {"Content-Type": content_type}, {}, body)
    if not page.is_html:
        return set()
    wanted = {
        element.get("href" if element.tag == "link" else "src", "")
        for element in page.tree.iter()
        if element.tag in {"link", "script", "img", "source", "iframe", "audio", "video"}
        and element.get("rel") not in {"next", "prev", "canonical"}
    } - {""}
    fetched = {address for address in wanted if not address.startswith("data:")}
    assert {urlsplit(address).netloc for address in fetched} <= {""}
    return fetched


def static(address: str) -> bytes:
    path = finders.find(address.removeprefix("/static/"))
    assert isinstance(path, str), address
    with open(path, "rb") as file:
        content = file.read()
    if path.endswith(".css"):
        assert re.search(rb"url\(|@import", content) is None, f"{path} asks for more"
    return content


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))
