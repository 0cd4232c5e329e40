"""Chromium for the scripts of the pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import drawn


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with drawn.chromium() as browser:
        yield browser
