"""The sample holds when its reader zooms, spaces the text out, leaves the mouse or the colours."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.walk.pages import Page
from tests.walk.sample import sampled
from tests.walk.screen import Screen
from villes_internet.pages.sample import SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TITLES = [page.title for readers in SAMPLE for page in readers.pages]
DESK, HAND = 1280, 360  # pixels
# 1280 pixels seen so many times larger are so wide.
AT_200_PERCENT, AT_400_PERCENT = 640, 320
# What WCAG 1.4.12 lets a reader ask for.
SPACED = """
    * {
        line-height: 1.5 !important;
        letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important;
    }
    p { margin-block-end: 2em !important; }
"""


@pytest.fixture(scope="module")
def screen(chromium: Browser) -> Screen:
    return Screen(chromium)


@pytest.mark.parametrize("title", TITLES)
def test_a_page_of_the_sample_bends_and_does_not_break(
    title: str, screen: Screen, pages: list[Page]
) -> None:
    screen.show(sampled(pages)[title])
    found = {name: wrong for name, look in LOOKS.items() if (wrong := look(screen))}
    assert found == {}, "\n" + json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("width", "theme"), [(DESK, "light"), (HAND, "dark")])
def test_the_focus_stops_everywhere_and_is_always_in_sight(
    title: str, width: int, theme: str, screen: Screen, pages: list[Page]
) -> None:
    """From Tab to Tab, in the order of the page."""
    screen.tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    screen.show(sampled(pages)[title], width=width)
    stops = screen.probe("stops")
    reached: list[str] = []
    wrong: list[str] = []
    for _ in stops:
        screen.tab.keyboard.press("Tab")
        focus = screen.probe("focus")
        reached.append(focus["name"] if focus else "nothing")
        wrong += focus["wrong"] if focus else []
    assert wrong == []
    assert reached == stops


def reflows(screen: Screen) -> list[str]:
    return [
        f"{width}: {it}"
        for width in (AT_200_PERCENT, AT_400_PERCENT)
        for it in misread(screen, width=width)
    ]


def is_all_there_spaced_out(screen: Screen) -> list[str]:
    with screen.wearing(SPACED):
        return [f"{width}: {it}" for width in (DESK, HAND) for it in misread(screen, width=width)]


def is_all_there_twice_as_large(screen: Screen) -> list[str]:
    """At the size of text that the reader asks their browser for, in an unchanged width."""
    with screen.text_at(200):
        return misread(screen, width=DESK)


def misread(screen: Screen, *, width: int) -> list[str]:
    """Texts cut, out of the page, or on top of one another."""
    screen.narrow(width)
    with screen.laid_flat():
        return [*screen.probe("cut"), *screen.probe("overlaid")]


def is_touched_by_a_finger(screen: Screen) -> list[str]:
    found = []
    for width in (DESK, HAND):
        screen.narrow(width)
        found += [f"{width}: {it}" for it in screen.probe("small")]
    return found


def rests(screen: Screen) -> list[str]:
    """For who asks their system for no motion."""
    return list(screen.probe("moving"))


def outlives_the_colours(screen: Screen) -> list[str]:
    """When the reader's system takes them over."""
    with screen.forced_colours():
        return list(screen.probe("faded"))


LOOKS: dict[str, Callable[[Screen], list[str]]] = {
    "zoom": reflows,
    "spacing": is_all_there_spaced_out,
    "size of text": is_all_there_twice_as_large,
    "targets": is_touched_by_a_finger,
    "motion": rests,
    "forced colours": outlives_the_colours,
}
