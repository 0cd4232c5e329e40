"""What each page says of itself outside: one address, a whole card, or nothing at all."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.walk.outside import INSIDE, canonical, drawn, is_public, said
from tests.walk.pages import Page

pytestmark = pytest.mark.django_db

CARD = {
    "og:site_name", "og:locale", "og:type", "og:url", "og:title", "og:description", "og:image",
    "og:image:type", "og:image:width", "og:image:height", "og:image:alt",
}  # fmt: skip


def test_each_public_page_says_it_all_once(pages: list[Page]) -> None:
    public = [page for page in drawn(pages) if is_public(page)]
    assert len({page.address for page in public}) > 5
    for page in public:
        names = Counter(name for name, _ in said(page))
        assert {name for name, n in names.items() if n > 1} == set(), page
        assert names.keys() >= CARD | {"description", "twitter:card"}, page
        assert len(canonical(page)) == 1, page


def test_the_words_of_a_card_are_of_the_right_length(pages: list[Page]) -> None:
    for page in filter(is_public, drawn(pages)):
        words = dict(said(page))
        assert 20 <= len(words["description"]) <= 200, page
        assert words["og:description"] == words["description"], page
        assert 3 <= len(words["og:title"]) <= 200, page
        assert words["og:image:alt"], page


def test_a_page_that_needs_signing_in_says_nothing(pages: list[Page]) -> None:
    """Nor does an error, nor the way in."""
    private = [page for page in drawn(pages) if page.status != 200 or page.url.startswith(INSIDE)]
    assert len(private) > 100
    for page in private:
        names = [name for name, _ in said(page)]
        assert [name for name in names if name.startswith(("og:", "twitter:"))] == [], page
        assert canonical(page) == [], page
        assert dict(said(page)).get("robots") == "noindex", page


def test_no_page_refers_to_an_icon_that_is_not_there(pages: list[Page]) -> None:
    asked = {
        urlsplit(link.get("href", "")).path
        for page in drawn(pages)
        for link in page.tree.iter("link")
        if link.get("rel") in {"icon", "apple-touch-icon", "manifest"}
    }
    assert len(asked) == 3
    assert [path for path in asked if not finders.find(path.removeprefix("/static/"))] == []


def test_what_machines_are_told_is_said_in_valid_json(pages: list[Page]) -> None:
    kinds = set()
    for page in filter(is_public, drawn(pages)):
        for script in page.tree.iter("script"):
            if script.get("type") == "application/ld+json":
                told = json.loads("".join(script.itertext()))
                assert told["@context"] == "https://schema.org"
                assert told["url"] == canonical(page)[0]
                kinds.add(told["@type"])
    assert kinds == {"WebSite", "AdministrativeArea", "Article"}
