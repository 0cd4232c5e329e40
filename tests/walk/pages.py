"""Each page of the walk as its readers receive it, rendered once for the tests that only look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import tinyhtml5
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.walk.cast import Cast, body_of
from tests.walk.cells import address_of
from tests.walk.changes import WRITE
from tests.walk.forms import Filling, Form, forms_of
from tests.walk.payloads import payload
from tests.walk.people import ANONYMOUS, CONTRIBUTOR, NEWCOMER
from tests.walk.rights import READ, readers

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

Part = tuple[str, str, str]
OPENING = re.compile(r"<([a-z][\w-]*)([^>]*)")
KIND = re.compile(r'\s(class|type)="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """What one person received. `step` says how they came there when it is not by reading."""

    scene: str
    who: str
    url: str
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes = field(repr=False)
    template: str = ""
    step: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.scene, "as", self.who, self.step]))

    @property
    def address(self) -> str:
        return address_of(self.scene)

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def html(self) -> str:
        return self.body.decode()

    @cached_property
    def tree(self) -> Element:
        root: Element = tinyhtml5.parse(self.html, namespace_html_elements=False)
        return root

    @cached_property
    def parts(self) -> frozenset[Part]:
        """What the page is made of, whatever it says: each kind of element that it holds."""
        found = ((tag, dict(KIND.findall(rest))) for tag, rest in OPENING.findall(self.html))
        return frozenset((tag, it.get("class", ""), it.get("type", "")) for tag, it in found)

    @cached_property
    def forms(self) -> list[Form]:
        return forms_of(self.tree, self.url)


def walk(cast: Cast) -> list[Page]:
    """Every page once for each kind of reader, then what each form answers, then the errors."""
    pages = [*_read(cast), *_errors(cast), *_signing_in(cast)]
    return [*pages, *_submitted(cast, pages), *_done(cast)]


def _read(cast: Cast) -> Iterator[Page]:
    """What all may read, once signed in; the rest as each person to whom it says something new."""
    for scene, rule in READ.items():
        url = cast.url(scene)
        yield _page(scene, ANONYMOUS, cast.browser(ANONYMOUS).get(url))
        signed_in = [who for who in readers(scene) if who != ANONYMOUS]
        if rule[ANONYMOUS].startswith("200"):
            signed_in = signed_in[:1]
        cells: set[str] = set()
        parts: set[Part] = set()
        for who in signed_in:
            page = _page(scene, who, cast.browser(who).get(url))
            if rule[who] not in cells or (page.is_html and not page.parts <= parts):
                yield page
            cells.add(rule[who])
            parts |= page.parts if page.is_html else set()


def _errors(cast: Cast) -> Iterator[Page]:
    for who in (ANONYMOUS, NEWCOMER):
        yield _page("404", who, cast.browser(who).get("/nulle-part/"))
    yield _page("403", NEWCOMER, cast.browser(NEWCOMER).get("/gestion/"))
    yield _page("405", ANONYMOUS, cast.browser(ANONYMOUS).post("/territoires/"))
    strict = Client(enforce_csrf_checks=True)
    yield _page("403_csrf", ANONYMOUS, strict.post("/comptes/login/code/", {"email": "a@b.fr"}))


def hard_to_reach() -> list[Page]:
    """The errors that nobody meets by walking: as drawn, without the headers of an answer."""
    made = []
    for name, context in (
        ("400", {}),
        ("410", {}),
        ("413", {"most": "5\u00a0Mo"}),
        ("429", {}),
        ("500", {}),
        ("503", {}),
        ("maintenance", {}),
    ):
        request = RequestFactory().get(f"/{name}/")
        request.user = AnonymousUser()
        body = render_to_string(f"{name}.html", context, request=request).encode()
        headers = {"Content-Type": "text/html; charset=utf-8"}
        made.append(Page(name, ANONYMOUS, request.path, 200, headers, {}, body))
    return made


def _signing_in(cast: Cast) -> Iterator[Page]:
    """The pages that only exist halfway: a code asked for, a second one wanted."""
    for url, data in (
        ("/comptes/login/code/", {"email": cast.users[CONTRIBUTOR].email}),
        ("/comptes/signup/", {"email": "nouvelle@label.example", "full_name": "Léa Roy"}),
    ):
        with undone():
            browser = cast.browser(ANONYMOUS)
            asked = browser.post(url, data)
            halfway = browser.get(asked.headers["Location"])
            yield _page(f"halfway {url}", ANONYMOUS, halfway)
            wrong = browser.post(asked.headers["Location"], {"code": "abc"})
            yield _page(f"halfway {url}", ANONYMOUS, wrong, step="with a wrong code")


def _submitted(cast: Cast, pages: list[Page]) -> Iterator[Page]:
    """Each form sent back empty, then full of nonsense, as a browser would."""
    seen: set[tuple[str, str]] = set()
    for page in pages:
        if not page.is_html or page.status != 200 or page.scene.startswith("halfway"):
            continue
        for form in page.forms:
            if form.method != "post" or (address_of(page.scene), form.key) in seen:
                continue
            seen.add((address_of(page.scene), form.key))
            for filling in Filling if form.asks_something else [Filling.EMPTY]:
                cache.clear()  # rate limits
                with undone():
                    browser = cast.browser(page.who)
                    answer = browser.post(form.action, form.filled(filling), HTTP_REFERER=page.url)
                    step = f"after sending {form.key} {filling.value}"
                    yield from _answer(page.scene, page.who, browser, answer, step)


def _done(cast: Cast) -> Iterator[Page]:
    """What each person who may is told once it is done, or why it cannot be."""
    for scene, rule in WRITE.items():
        outcomes: dict[str, str] = {}
        for who, cell in rule.items():
            if cell in {"200", "302", "409", "422"} and who != ANONYMOUS:
                outcomes.setdefault(cell, who)
        for who in outcomes.values():
            cache.clear()
            with undone():
                browser = cast.browser(who)
                answer = browser.post(cast.url(scene), payload(scene, cast))
                yield from _answer(scene, who, browser, answer, "once sent")


def _answer(scene: str, who: str, browser: Client, answer: Response, step: str) -> Iterator[Page]:
    yield _page(scene, who, answer, step=step)
    if answer.status_code == 302:
        landed = browser.get(answer.headers["Location"])
        yield _page(scene, who, landed, step=f"{step}, then redirected")


def _page(scene: str, who: str, response: Response, step: str = "") -> Page:
    templates = [template.name for template in getattr(response, "templates", []) if template.name]
    return Page(
        scene=scene,
        who=who,
        url=response.wsgi_request.get_full_path(),
        status=response.status_code,
        headers=dict(response.headers),
        cookies={name: morsel.OutputString() for name, morsel in response.cookies.items()},
        body=body_of(response),
        template=templates[0] if templates else "",
        step=step,
    )


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is forgotten, whatever became of the transaction."""
    savepoint = connection.savepoint()
    assert savepoint
    try:
        yield
    finally:
        connection.needs_rollback = False
        connection.savepoint_rollback(savepoint)
