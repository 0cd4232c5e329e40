"""How many statements something sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def costs(queries: int) -> Iterator[None]:
    """So many statements, but for the frame of the transaction: it is the test’s own here."""
    with CaptureQueriesContext(connection) as captured:
        yield
    frame = ("SAVEPOINT", "RELEASE SAVEPOINT")
    sent = [one["sql"] for one in captured if not one["sql"].startswith(frame)]
    assert len(sent) == queries, "\n".join(sent)
