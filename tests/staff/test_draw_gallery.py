"""The gallery on a desk, on telephones and on paper: nothing overflows, is cut or too small.

The pictures are left in var/gallery/, for people to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests import drawn
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ADDRESS = "/gestion/composants/"
PICTURES = Path(settings.PROJECT) / "var" / "gallery"
WIDTHS = (1280, 360, 320)

# What is wider than the box that it is written in, unless the box scrolls or hides on purpose.
CUT = """() => [...document.querySelectorAll("main *")].filter(element => {
  const style = getComputedStyle(element);
  if (element.matches("input, select, textarea, option") || element.closest("svg")) return false;
  if (style.display === "inline" || style.overflowX === "auto" || style.position === "absolute")
    return false;
  return element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
}).map(element => `${element.className || element.tagName}: ${element.textContent.slice(0, 40)}`)"""

# A link in a sentence is as tall as its line (WCAG 2.5.8): only what stands alone is measured.
SMALL = """() => [...document.querySelectorAll(
  "main :is(a[href], button, summary, select, textarea, input:not([type=hidden]))"
)].filter(element => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.display === "inline" || !element.checkVisibility() || !box.width) return false;
  const main = element.matches(`.button:not(.button--small), .tabs a, .pagination a,
    .disclosure > summary, .filters__fold > summary, .field :is(input, select, textarea)`
    ) && !element.matches("[type=checkbox], [type=radio]");
  const least = main ? 44 : 24;
  return box.height < least || box.width < 24;
}).map(element => {
  const box = element.getBoundingClientRect();
  return `${element.className || element.tagName}: ${element.textContent.slice(0, 40)} `
    + `${box.width.toFixed()} by ${box.height.toFixed()}`;
})"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ALL_OPEN = "document.querySelectorAll('main details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with drawn.chromium() as browser:
        yield browser


@pytest.fixture
def gallery(chromium: Browser, client: Client) -> Iterator[Page]:
    client.force_login(UserFactory(staff=True, full_name="Inès Moreau"))
    with drawn.tab(chromium, client) as page:
        page.goto(ADDRESS)
        yield page


def photograph(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_is_cut_or_is_too_small(width: int, gallery: Page) -> None:
    gallery.set_viewport_size({"width": width, "height": 900})
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        gallery.emulate_media(color_scheme=theme)
        photograph(gallery, f"{width}-{theme}")
    gallery.evaluate(ALL_OPEN)
    assert gallery.evaluate(WIDER) == 0
    assert gallery.evaluate(CUT) == []
    assert gallery.evaluate(SMALL) == []


def test_nothing_overflows_on_paper_or_in_chosen_colours(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 680, "height": 900})  # a page of A4, less its margins
    gallery.emulate_media(media="print")
    photograph(gallery, "paper")
    assert gallery.evaluate(WIDER) == 0
    assert gallery.evaluate(CUT) == []
    gallery.emulate_media(media="screen", forced_colors="active")
    gallery.set_viewport_size({"width": 1280, "height": 900})
    photograph(gallery, "forced-colours")
    assert gallery.evaluate(WIDER) == 0


def test_both_themes_stand_side_by_side(gallery: Page) -> None:
    ground = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert gallery.evaluate(ground, ".theme--light") == "rgb(255, 255, 255)"
    assert gallery.evaluate(ground, ".theme--dark") == "rgb(13, 20, 34)"


def test_what_is_chosen_folds_on_a_telephone_alone(gallery: Page) -> None:
    region = gallery.get_by_label("Région").first
    gallery.set_viewport_size({"width": 360, "height": 900})
    expect(region).to_be_hidden()
    gallery.get_by_text("Critères").first.click()
    expect(region).to_be_visible()
    gallery.get_by_text("Critères").first.click()
    gallery.set_viewport_size({"width": 1280, "height": 900})
    expect(region).to_be_visible()
    expect(gallery.get_by_text("Critères").first).to_be_hidden()
