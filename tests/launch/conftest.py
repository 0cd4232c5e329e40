import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that whoever runs PostgreSQL can enter, unlike pytest's own when root is testing."""
    folder = Path(tempfile.mkdtemp(prefix="villes-internet-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
