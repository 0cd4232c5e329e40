"""The platform as it runs in production: real processes, broker and mail server, its own database.

A test that takes `live_platform` runs once for each broker. Its own services and pages act on the
live database, and what they queue goes to the real broker. The journeys add the web processes.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import kombu.pools
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.smtp_sink import SmtpSink, free_port, smtp_sink, wait_until
from villes_internet.celery import app
from villes_internet.settings.base import pgmq_conn_string

LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND usename = current_user
"""
VISIBILITY_TIMEOUT = 1  # second before the task of a dead worker is given to another
WORKER = [
    "-m",
    "celery",
    "--app",
    "villes_internet",
    "worker",
    "--loglevel",
    "INFO",
    "--concurrency",
    "2",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
]
SITE = [
    "-m",
    "gunicorn",
    "villes_internet.wsgi",
    "--no-control-socket",
    "--workers",
    "2",
    "--worker-class",
    "gthread",
    "--threads",
    "2",
]


@dataclass
class Platform:
    """What a test may start, kill and look at."""

    broker: str
    database: str
    sink: SmtpSink
    environment: dict[str, str]
    directory: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker on the platform's settings; returns once it takes tasks."""
        number = len(self.processes)
        log = self.directory / f"worker-{number}.log"
        worker = self._start([*WORKER, "--hostname", f"worker{number}@test"], log)
        wait_until(lambda: " ready." in log.read_text() or worker.poll() is not None)
        assert worker.poll() is None, log.read_text()
        return worker

    def start_site(self) -> str:
        """The web processes; returns their address, of this machine alone, once they answer."""
        port = free_port()
        log = self.directory / "site.log"
        address = f"http://127.0.0.1:{port}"
        self.environment.update(SITE_URL=address, ALLOWED_HOSTS="127.0.0.1")
        site = self._start([*SITE, "--bind", f"127.0.0.1:{port}"], log)
        wait_until(lambda: answers(port) or site.poll() is not None)
        assert site.poll() is None, log.read_text()
        return address

    def _start(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, the children too: what a machine that loses its power does."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def times_received(self, task: str) -> int:
        """How many times the workers were given that task, all together."""
        logs = self.directory.glob("worker-*.log")
        return sum(log.read_text().count(f"Task {task}[") for log in logs if log.exists())

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of another process, to hold a lock or to look at the others."""
        return psycopg.connect(conn_string(self.database))

    def waiting_for_a_lock(self) -> bool:
        """Whether some process of the platform is stopped at a lock of the database."""
        with self.connect() as other:
            found = other.execute(
                "SELECT 1 FROM pg_stat_activity "
                "WHERE datname = %s AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()",
                [self.database],
            )
            return found.fetchone() is not None


@pytest.fixture(params=["pgmq", "redis"])
def live_platform(
    request: pytest.FixtureRequest,
    transactional_db: None,
    tmp_path: Path,
) -> Iterator[Platform]:
    if request.param == "redis" and not shutil.which("redis-server"):
        pytest.skip("no redis-server on this machine")
    impatient = {"CELERY_VISIBILITY_TIMEOUT": str(VISIBILITY_TIMEOUT)}
    with running_platform(request.param, tmp_path, environment=impatient) as platform:
        yield platform


@contextmanager
def running_platform(
    broker: str, directory: Path, *, environment: Mapping[str, str]
) -> Iterator[Platform]:
    """A database, a broker and a mail server, for processes that the caller starts.

    `environment` adds to production's, or replaces it.
    """
    with ExitStack() as stack:
        database = stack.enter_context(own_database())
        redis_url = stack.enter_context(redis_server(directory)) if broker == "redis" else ""
        broker_url = redis_url or "pgmq://localhost"
        options = transport_options(database, redis_url)
        stack.enter_context(real_broker(broker_url, options))
        sink = stack.enter_context(smtp_sink())
        full = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "villes_internet.settings.base",
            "SECRET_KEY": "of a test",
            "SITE_URL": "https://label.example",
            "ALLOWED_HOSTS": "label.example",
            "DATABASE_URL": database_url(database),
            "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "REDIS_URL": redis_url,
            **environment,
        }
        platform = Platform(broker, database, sink, full, directory)
        try:
            yield platform
        finally:
            sink.paused = False
            for process in platform.processes:
                platform.kill(process)


def answers(port: int) -> bool:
    """Whether the site on that port says that it is well."""
    probe = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        probe.request("GET", "/sante/")
        return probe.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        probe.close()


@contextmanager
def own_database() -> Iterator[str]:
    """A copy of the tests' empty database, for processes that cannot see a test's transaction."""
    origin = connection.settings_dict["NAME"]
    name = f"{origin}_live_{uuid4().hex[:8]}"
    connection.close()
    with psycopg.connect(conn_string("postgres"), autocommit=True) as cluster:
        cluster.execute(f'CREATE DATABASE "{name}" TEMPLATE "{origin}"')
        connection.settings_dict["NAME"] = name
        try:
            call_command("install_broker", stdout=StringIO())
            call_command("createcachetable", "cache", "cache_pictures", stdout=StringIO())
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = origin
            cluster.execute(LEAVE, [name])
            # Not « with (force) », which may not end an autovacuum: this waits for it.
            cluster.execute(f'DROP DATABASE "{name}"')


@contextmanager
def redis_server(directory: Path) -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    with (directory / "redis.log").open("wb") as output:
        server = subprocess.Popen(command, cwd=directory, stdout=output, stderr=output)
    try:
        wait_until(lambda: "Ready to accept" in (directory / "redis.log").read_text())
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


@contextmanager
def real_broker(url: str, options: dict[str, Any]) -> Iterator[None]:
    """What this process queues goes there, as it does from a web process."""
    changed = {
        "task_always_eager": False,
        "broker_url": url,
        "broker_transport_options": options,
    }
    before = {name: app.conf[name] for name in changed}
    forget_connections()
    app.conf.update(changed)
    try:
        yield
    finally:
        forget_connections()
        app.conf.update(before)


def forget_connections() -> None:
    """Celery keeps the connections of its first broker for ever."""
    kombu.pools.reset()  # type: ignore[no-untyped-call]
    app.__dict__.pop("amqp", None)
    app.close()


def transport_options(database: str, redis_url: str) -> dict[str, Any]:
    if redis_url:
        return {"visibility_timeout": VISIBILITY_TIMEOUT}
    return {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "conn_string": conn_string(database),
        "visibility_timeout": VISIBILITY_TIMEOUT,
    }


def conn_string(database: str) -> str:
    """libpq's form, to that database of the tests' cluster."""
    return make_conninfo(pgmq_conn_string(), dbname=database)


def database_url(database: str) -> str:
    """The same as an address, which is what production is given."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
