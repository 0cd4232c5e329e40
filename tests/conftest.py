"""What every test may count on."""

import pytest
from django.core.cache import cache

from tests.processes import live_platform
from villes_internet.celery import app

__all__ = ["live_platform"]


@pytest.fixture(scope="session", autouse=True)
def registered_tasks() -> None:
    """A task queued by its name runs at once in the tests, which takes knowing it."""
    app.loader.import_default_modules()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Rate limits count from zero in each test."""
    cache.clear()
