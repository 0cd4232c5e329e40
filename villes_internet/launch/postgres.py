"""The private PostgreSQL of a developer's machine: its first user starts it, its last stops it.

`lease()` makes sure that the server runs and counts this process among its users until it ends.
The count is a shared lock on a file, so the kernel keeps it: a user killed outright is a user
gone. A second lock, the turnstile, lets one process at a time create, start or stop the server.
"""

import atexit
import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from villes_internet.launch import binaries, unprivileged
from villes_internet.launch.bootstrap import PROJECT, Refusal

ROLE = DATABASE = "villes_internet"
SUPERUSER = "postgres"
PORT = 5432  # names the socket file; no TCP port is opened
LONGEST_SOCKET_FOLDER = 85  # bytes, of the 104 that macOS grants to a socket's whole path
PATIENCE = 2.0  # seconds: the processes of a server killed outright take a moment to notice
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresUnavailable(Refusal):
    """The server cannot run here."""


def database_url(name: str = "postgres") -> str:
    """Where the server answers once leased."""
    return Cluster(PROJECT, name).url


def lease(name: str = "postgres") -> None:
    """Starts the server if need be and holds it for as long as this process lives.

    Raises PostgresUnavailable, with a sentence for the developer.
    """
    Cluster(PROJECT, name).lease()


@dataclass(frozen=True)
class Cluster:
    project: Path
    name: str = "postgres"

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@:{PORT}/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    @property
    def data(self) -> Path:
        return _home(self.project) / self.name

    @property
    def sockets(self) -> Path:
        """The data folder, private already; or a short one when its path is too long for that."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_FOLDER:
            return self.data
        return Path("/tmp") / f"villes-internet-{_digest(self.data)}"  # noqa: S108

    @property
    def log(self) -> Path:
        return self.project / "var" / "log" / f"{self.name}.log"

    def lease(self) -> None:
        with self._turnstile():
            if not self._is_held():
                users = self._users.open("w")
                fcntl.flock(users, fcntl.LOCK_SH)
                _held[self._users] = Lease(users, os.getpid())
                atexit.register(self.release)
            if not self._answers():
                self._start()
            self._ensure_database()

    def release(self) -> None:
        """The last user stops the server. A process forked after the lease has none to release."""
        if self._is_held():
            with _held.pop(self._users).file as users:
                # Said aloud: forked children hold copies of this file, and so of its lock.
                fcntl.flock(users, fcntl.LOCK_UN)
            self.stop_if_unused()

    def stop_if_unused(self) -> bool:
        """Whether nobody uses it any more, and so it is stopped."""
        with self._turnstile(), self._users.open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            if self.is_running():
                self._control("stop", "-m", "fast", "-t", "30")
            if self.sockets != self.data:
                shutil.rmtree(self.sockets, ignore_errors=True)
            return True

    def is_running(self) -> bool:
        """Whether a server of ours holds the data: a reboot or a kill may leave its file behind."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            return f"-D {self.data} " in _command_line(pid)
        except (OSError, ValueError):
            return False

    # --- Locks --------------------------------------------------------------

    @property
    def _users(self) -> Path:
        return self.project / "var" / f"{self.name}.users"

    def _is_held(self) -> bool:
        return self._users in _held and _held[self._users].pid == os.getpid()

    @contextmanager
    def _turnstile(self) -> Iterator[None]:
        path = self.project / "var" / f"{self.name}.turnstile"
        path.parent.mkdir(exist_ok=True)
        with path.open("w") as turnstile:
            fcntl.flock(turnstile, fcntl.LOCK_EX)
            yield

    # --- The server ---------------------------------------------------------

    def _start(self) -> None:
        programs, version = self._programs()
        if not self.data.exists():
            self._initialise(programs)
        self._refuse_what_cannot_work(version)
        self._make_socket_folder()
        deadline = time.monotonic() + PATIENCE
        while (complaint := self._try_to_start()) is not None:
            if "lock file" not in complaint and "shared memory block" not in complaint:
                raise PostgresUnavailable(_cannot_start(complaint))
            if time.monotonic() > deadline:
                if self.is_running():
                    raise PostgresUnavailable(_cannot_start(complaint))
                self._forget_dead_server()
            time.sleep(0.1)

    def _try_to_start(self) -> str | None:
        """None once the server accepts connections, else what it said."""
        settings = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": f'"{self.sockets}"',
            "unix_socket_permissions": "0700",
            "max_connections": 100,
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(VOLATILE if self.name == "postgres-test" else {}),
        }
        options = " ".join(shlex.quote(f"--{key}={value}") for key, value in settings.items())
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab+") as log:
            start = log.seek(0, os.SEEK_END)
            if self._control("start", "-t", "60", "-o", options, output=log) == 0:
                return None
            log.seek(start)
            return log.read().decode(errors="replace")

    def _control(self, action: str, *options: str, output: IO[bytes] | None = None) -> int:
        programs, _ = self._programs()
        return unprivileged.run(
            programs / "pg_ctl", action, "-w", "-D", self.data, *options, output=output
        ).returncode

    def _programs(self) -> tuple[Path, int]:
        found = binaries.find()
        if found is None:
            raise PostgresUnavailable(
                "PostgreSQL est introuvable pour ce système. Installez PostgreSQL 15 ou plus "
                "récent (Debian : « apt install postgresql » ; macOS : « brew install "
                "postgresql »), ou indiquez une base existante dans DATABASE_URL."
            )
        folder, version = found
        if not unprivileged.reaches(folder / "postgres"):
            folder = binaries.copy_within_reach(folder, _home(self.project))
        return folder, version

    def _initialise(self, programs: Path) -> None:
        """Builds beside, then renames: a folder of that name is always a whole cluster."""
        draft = self.data.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.parent.mkdir(exist_ok=True)
        unprivileged.make_folder(draft)
        ctype = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        made = unprivileged.run(
            *(programs / "initdb", "-D", draft, "-U", SUPERUSER, "-A", "trust"),
            *("-E", "UTF8", "--locale=C", f"--lc-ctype={ctype}", "--no-instructions"),
        )
        if made.returncode:
            raise PostgresUnavailable(_cannot_start(made.stdout.decode(errors="replace")))
        draft.rename(self.data)

    def _refuse_what_cannot_work(self, version: int) -> None:
        if self.data.stat().st_uid != unprivileged.owner():
            raise PostgresUnavailable(
                f"La base locale {self.data} appartient à un autre compte : lancez la commande "
                "sous ce compte, ou faites une nouvelle copie du projet."
            )
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(version):
            raise PostgresUnavailable(
                f"La base locale vient de PostgreSQL {made_by}, mais la version {version} est "
                f"installée. « make clean-demo » efface les données de démonstration, qui seront "
                "recréées au prochain lancement."
            )

    def _make_socket_folder(self) -> None:
        if not self.sockets.exists():
            unprivileged.make_folder(self.sockets)
        if self.sockets.lstat().st_uid != unprivileged.owner():
            raise PostgresUnavailable(f"Le dossier {self.sockets} appartient à un autre compte.")

    def _forget_dead_server(self) -> None:
        """Its number now belongs to another process, which PostgreSQL takes for a server."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    # --- What the server holds ----------------------------------------------

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_database(self) -> None:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        with self._connect() as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not connection.execute(
                "SELECT FROM pg_database WHERE datname = %s", [DATABASE]
            ).rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


@dataclass(frozen=True)
class Lease:
    file: IO[str]
    pid: int


_held: dict[Path, Lease] = {}


@cache
def _home(project: Path) -> Path:
    """var/, unless whoever runs PostgreSQL cannot enter it: then a folder of root's own.

    Once made, that folder stays the answer, so that no data is left behind.
    """
    outside = Path("/var/lib") / f"villes-internet-{_digest(project)}"
    if os.geteuid() == 0 and (outside.exists() or not unprivileged.reaches(project)):
        return outside
    return project / "var"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _command_line(pid: int) -> str:
    """Empty when no such process lives; that of a zombie is empty too."""
    if Path("/proc/self").exists():
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    listing = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout


def _cannot_start(complaint: str) -> str:
    if "No space left" in complaint:
        return "Le disque est plein : libérez de la place, puis relancez la commande."
    return f"PostgreSQL n’a pas pu démarrer. Voici ce qu’il en dit :\n{complaint.strip()}"
