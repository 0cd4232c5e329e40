"""How a picture leaves the site: the same for all, drawn once for each thing that it can show."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from pathlib import Path
from typing import Protocol

import PIL
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

FRESH_FOR = 3600  # seconds; a proclamation shows within the hour
KEPT_FOR = 30 * 24 * 3600


class Picture(Protocol):
    """A frozen value, all that is shown; `draw` makes a PNG of 1200 × 630 pixels."""

    def draw(self, *, demonstration: bool) -> bytes: ...


def answer(request: HttpRequest, picture: Picture) -> HttpResponse:
    """Nothing is drawn for whoever has this version already, nor twice for the others."""
    drawn_as = version(picture)
    response = get_conditional_response(request, etag=f'"{drawn_as}"')
    if response is None:
        response = HttpResponse(_drawn(picture, drawn_as), content_type="image/png")
    response["ETag"] = f'"{drawn_as}"'
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


def version(picture: Picture) -> str:
    """Another as soon as what is shown changes, or the way in which it is drawn."""
    shown = f"{settings.DEMONSTRATION} {picture!r} {_hand(type(picture))}"
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _drawn(picture: Picture, drawn_as: str) -> bytes:
    shared = caches["pictures"]
    content: bytes | None = shared.get(drawn_as)
    if content is None:
        content = picture.draw(demonstration=settings.DEMONSTRATION)
        shared.set(drawn_as, content, KEPT_FOR)
    return content


@cache
def _hand(drawer: type[Picture]) -> str:
    """The code that draws, so that nobody has to remember a number to change."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    own = inspect.getsource(inspect.getmodule(drawer) or drawer)
    code = "".join(path.read_text() for path in sources) + own
    return hashlib.sha256(f"{PIL.__version__} {code}".encode()).hexdigest()
