"""What a screen reader, a search engine and a keyboard need, seen without a browser."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from tests.walk.pages import Page

pytestmark = pytest.mark.django_db

EXEMPT = {"demo:message_html"}  # somebody else's e-mail
LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def drawn(pages: list[Page]) -> list[Page]:
    found = [page for page in pages if page.is_html and page.body and page.address not in EXEMPT]
    assert len(found) > 100
    return found


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def problems(pages: list[Page], look: object) -> dict[str, list[str]]:
    assert callable(look)
    return {str(page): found for page in drawn(pages) if (found := list(look(page)))}


def test_each_page_is_in_french_with_one_main_heading(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        headings = [text_of(h) for h in page.tree.iter("h1")]
        found = [] if page.tree.get("lang") == "fr" else ["lang"]
        return found + ([] if len(headings) == 1 and headings[0] else [f"h1: {headings}"])

    assert problems(pages, look) == {}


def test_no_heading_skips_a_level(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        levels = [int(e.tag[1]) for e in page.tree.iter() if e.tag in HEADINGS]
        return [f"h{a} then h{b}" for a, b in pairwise(levels) if b > a + 1]

    assert problems(pages, look) == {}


def test_each_page_has_a_title_of_its_own(pages: list[Page]) -> None:
    by_title: dict[str, set[str]] = defaultdict(set)
    for page in drawn(pages):
        title = text_of(next(page.tree.iter("title")))
        assert title.endswith(" · Villes Internet"), page
        assert title.removesuffix("· Villes Internet").strip(), page
        if not page.step and page.status == 200 and not page.scene.startswith("halfway"):
            by_title[title].add(page.template)
    assert {title: where for title, where in by_title.items() if len(where) > 1} == {}


def test_each_page_has_its_landmarks(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        found = []
        for tag, count in (("main", 1), ("header", None), ("footer", None), ("nav", None)):
            here = list(page.tree.iter(tag))
            if not here or (count and len(here) != count):
                found.append(f"{len(here)} <{tag}>")
        unnamed = [n for n in page.tree.iter("nav") if not (n.get("aria-label") or "").strip()]
        return found + [f"nav without name: {text_of(n)[:40]}" for n in unnamed]

    assert problems(pages, look) == {}


def test_each_control_has_a_label(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        labels = {label.get("for") for label in page.tree.iter("label") if text_of(label)}
        wrapped = {
            control
            for label in page.tree.iter("label")
            if text_of(label)
            for control in label.iter()
        }
        return [
            f"{control.tag} {control.get('name')}"
            for control in page.tree.iter()
            if control.tag in LABELLED
            and control.get("type") not in UNLABELLED_TYPES
            and control.get("id") not in labels
            and control not in wrapped
            and not control.get("aria-label")
        ]

    assert problems(pages, look) == {}


def test_every_button_link_and_picture_says_what_it_is(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        found = []
        for element in page.tree.iter():
            if element.tag in {"button", "a"} and not text_of(element):
                found.append(f"{element.tag} {element.attrib}")
            if element.tag == "img" and element.get("alt") is None:
                found.append(f"img {element.get('src')}")
            if element.tag == "a" and not element.get("href"):
                found.append(f"a without address: {text_of(element)}")
        return found

    assert problems(pages, look) == {}


def test_what_is_referred_to_is_on_the_page_once(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        ids = [e.get("id") for e in page.tree.iter() if e.get("id")]
        found = [f"id {i} twice" for i in sorted({i for i in ids if ids.count(i) > 1 and i})]
        for element in page.tree.iter():
            for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form"):
                wanted = (element.get(name) or "").split()
                found += [f"{name}={one}" for one in wanted if one not in ids]
            target = element.get("href", "")
            if target.startswith("#") and len(target) > 1 and target[1:] not in ids:
                found.append(f"href={target}")
        return found

    assert problems(pages, look) == {}


def test_each_table_has_a_caption_and_headers(pages: list[Page]) -> None:
    def look(page: Page) -> list[str]:
        found = []
        for table in page.tree.iter("table"):
            captions = list(table.iter("caption"))
            if len(captions) != 1 or not text_of(captions[0]):
                found.append("caption")
            found += [f"th {text_of(th)}" for th in table.iter("th") if not th.get("scope")]
        return found

    assert problems(pages, look) == {}
