"""How a service asks for background work: by registered name, once its transaction is committed."""

from functools import partial
from typing import Any

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from villes_internet.celery import app

logger = structlog.get_logger(__name__)


def enqueue(task: str, *args: Any) -> None:
    """Queue `task` with `args` (identifiers) after the commit.

    A broker that cannot be reached is logged and nothing more: what is due can be read in the
    database, and the clock work that catches up will queue it again.
    """
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[Any, ...]) -> None:
    try:
        app.signature(task, args=args).apply_async(retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("task_not_queued", task=task, args=args, error=str(error))
