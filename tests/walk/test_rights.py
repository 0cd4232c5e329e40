"""Each address gives each person what the rules say, and not a word of what they may not know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection

from tests.read_only import WRITE as WRITE_STATEMENT
from tests.walk.addresses import every_address
from tests.walk.cast import Cast, secrets_in
from tests.walk.cells import SIGN_IN, address_of
from tests.walk.changes import WRITE
from tests.walk.pages import undone
from tests.walk.payloads import payload
from tests.walk.people import JURY, PEOPLE, STAFF
from tests.walk.rights import READ

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SIGN_IN_PAGE = "/comptes/login/code/?next="
# What is kept of a request that changes nothing: the session, and allauth's note of a code shown.
KEPT = {"django_session", "mfa_authenticator"}
# A mail program follows no redirect (RFC 8058); a page that saves by itself stays where it is.
DONE_IN_PLACE = {
    "candidatures:stop_reminders",
    "candidatures:answer",
    "candidatures:passage",
    "candidatures:presence",
}


def test_every_address_has_its_rule() -> None:
    named = {address_of(scene) for scene in [*READ, *WRITE]}
    known = set(every_address())
    assert known - named == set(), (
        "Say who may read these in tests/walk/rights.py, who may post to them in changes.py."
    )
    assert named - known == set(), "These addresses are gone: take them out of both."


@pytest.mark.parametrize("scene", READ)
def test_each_person_reads_what_the_rules_say(scene: str, cast: Cast) -> None:
    url = cast.url(scene)
    found = {who: cell_of(cast.browser(who).get(url), who) for who in PEOPLE}
    assert found == {who: in_order(cell) for who, cell in READ[scene].items()}


@pytest.mark.parametrize("scene", WRITE)
def test_each_person_changes_what_the_rules_say(scene: str, cast: Cast) -> None:
    url = cast.url(scene)
    found = {}
    changed_by_refused = {}
    for who in PEOPLE:
        cache.clear()  # rate limits
        with undone(), written_tables() as tables:
            response = cast.browser(who).post(url, payload(scene, cast))
        found[who] = status_of(response)
        done = "200" if scene in DONE_IN_PLACE else "302"
        if found[who] != done and tables - KEPT:
            changed_by_refused[who] = tables
        allowed = secrets_in(response) - words_of_oneself(who)
        assert allowed <= readable(scene, who), (who, allowed)
    assert found == WRITE[scene]
    assert changed_by_refused == {}


def readable(scene: str, who: str) -> set[str]:
    """What an answer to this person's form may quote: what they read at the same address."""
    rule = READ.get(scene) or READ.get(address_of(scene)) or {}
    return set(rule.get(who, "").split()[1:]) | QUOTED.get(scene, {}).get(who, set())


# Addresses without a page of their own, whose answer shows another one.
QUOTED: dict[str, dict[str, set[str]]] = {
    # A wrong line of a table names the juror and the dossier that it is about.
    "jury_staff:entrust, recused": {STAFF: {"home", "jury"}},
}


def cell_of(response: Response, who: str) -> str:
    words = sorted(secrets_in(response) - words_of_oneself(who))
    return " ".join([status_of(response), *words])


def status_of(response: Response) -> str:
    location = response.headers.get("Location", "")
    return SIGN_IN if location.startswith(SIGN_IN_PAGE) else str(response.status_code)


def words_of_oneself(who: str) -> set[str]:
    """A juror's own name heads each of their pages."""
    return {"jury"} if who in JURY else set()


def in_order(cell: str) -> str:
    status, *words = cell.split()
    return " ".join([status, *sorted(words)])


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that a request wrote, even if it undid it."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := WRITE_STATEMENT.match(sql):
            tables.add(match["table"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
