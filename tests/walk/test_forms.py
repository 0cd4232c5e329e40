"""A form sent back empty or full of nonsense is refused with 422, and says what is wrong."""

from __future__ import annotations

import pytest

from tests.walk.pages import Page

pytestmark = pytest.mark.django_db

# allauth answers 200 to a refused form.
ALLAUTH = ("account_", "mfa_", "halfway ")
# Short notes in a list: the reader is sent back to it with the sentence on top.
TOLD_ON_THE_LIST = {"territories_staff:memberships"}
# Buttons that only confirm what is on the page.
CONFIRMED = tuple(
    f"after sending {form}"
    for form in (
        "/candidatures/commencer/",
        "/gestion/editions/0000/jury/lectures/retirer/",
        "/gestion/editions/0000/jury/repartition/confirmer/",
    )
)
MOVED = "/deplacer/("  # up or down, a button each
# A button that says up to where one read, and that nonsense makes say nothing.
READ_SO_FAR = "(, csrfmiddlewaretoken, seen)"
# A button that says one thing or the other, whatever else is there.
SWITCHED = (
    "/rappels/(csrfmiddlewaretoken, rappels)",
    "/deports/regle/(csrfmiddlewaretoken, recuses_department)",
)
# Answered where it stands: a mail program follows no redirect (RFC 8058).
DONE_IN_PLACE = "after sending /candidatures/rappels/"
# Its address is signed, and a mail program sends it without having seen the page.
NEEDS_NO_TOKEN = {"candidatures:stop_reminders"}
ONLY_BOXES = {"candidatures:deposit", "candidatures:withdraw"}  # nonsense ticks them all
DRAFTED = "candidatures:correction"
# A text, empty, is a draft that may wait, and is not sent; documents stay as they are.
WAITING = ("q0, v0) empty", "q0-retirer, v0) empty", "q0-retirer, send, v0) empty")
# Everything that one sees in these may be left out.
ALL_OPTIONAL = {
    "candidatures:earlier_answers",
    "candidatures:earlier_passages",
    "candidatures:resume_answers",
    "candidatures:resume_practices",
    "candidatures:section",
    "jury:review",
    "territories_staff:memberships",
}


def test_each_form_refuses_what_is_wrong_and_says_so(pages: list[Page]) -> None:
    odd = []
    for page in pages:
        if not page.step.startswith("after sending") or page.step.endswith("redirected"):
            continue
        expected = {422}
        alone = "(, csrfmiddlewaretoken)" in page.step
        if page.step.startswith(DONE_IN_PLACE):
            expected = {200}
        elif (
            page.step.startswith(CONFIRMED)
            or MOVED in page.step
            or any(one in page.step for one in SWITCHED)
            or alone
            or READ_SO_FAR in page.step
        ):
            expected = {200, 302} if page.address.startswith(ALLAUTH) else {302}
        elif page.address.startswith(ALLAUTH):
            expected = {200}
        elif (
            (page.step.endswith("empty") and page.address in ALL_OPTIONAL)
            or (page.step.endswith("nonsense") and page.address in ONLY_BOXES)
            or page.address in TOLD_ON_THE_LIST
            or (page.step.endswith(WAITING) and page.address == DRAFTED)
        ):
            expected = {302}
        if page.status not in expected:
            odd.append((page.status, str(page)))
    assert odd == []


def test_a_refused_form_says_what_is_wrong_on_top_and_at_each_field(pages: list[Page]) -> None:
    silent = []
    for page in pages:
        sent = page.step.startswith("after sending") and not page.step.endswith("redirected")
        alone = "(, csrfmiddlewaretoken)" in page.step  # a button has no field to mark
        done = page.status == 302 or page.step.startswith(DONE_IN_PLACE)
        if not sent or alone or done:
            continue
        marked = [c for c in page.tree.iter() if c.get("aria-invalid") == "true"]
        on_top = [e for e in page.tree.iter() if "error-summary" in (e.get("class") or "").split()]
        if not marked or not on_top:
            silent.append(str(page))
    assert silent == []


def test_each_form_that_changes_something_proves_that_it_is_ours(pages: list[Page]) -> None:
    """Django refuses one without its token; the client of the tests does not."""
    bare = {
        (page.address, form.get("action"))
        for page in pages
        if page.is_html and page.address not in NEEDS_NO_TOKEN
        for form in page.tree.iter("form")
        if (form.get("method") or "").lower() == "post"
        and not any(one.get("name") == "csrfmiddlewaretoken" for one in form.iter("input"))
    }
    assert bare == set()
