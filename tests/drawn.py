"""Chromium in front of the site without a server: each request is played by Django's test client.

What a page does by its scripts is seen as a person would see it, in the test's own transaction.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route

from tests.chromium import open_chromium

SITE = "http://localhost"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for tests that look at their own transaction through it."""
    with pytest.MonkeyPatch.context() as patch, open_chromium() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own
        yield browser
        connections.close_all()  # those of that loop, which nobody else would close


@contextmanager
def tab(
    browser: Browser, client: Client, *, scripts: bool = True, refusals: bool = False
) -> Iterator[Page]:
    """A tab of the person who is signed in by `client`; motion is reduced, errors are raised.

    With `refusals`, what the site or the network refuses a script is no error.
    """
    context = browser.new_context(
        base_url=SITE, java_script_enabled=scripts, reduced_motion="reduce", locale="fr-FR"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    # Playwright answers from a context of its own, where Django would open another connection.
    here = copy_context()
    page.route("**/*", lambda route: _answer(route, client, here))
    yield page
    context.close()
    refused = "Failed to load resource"
    assert [one for one in faults if not (refusals and one.startswith(refused))] == []


def _answer(route: Route, client: Client, here: Context) -> None:
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        path = finders.find(address.path.removeprefix("/static/"))
        assert isinstance(path, str), address.path
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(path).read_bytes(), content_type=kind)
        return
    response = here.copy().run(_play, route.request, client)
    headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
    route.fulfill(status=response.status_code, headers=headers, body=response.content)


def _play(request: Request, client: Client) -> HttpResponse:
    """Redirections are followed here: Chromium would ask the network for where it is sent."""
    address = urlsplit(request.url)
    response: Any = client.generic(
        request.method,
        f"{address.path}?{address.query}",
        request.post_data_buffer or b"",
        content_type=request.headers.get("content-type", "application/octet-stream"),
        headers={
            name: value
            for name, value in request.headers.items()
            if name in {"accept", "hx-request"}
        },
    )
    while response.status_code == 302:
        response = client.get(response.headers["Location"])
    return cast(HttpResponse, response)
