"""The private PostgreSQL: real servers, in folders of their own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from villes_internet.launch.postgres import LONGEST_SOCKET_FOLDER, Cluster

LEASE_AND_WAIT = """
import sys
from pathlib import Path
from villes_internet.launch.postgres import Cluster
Cluster(Path(sys.argv[1])).lease()
print("leased", flush=True)
sys.stdin.read()
"""

User = subprocess.Popen[str]


@pytest.fixture
def cluster(folder: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    cluster = Cluster(folder / f"{len(request.node.name)} l'été")
    cluster.project.mkdir()
    yield cluster
    cluster.stop_if_unused()


@pytest.fixture
def start_user(cluster: Cluster) -> Iterator[Callable[[], User]]:
    """Starts another process that leases the cluster, until its input is closed."""
    users = []

    def start() -> User:
        user = subprocess.Popen(
            [sys.executable, "-c", LEASE_AND_WAIT, str(cluster.project)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        users.append(user)
        return user

    yield start
    for user in users:
        user.kill()
        user.communicate()


def has_leased(user: User) -> bool:
    assert user.stdout
    return user.stdout.readline() == "leased\n"


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_the_first_user_starts_the_server_and_the_last_stops_it(
    cluster: Cluster, start_user: Callable[[], User]
) -> None:
    first, second = start_user(), start_user()  # at once: one must wait for the other
    assert has_leased(first)
    assert has_leased(second)

    first.communicate()
    assert cluster.is_running()

    second.communicate()
    assert not cluster.is_running()


def test_a_user_killed_outright_no_longer_counts(
    cluster: Cluster, start_user: Callable[[], User]
) -> None:
    killed, last = start_user(), start_user()
    assert has_leased(killed)
    assert has_leased(last)

    killed.kill()
    killed.wait()
    last.communicate()

    assert not cluster.is_running()


def test_a_forked_child_keeps_nothing_and_stops_nothing(cluster: Cluster) -> None:
    cluster.lease()
    child = os.fork()
    if child == 0:
        cluster.release()
        time.sleep(60)
        os._exit(0)
    try:
        time.sleep(0.2)
        assert cluster.is_running()
        cluster.release()
        assert not cluster.is_running()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_the_project_has_its_role_and_database_and_no_power_over_the_server(
    cluster: Cluster,
) -> None:
    cluster.lease()
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), rolsuper, rolcreatedb,"
            " current_setting('TimeZone'), current_setting('server_encoding')"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    cluster.release()
    assert row == ("villes_internet", "villes_internet", False, True, "UTC", "UTF8")


def test_no_row_is_lost_when_the_server_is_killed_outright(cluster: Cluster) -> None:
    cluster.lease()
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE town AS SELECT 'Étrépagny' AS name")
    os.kill(postmaster(cluster), signal.SIGKILL)

    cluster.lease()

    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT name FROM town").fetchall() == [("Étrépagny",)]
    cluster.release()


def test_a_number_left_by_a_dead_server_and_taken_by_another_process_is_no_obstacle(
    cluster: Cluster,
) -> None:
    cluster.lease()
    left_behind = (cluster.data / "postmaster.pid").read_text()
    cluster.release()
    with subprocess.Popen(["sleep", "60"]) as another:
        pid = left_behind.splitlines()[0]
        (cluster.data / "postmaster.pid").write_text(left_behind.replace(pid, str(another.pid)))

        cluster.lease()

        assert cluster.is_running()
        cluster.release()
        another.kill()


def test_a_creation_cut_short_is_made_anew(cluster: Cluster) -> None:
    draft = cluster.data.with_suffix(".draft")
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    cluster.lease()

    assert cluster.is_running()
    assert not draft.exists()
    cluster.release()


def test_a_path_too_long_for_a_socket_is_given_a_short_private_one(folder: Path) -> None:
    cluster = Cluster(folder / ("long " * 20).strip())
    cluster.project.mkdir()

    cluster.lease()

    assert len(str(cluster.sockets)) < LONGEST_SOCKET_FOLDER < len(str(cluster.data))
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.release()
    assert not cluster.sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="demande d’être root")
def test_in_a_home_closed_to_the_server_the_data_goes_where_it_can_enter(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o700)
    cluster = Cluster(home / "project")
    cluster.project.mkdir()
    os.chown(home, 12345, 12345)

    cluster.lease()

    assert home not in cluster.data.parents
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.release()
    shutil.rmtree(cluster.data.parent)
