"""`make bench`: how long each busy page takes on the demonstration's data, and its SQL queries.

Measured in this process with Django's test client, so without the network and the web server: the
server time of a warm page. Run `make run` once before, for the data.
"""

import os
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.test import Client

from villes_internet.launch import postgres

RUNS = 30


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "villes_internet.settings.development"
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    postgres.lease()
    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    print(f"{'page':<48}{'requêtes':>9}{'médiane':>12}")
    for person, address in pages():
        client = signed_in(person)
        queries, milliseconds = measure(client, address)
        print(f"{address:<48}{queries:>9}{milliseconds:>9.1f} ms")


def pages() -> list[tuple[str, str]]:
    """Who opens which address; empty for a passer-by."""
    from labels.models import Edition  # noqa: PLC0415  (after django.setup)

    years = list(Edition.objects.order_by("year").values_list("year", flat=True))
    if len(years) < 3:
        raise CommandError("Lancez d’abord « make run » : les mesures se font sur ses données.")
    proclaimed, read, _ = years
    return [
        ("", "/"),
        ("", f"/palmares/{proclaimed}/"),
        ("", "/territoires/?q=la+rochelle"),
        ("", "/territoires/29232/"),
        ("", "/atlaas/?q=budget"),
        ("agent.ville@demo.example", "/candidatures/"),
        ("juree@demo.example", f"/jury/{read}/"),
        ("presidente@demo.example", f"/jury/{read}/deliberation/"),
        ("equipe@demo.example", f"/gestion/editions/{read}/candidatures/"),
    ]


def signed_in(person: str) -> Client:
    from villes_internet.users.models import User  # noqa: PLC0415  (after django.setup)

    client = Client()
    if person:
        backend = settings.AUTHENTICATION_BACKENDS[0]
        client.force_login(User.objects.get(email=person), backend=backend)
    return client


def measure(client: Client, address: str) -> tuple[int, float]:
    """The SQL queries of a page, and the median of its warm runs in milliseconds."""
    queries: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *context: Any) -> Any:
        queries.append(sql)
        return execute(sql, *context)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    if answer.status_code != 200:
        raise CommandError(f"{address} répond {answer.status_code}.")
    durations = []
    for _ in range(RUNS):
        started = time.perf_counter()
        client.get(address)
        durations.append((time.perf_counter() - started) * 1000)
    return len(queries), median(durations)


if __name__ == "__main__":
    main()
