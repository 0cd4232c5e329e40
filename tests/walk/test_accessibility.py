"""axe finds nothing on any page, in both themes, on a desk and in a hand, and nothing overflows.

Chromium draws the pages that the walk received: no server, no database, the same answers for all.
"""

from __future__ import annotations

import json
import mimetypes
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route, sync_playwright
from playwright.sync_api import Page as Tab

from tests.chromium import find_chromium
from tests.walk.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SITE = "http://testserver"
WIDTHS = (1280, 360)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EVERYTHING = {"resultTypes": ["violations"]}
# The others say the same whatever the theme.
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
ALL_OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN = "options => axe.run(options).then(found => found.violations)"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own
        yield playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)


def shown(pages: list[Page]) -> list[Page]:
    """Each page as read, and as refused: at most two ways to read it, one to be refused.

    Those after a redirection were read already.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    kept = []
    for page in pages:
        drawn = page.is_html and page.body and page.status not in {301, 302}
        if not drawn or page.address == "demo:message_html":
            continue
        if page.step and page.status == 200 and page.step.endswith("redirected"):
            continue
        if page.step.endswith("empty") and page.status == 200:
            continue
        key = (page.address, page.template, page.step and str(page.status))
        seen[key] += 1
        if seen[key] <= (1 if page.step else 2):
            kept.append(page)
    return kept


@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing(part: int, chromium: Browser, pages: list[Page]) -> None:
    """Split in four, for as many workers as there are."""
    context = chromium.new_context(reduced_motion="reduce", bypass_csp=False)
    context.add_init_script(path=AXE_FILE_PATH)
    tab = context.new_page()
    drawn = shown(pages)
    assert len(drawn) > 80
    found = {}
    for page in drawn[part::4]:
        if problems := look(tab, page):
            found[str(page)] = problems
    context.close()
    assert found == {}, "\n" + json.dumps(found, indent=1, ensure_ascii=False)


def look(tab: Tab, page: Page) -> list[str]:
    problems = []
    asked: list[str] = []
    tab.unroute_all()
    tab.route("**/*", lambda route: answer(route, page, asked))
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
    tab.goto(SITE + page.url)
    tab.evaluate(ALL_OPEN)
    for width, themes in ((WIDTHS[0], ("light", "dark")), (WIDTHS[1], ("dark", "light"))):
        tab.set_viewport_size({"width": width, "height": 900})
        for rank, theme in enumerate(themes):
            tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            for violation in tab.evaluate(RUN, COLOURS if rank else EVERYTHING):
                nodes = [node["html"][:160] for node in violation["nodes"][:2]]
                problems.append(f"{width} {theme} {violation['id']}: {nodes}")
        if over := tab.evaluate(OVERFLOW):
            problems.append(f"{width}: {over} pixels too wide")
    return problems + [f"asks {url}" for url in asked if not url.startswith((SITE, "data:"))]


def answer(route: Route, page: Page, asked: list[str]) -> None:
    url = route.request.url
    asked.append(url)
    if route.request.resource_type == "document":
        headers = {name: value for name, value in page.headers.items() if name != "Set-Cookie"}
        route.fulfill(status=page.status, headers=headers, body=page.body)
        return
    path = finders.find(url.removeprefix(f"{SITE}/static/"))
    if isinstance(path, str):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(path).read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)
