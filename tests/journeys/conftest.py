"""The whole platform in real processes, and Chromium in front of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, expect

from tests.chromium import open_chromium
from tests.factories.users import UserFactory
from tests.journeys.postbox import Postbox
from tests.processes import running_platform

STAFF_EMAIL = "odile@villes-internet.example"
PATIENCE = 30_000  # milliseconds: what a busy machine may take for one page


@dataclass(frozen=True)
class Site:
    """Where the platform answers, and the letters that it sent."""

    address: str
    postbox: Postbox


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    """Production but for TLS, with the collectivités of France and one member of the staff."""
    environment = {"DJANGO_SETTINGS_MODULE": "tests.plain_http"}
    with running_platform("pgmq", tmp_path, environment=environment) as platform:
        call_command("import_territories", stdout=StringIO())
        UserFactory(email=STAFF_EMAIL, full_name="Odile Renard", staff=True, verified=True)
        address = platform.start_site()
        platform.start_worker()
        yield Site(address, Postbox(platform.sink))


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Started after the site and closed before it: in between, nothing may use the database."""
    expect.set_options(timeout=PATIENCE)
    with open_chromium() as browser:
        yield browser
