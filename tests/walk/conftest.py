"""One world for a whole module of the walk; each test gets it as it was."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from tests import drawn
from tests.walk.cast import Cast, build
from tests.walk.pages import Page, walk


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Written in a transaction around those of the module's tests, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        logging.disable(logging.WARNING)
        yield build()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def cast(world: Cast, db: None) -> Cast:
    """The world as it was built: what a test writes is undone before the next one."""
    return world


@pytest.fixture(scope="session")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Page]:
    """Each page as its readers receive it. Only what they received is left of that world."""
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        walked = walk(build())
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    return walked


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with drawn.chromium() as browser:
        yield browser
