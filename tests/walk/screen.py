"""Chromium in front of the pages that the walk received: no server, no database."""

from __future__ import annotations

import mimetypes
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route

from tests.probes import PROBES
from tests.walk.pages import Page, Part

SITE = "http://testserver"

ALL_OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
WEAR = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""

# What sticks to the window or scrolls on its own goes back to its place in the page, and returns.
LAY_FLAT = """() => {
    window.laidFlat = [];
    for (const one of document.querySelectorAll("body :not(textarea)")) {
        const { position, overflowY, maxBlockSize } = getComputedStyle(one);
        const scrolls = ["auto", "scroll"].includes(overflowY) && maxBlockSize !== "none";
        if (position !== "sticky" && !scrolls) continue;
        window.laidFlat.push([one, one.style.cssText]);
        one.style.position = "static";
        if (scrolls) one.style.maxBlockSize = "none";
    }
}"""
STAND_UP = "() => window.laidFlat.forEach(([one, css]) => one.style.cssText = css)"


class Screen:
    """One tab, with axe and the probes at hand, that shows a page as its reader received it."""

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context(reduced_motion="reduce", bypass_csp=False)
        context.add_init_script(path=AXE_FILE_PATH)
        context.add_init_script(path=PROBES)
        self.tab = context.new_page()
        self.tab.route("**/*", self._answer)
        self.asked: list[str] = []

    def show(self, page: Page, *, width: int = 1280, height: int = 900) -> None:
        self._page = page
        self.asked.clear()
        self.tab.set_viewport_size({"width": width, "height": height})
        self.tab.goto(SITE + page.url)
        self.tab.evaluate(ALL_OPEN)

    def narrow(self, width: int, height: int = 900) -> None:
        self.tab.set_viewport_size({"width": width, "height": height})

    def probe(self, name: str, *arguments: object) -> Any:
        """What that function of probes.js says of the page."""
        return self.tab.evaluate("([name, given]) => probes[name](...given)", [name, arguments])

    @contextmanager
    def wearing(self, css: str) -> Iterator[None]:
        """With the reader's own style added, which no policy of the site forbids."""
        self.tab.evaluate(WEAR, css)
        try:
            yield
        finally:
            self.tab.evaluate(WEAR, "")

    @contextmanager
    def laid_flat(self) -> Iterator[None]:
        """As the page is when nothing of it stays in sight: no part is on top of another."""
        self.tab.evaluate(LAY_FLAT)
        try:
            yield
        finally:
            self.tab.evaluate(STAND_UP)

    @contextmanager
    def text_at(self, percent: int) -> Iterator[None]:
        """With the size of text that the reader has asked their browser for."""
        settings = self.tab.context.new_cdp_session(self.tab)
        usual = {"standard": 16, "fixed": 13}
        larger = {name: size * percent // 100 for name, size in usual.items()}
        settings.send("Page.setFontSizes", {"fontSizes": larger})
        try:
            yield
        finally:
            settings.send("Page.setFontSizes", {"fontSizes": usual})

    @contextmanager
    def forced_colours(self) -> Iterator[None]:
        """With the few colours that the reader's system imposes."""
        self.tab.emulate_media(forced_colors="active")
        try:
            yield
        finally:
            self.tab.emulate_media(forced_colors="none")

    @property
    def asked_elsewhere(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((SITE, "data:"))]

    def _answer(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        if route.request.resource_type == "document":
            page = self._page
            headers = {name: it for name, it in page.headers.items() if name != "Set-Cookie"}
            route.fulfill(status=page.status, headers=headers, body=page.body)
            return
        path = finders.find(url.removeprefix(f"{SITE}/static/"))
        if isinstance(path, str):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(path).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)


def shown(pages: list[Page]) -> list[Page]:
    """Of each template, the pages that hold something which no other has shown before them.

    After a redirection comes a page that was read already, with a sentence more.
    """
    seen: defaultdict[str, set[Part]] = defaultdict(set)
    kept = []
    for page in pages:
        drawn = page.is_html and page.body and page.status not in {301, 302}
        if not drawn or page.address == "demo:message_html":
            continue
        if page.status == 200 and page.step.endswith("redirected"):
            continue
        if not page.parts <= seen[page.template]:
            seen[page.template] |= page.parts
            kept.append(page)
    return kept
