"""Every public page, never visited before, as a telephone far from the relay receives it.

From the web processes of production, with its static files and no reverse proxy in front: what is
weighed is what travels, headers included.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from tests.processes import running_platform
from tests.walk.cast import body_of
from tests.walk.cast import browser as passer_by
from tests.walk.crowd import MOST_BYTES, MOST_REQUESTS, crowd, public_urls
from tests.walk.test_cookies import WITH_A_FORM

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db]

SLOW = {
    "offline": False,
    "latency": 150,  # milliseconds, there and back
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
}
SLOWER_PROCESSOR = 4  # times
LONGEST = 2_500  # milliseconds before the largest thing of the page is drawn
TRIES = 3  # the machine may be busy with something else; the page is as fast as its fastest
STILL = 0.001  # a layout shift that nobody sees
VITALS = """
    window.vitals = {drawn: 0, shifted: 0}
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) vitals.drawn = entry.startTime
    }).observe({type: "largest-contentful-paint", buffered: true})
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) vitals.shifted += entry.value
    }).observe({type: "layout-shift", buffered: true})
"""
IN_A_HAND: Any = {"viewport": {"width": 360, "height": 740}, "locale": "fr-FR"}
GATHER = [
    *(sys.executable, "manage.py", "collectstatic"),
    *("--no-input", "--verbosity", "0", "--ignore", "admin"),
]
TO_THE_END = """async () => {
    const frame = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
    await frame()
    scrollTo(0, document.body.scrollHeight)
    await frame()
    return vitals
}"""


@dataclass
class Load:
    """One page fetched: what travelled, and what its reader saw."""

    asked: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)  # bytes, request by request
    cookies: list[str] = field(default_factory=list)
    text: str = ""
    drawn: float = 0  # milliseconds
    shifted: float = 0

    @property
    def weight(self) -> int:
        return int(sum(self.weights))


@dataclass(frozen=True)
class Wire:
    """Where the site answers, and its public pages, one for each view."""

    address: str
    urls: list[str]


@pytest.fixture(scope="module")
def wire(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Wire]:
    directory = tmp_path_factory.mktemp("wire")
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.plain_http",
        "STATIC_ROOT": str(directory / "static"),
    }
    with (
        django_db_blocker.unblock(),
        running_platform("pgmq", directory, environment=environment) as platform,
    ):
        subprocess.run(GATHER, env=platform.environment, check=True)
        urls = {resolve(urlsplit(url).path).func: url for url in public_urls(crowd())}
        yield Wire(platform.start_site(), [url for url in urls.values() if is_page(url)])


def is_page(url: str) -> bool:
    answer = passer_by().get(url)
    body_of(answer)  # a file that nobody reads is left open
    return answer.headers.get("Content-Type", "").startswith("text/html")


@pytest.fixture(scope="module")
def loads(wire: Wire, chromium: Browser) -> dict[str, Load]:
    return {url: at_best(chromium, wire.address, url) for url in wire.urls}


def at_best(chromium: Browser, site: str, url: str) -> Load:
    for _ in range(TRIES):
        load = fetch(chromium, site, url)
        if 0 < load.drawn <= LONGEST:
            break
    return load


def fetch(chromium: Browser, site: str, url: str, *, scripts: bool = True) -> Load:
    """In a browser that has nothing yet."""
    load = Load()
    context = chromium.new_context(**IN_A_HAND, base_url=site, java_script_enabled=scripts)
    tab = context.new_page()
    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda it: load.asked.append(it["request"]["url"]))
    network.on("Network.loadingFinished", lambda it: load.weights.append(it["encodedDataLength"]))
    if scripts:
        network.send("Network.emulateNetworkConditions", SLOW)
        network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
        tab.add_init_script(VITALS)
    tab.goto(url)
    load.text = tab.locator("body").inner_text()
    load.cookies = [cookie["name"] for cookie in context.cookies()]
    if scripts:
        vitals = tab.evaluate(TO_THE_END)
        load.drawn, load.shifted = vitals["drawn"], vitals["shifted"]
    context.close()
    return load


def test_every_public_page_is_light_on_the_wire(
    wire: Wire, loads: dict[str, Load], record_property: Callable[[str, Any], None]
) -> None:
    assert len(loads) > 8
    heaviest = max(loads, key=lambda url: loads[url].weight)
    found = f"{heaviest}, {loads[heaviest].weight} octets en {len(loads[heaviest].asked)} requêtes"
    record_property("La page publique la plus lourde à froid", found)
    assert {
        url: (load.weight, load.asked)
        for url, load in loads.items()
        if load.weight > MOST_BYTES or len(load.asked) > MOST_REQUESTS
    } == {}


def test_a_public_page_asks_for_nothing_elsewhere_and_leaves_no_cookie(
    wire: Wire, loads: dict[str, Load]
) -> None:
    asked = {url for load in loads.values() for url in load.asked}
    assert {url for url in asked if not url.startswith((f"{wire.address}/", "data:"))} == set()
    with_cookies = {
        resolve(urlsplit(url).path).view_name for url, load in loads.items() if load.cookies
    }
    assert with_cookies <= WITH_A_FORM


def test_every_public_page_is_drawn_soon_and_does_not_move(
    loads: dict[str, Load], record_property: Callable[[str, Any], None]
) -> None:
    slowest = max(loads, key=lambda url: loads[url].drawn)
    found = f"{slowest}, dessinée en {loads[slowest].drawn:.0f} ms"
    record_property("La page publique la plus lente, sur un téléphone loin du relais", found)
    assert {url: load.drawn for url, load in loads.items() if not 0 < load.drawn <= LONGEST} == {}
    assert {url: load.shifted for url, load in loads.items() if load.shifted >= STILL} == {}


def test_every_public_page_says_the_same_without_scripts(
    wire: Wire, chromium: Browser, loads: dict[str, Load]
) -> None:
    without = {url: fetch(chromium, wire.address, url, scripts=False).text for url in wire.urls}
    assert without == {url: load.text for url, load in loads.items()}
