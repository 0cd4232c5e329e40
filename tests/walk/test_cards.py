"""The card of each public page can be shown: its address answers, its picture too."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.walk.cast import Cast, body_of, browser
from tests.walk.outside import INSIDE, canonical, drawn, said
from tests.walk.pages import Page
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def visited(cast: Cast) -> list[Page]:
    """The public pages of a world where their pictures can be asked for."""
    urls = [cast.url(scene) for scene, rule in READ.items() if rule[ANONYMOUS].startswith("200")]
    pages = drawn([visit(url) for url in urls if not url.startswith(INSIDE)])
    assert len(pages) > 5
    return pages


def test_the_one_address_is_whole_and_answers_itself(cast: Cast) -> None:
    for page in visited(cast):
        (address,) = canonical(page)
        assert dict(said(page))["og:url"] == address
        assert address.startswith(f"{SITE}/"), page
        assert canonical(visit(address.removeprefix(SITE))) == [address], page


def test_the_picture_is_there_and_as_large_as_declared(cast: Cast) -> None:
    pictures = set()
    for page in visited(cast):
        card = dict(said(page))
        pictures.add(card["og:image"])
        answer = browser().get(card["og:image"].removeprefix(SITE))
        assert (answer.status_code, answer["Content-Type"]) == (200, card["og:image:type"]), page
        width, height = Image.open(BytesIO(answer.content)).size
        assert card["og:image:width"] == str(width), page
        assert card["og:image:height"] == str(height), page
    assert len(pictures) >= 4


def visit(url: str) -> Page:
    answer = browser().get(url)
    return Page(url, ANONYMOUS, url, answer.status_code, dict(answer.headers), {}, body_of(answer))
