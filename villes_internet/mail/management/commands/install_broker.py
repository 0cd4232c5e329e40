"""Before the first worker: the queues in PostgreSQL, when no Redis is named."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from pgmq.install import get_embedded_install_sql

ONE_AT_A_TIME = 7_260_001  # advisory lock: two deployments at once install it once


class Command(BaseCommand):
    help = "Installe les files d’attente dans PostgreSQL, si aucun Redis n’est désigné."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CELERY_BROKER_URL.startswith("pgmq:"):
            self.stdout.write("Files d’attente : Redis, rien à installer.")
            return
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            cursor.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL")
            if cursor.fetchone() == (True,):
                self.stdout.write("Files d’attente : déjà dans PostgreSQL.")
                return
            cursor.execute(get_embedded_install_sql())
        self.stdout.write("Files d’attente : installées dans PostgreSQL.")
