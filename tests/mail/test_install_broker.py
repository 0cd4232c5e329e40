"""The queues in PostgreSQL: installed once, and only where there is no Redis."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def install() -> str:
    said = StringIO()
    call_command("install_broker", stdout=said)
    return said.getvalue()


def is_installed() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL")
        return bool(cursor.fetchone() == (True,))


def test_it_is_installed_once() -> None:
    assert not is_installed()
    assert install() == "Files d’attente : installées dans PostgreSQL.\n"
    assert is_installed()
    assert install() == "Files d’attente : déjà dans PostgreSQL.\n"


def test_redis_needs_nothing(settings: LazySettings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/0"
    assert install() == "Files d’attente : Redis, rien à installer.\n"
    assert not is_installed()
