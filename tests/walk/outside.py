"""What a page says of itself outside: its head, read as a search engine or a network reads it."""

from __future__ import annotations

from tests.walk.pages import Page
from tests.walk.people import ANONYMOUS

# What is for people who sign in, the way in, the end of a form, the mailbox of the demonstration.
INSIDE = (
    "/candidatures/", "/jury/", "/rattachements/", "/comptes/", "/gestion/", "/contact/envoye/",
    "/demo/",
)  # fmt: skip


def said(page: Page) -> list[tuple[str, str]]:
    """Each name that the head gives a value to, in order."""
    found = []
    for meta in page.tree.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name and not meta.get("itemprop"):
            found.append((name, meta.get("content", "")))
    return found


def canonical(page: Page) -> list[str]:
    return [e.get("href", "") for e in page.tree.iter("link") if e.get("rel") == "canonical"]


def is_public(page: Page) -> bool:
    """Read by a passer-by, at an address that answers."""
    return page.who == ANONYMOUS and page.status == 200 and not page.url.startswith(INSIDE)


def drawn(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.is_html and page.body and "_html" not in page.address]
