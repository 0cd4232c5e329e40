"""A public page, cold and as full as it gets: light, in few requests, from here alone.

Counted without a browser, which fetches neither icon nor manifest when nobody looks; test_wire.py
weighs what truly travels.
"""

from __future__ import annotations

import gzip
import re
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.walk.cast import body_of, browser
from tests.walk.crowd import MOST_BYTES, MOST_REQUESTS, crowd, public_urls
from tests.walk.pages import Page
from tests.walk.people import ANONYMOUS
from villes_internet.fonts import WEB_FONTS

pytestmark = pytest.mark.django_db

# What the stylesheets refer to, each page asks for itself.
PRELOADED = {f"../{font}".encode() for font in WEB_FONTS}


def test_every_public_page_is_light_and_asks_for_little() -> None:
    heavy = {}
    urls = public_urls(crowd())
    assert len(urls) > 6
    for url in urls:
        response = browser().get(url, follow=True)
        assert response.status_code == 200
        files = subresources(url, response.headers["Content-Type"], body_of(response))
        page = browser().get(url, follow=True, headers={"accept-encoding": "gzip"})
        weight = len(body_of(page)) + sum(compressed(static(file)) for file in files)
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
        and element.get("loading") != "lazy"  # what comes as one scrolls, test_wire.py weighs
        and element.get("rel") not in {"next", "prev", "canonical", "alternate"}
    } - {""}
    drawings = (use.get("href", "") for use in page.tree.iter("use"))
    wanted |= {urldefrag(href).url for href in drawings if not href.startswith("#")}
    fetched = {address for address in wanted if not address.startswith("data:")}
    assert {urlsplit(address).netloc for address in fetched} <= {""}
    return fetched


def static(address: str) -> bytes:
    path = finders.find(address.removeprefix("/static/"))
    assert isinstance(path, str), address
    with open(path, "rb") as file:
        content = file.read()
    if path.endswith(".css"):
        asked = set(re.findall(rb"url\(\"([^\"]+)|(@import)", content))
        assert {pair[0] for pair in asked} <= PRELOADED, f"{path} asks for more"
    return content


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))
