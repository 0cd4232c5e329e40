"""An address takes the methods that it says, and a GET writes nothing whoever asks."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.walk.addresses import every_address
from tests.walk.cast import Cast
from tests.walk.cells import address_of
from tests.walk.changes import WRITE
from tests.walk.people import ANONYMOUS, PEOPLE
from tests.walk.rights import READ

WRITTEN = {address_of(scene) for scene in WRITE}
READ_ONLY = [name for name in READ if name not in WRITTEN and ", " not in name]
WRITE_ONLY = [name for name in WRITE if name not in READ and ", " not in name]


def someone(cells: dict[str, str], *wanted: str) -> str:
    """Somebody signed in, if there is one, who is let in."""
    people = [who for who, cell in cells.items() if cell.split()[0] in wanted]
    return next((who for who in people if who != ANONYMOUS), people[0])


def test_the_walk_is_watched() -> None:
    assert settings.MIDDLEWARE[0] == "tests.read_only.ReadOnlyGetMiddleware"


@pytest.mark.parametrize("name", READ_ONLY)
def test_an_address_that_is_only_read_refuses_a_post(name: str, cast: Cast) -> None:
    who = someone(READ[name], "200", "301", "302")
    assert cast.browser(who).post(cast.url(name)).status_code == 405


@pytest.mark.parametrize("name", [name for name in WRITE_ONLY if "404" not in WRITE[name]["staff"]])
def test_an_address_that_is_only_written_refuses_a_get(name: str, cast: Cast) -> None:
    who = someone(WRITE[name], "302")
    assert cast.browser(who).get(cast.url(name)).status_code == 405


@pytest.mark.parametrize("name", WRITE_ONLY)
def test_a_get_of_what_is_only_written_writes_nothing(name: str, cast: Cast) -> None:
    for who in PEOPLE:
        assert cast.browser(who).get(cast.url(name)).status_code in {302, 403, 404, 405}


@pytest.mark.parametrize("name", [name for name in READ if ", " not in name])
def test_head_answers_as_get(name: str, cast: Cast) -> None:
    who = someone(READ[name], "200", "301", "302", "404")
    expected = int(READ[name][who].split()[0])
    response = cast.browser(who).head(cast.url(name))
    assert response.status_code == expected


def test_every_address_is_read_or_written_here() -> None:
    assert set(every_address()) == {address_of(scene) for scene in [*READ, *WRITE]}
