"""What every test may count on."""

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, settings

from tests.processes import live_platform
from villes_internet.celery import app

__all__ = ["live_platform"]

# A busy machine is no fault of the code: what is drawn, and how it is judged, does not change.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session", autouse=True)
def registered_tasks() -> None:
    """A task queued by its name runs at once in the tests, which takes knowing it."""
    app.loader.import_default_modules()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Rate limits count from zero in each test, and each picture is drawn."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests measured, after what they found."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name} : {value}")
