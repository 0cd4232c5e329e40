"""What comes with a page: no cookie for passers-by, headers that protect, nothing inline."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from tests.walk.pages import Page
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

pytestmark = pytest.mark.django_db

# Signing in and up, writing, approving a dossier and stopping reminders need a form; the rest of
# the site asks nothing from a passer-by.
WITH_A_FORM = {
    "account_signup",
    "account_request_login_code",
    "candidatures:approve",
    "candidatures:stop_reminders",
    "pages:contact",
    "atlaas:contact",
}
# Somebody else's e-mail as it is, inline styles and all, in a page that can do nothing.
SANDBOXED = {"demo:message_html"}
# The same for all, and kept by every cache.
SHARED = {
    "atlaas:picture",
    "atlaas:territory_picture",
    "atlaas:sheet_picture",
    "atlaas:illustration",
    "atlaas:feed",
    "labels:palmares_picture",
    "favicon",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def is_public(page: Page) -> bool:
    rule = READ.get(page.scene)
    return rule is not None and rule[ANONYMOUS].split()[0] in {"200", "301"} and not page.step


def test_a_passer_by_gets_no_cookie_and_no_form_to_post(pages: list[Page]) -> None:
    public = [page for page in pages if is_public(page) and page.who == ANONYMOUS]
    assert len(public) > 10
    guilty = [
        str(page)
        for page in public
        if page.address not in WITH_A_FORM
        and (page.cookies or (page.is_html and any(form.method == "post" for form in page.forms)))
    ]
    assert guilty == []


def test_every_cookie_is_named_on_the_page_of_personal_data(pages: list[Page]) -> None:
    said = next(page.html for page in pages if page.address == "pages:personal_data")
    set_on_the_way = {name for page in pages for name in page.cookies}
    assert {"sessionid", "csrftoken", "messages"} <= set_on_the_way
    assert {name for name in set_on_the_way if f"<code>{name}</code>" not in said} == set()


def test_every_answer_forbids_what_the_site_does_not_do(pages: list[Page]) -> None:
    for page in pages:
        policy = page.headers.get("Content-Security-Policy", "")
        if page.address in SANDBOXED:
            assert policy.startswith("sandbox; default-src 'none'"), page
        else:
            assert set(policy.split("; ")) == set(POLICY.split("; ")), page
        assert page.headers.get("X-Content-Type-Options") == "nosniff", page
        assert page.headers.get("Referrer-Policy") == "same-origin", page
        assert page.headers.get("X-Frame-Options") == "DENY", page


def test_nothing_is_inline_in_a_page(pages: list[Page]) -> None:
    guilty = {
        f"{page}: {found}"
        for page in pages
        if page.is_html and page.address not in SANDBOXED
        for element in page.tree.iter()
        for found in inline(element)
    }
    assert guilty == set()


def inline(element: Element) -> list[str]:
    """What the policy would drop, silently for whoever wrote it."""
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    found = [f"{tag} {name}" for name in element.attrib if name == "style" or name.startswith("on")]
    if tag == "style":
        found.append("<style>")
    if tag == "script" and "src" not in element.attrib and "json" not in element.get("type", ""):
        found.append("<script>")
    addresses = [element.get(name, "") for name in ("href", "src", "action")]
    return found + [a for a in addresses if re.match(r"\s*javascript:", a, re.IGNORECASE)]


def test_no_page_calls_another_site(pages: list[Page]) -> None:
    called = set()
    for page in pages:
        if not page.is_html or page.address in SANDBOXED:
            continue
        for element in page.tree.iter():
            tag = str(element.tag).rpartition("}")[2]
            if element.get("rel") == "canonical":  # said, never fetched
                continue
            names = ("src", "srcset") if tag != "link" else ("href",)
            addresses = [element.get(name, "") for name in names]
            called |= {a for a in addresses if a and not a.startswith(("/", "data:image/"))}
    assert called == set()


def test_what_is_for_one_person_stays_in_no_cache(pages: list[Page]) -> None:
    """Neither a proxy's nor, once signed out, that of the browser of a shared computer."""
    kept = []
    for page in pages:
        if page.address in SHARED and page.status == 200:
            continue
        personal = page.who != ANONYMOUS or page.cookies
        directives = set(re.split(r",\s*", page.headers.get("Cache-Control", "")))
        if (personal and "private" not in directives) or (
            personal and page.is_html and "no-store" not in directives
        ):
            kept.append((str(page), page.headers.get("Cache-Control")))
    assert kept == []
