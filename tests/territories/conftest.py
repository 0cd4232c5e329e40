import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.territories.files import Files
from villes_internet.territories.importing import import_territories


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture(scope="module")
def france(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[float]:
    """The whole of France for one module, undone after it; yields the processor seconds it took."""
    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()
        import_territories()
        yield time.process_time() - started
        transaction.set_rollback(True)
