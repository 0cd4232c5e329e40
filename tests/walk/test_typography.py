"""Every text that a person reads is in French, set as French is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.walk.pages import Page, hard_to_reach

pytestmark = pytest.mark.django_db

EXEMPT = {"demo:message_html"}
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "content")
NARROW, NO_BREAK = "\u202f", "\u00a0"

FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "straight quotes": re.compile(r"\"\w|\w\""),
    "an ordinary space before a high sign": re.compile(r" [;!?»]|(?<!\d) :(?!\w)"),
    "no space before a high sign": re.compile(r"[^\W\d_][;!?](?=\s|$)|\w»|[^\W\d_]:(?=\s|$)"),
    "an ordinary space after «": re.compile(r"« |«\w"),
    "three dots": re.compile(r"\.\.\."),
    "arobases with an s": re.compile(r"\d[\s\u00a0]?@s\b"),
    "a plural of nought or one": re.compile(
        r"(?<![\d,.\u202f\u00a0/-])[01][ \u00a0](?!fois\b|mois\b|pays\b|avis\b|à\b|sur\b)"
        r"[^\W\d_]{3,}[sx]\b"
    ),
    "a singular of several": re.compile(
        r"(?<![\d,.])(?:[2-9]|[1-9]\d+)[ \u00a0](?:fiche|action|collectivité|dossier|enjeu|résultat"
        r"|courrier|évaluation|réponse|habitant|commune|arobase|rattachement|service|code)\b"
    ),
    "an ordinary space in a number": re.compile(r"\d \d{3}\b(?! )"),
    "English": re.compile(
        r"\b(?:This|Enter|Select a|Ensure|Please|required|Invalid|valid choice|Sign|Log|Password"
        r"|Username|characters|cannot|already|You|Your|the|and|is not|None|True|False|Django)\b"
    ),
    "a variable that is not there": re.compile(r"\{\{|\{%|\}\}|%\(|&nbsp;|&amp;"),
}


def texts_of(page: Page) -> Iterator[str]:
    """What is read: each paragraph whole, and the words of attributes."""
    for element in page.tree.iter():
        for name in READ_ALOUD:
            value = element.get(name)
            if value and (name != "content" or is_read(element)):
                yield value
    yield from blocks(page.tree)


def is_read(meta: Element) -> bool:
    """By a person, under a link to the page."""
    said = meta.get("name") or meta.get("property") or ""
    return said in {"description", "og:title", "og:description", "og:image:alt"}


INLINE = {"a", "abbr", "b", "br", "em", "i", "small", "span", "strong", "code", "time"}
NOT_READ = {"script", "style", "code", "textarea"}


def blocks(element: Element) -> Iterator[str]:
    parts = [element.text or ""]
    for child in element:
        if child.tag in NOT_READ:
            parts.append("code")
        elif child.tag in INLINE and child.tag != "br":
            inner = list(blocks(child))
            parts.extend(inner)
        else:
            yield from blocks(child)
            yield _tidy(parts)
            parts = []
        parts.append(child.tail or "")
    yield _tidy(parts)


def _tidy(parts: list[str]) -> str:
    return re.sub(r"[ \t\r\n]+", " ", "".join(parts)).strip(" ")


def test_every_text_is_set_as_french_is(pages: list[Page]) -> None:
    found: dict[tuple[str, str], str] = {}
    for page in [*pages, *hard_to_reach()]:
        if page.is_html and page.address not in EXEMPT:
            for text in texts_of(page):
                for fault, pattern in FAULTS.items():
                    if "zut" not in text and (match := pattern.search(text)):
                        around = text[max(0, match.start() - 40) : match.end() + 20]
                        found.setdefault((fault, around), str(page))
    assert found == {}
