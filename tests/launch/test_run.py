"""`make run`, once the virtualenv is there: real processes, in a copy of the project."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from villes_internet.launch import bootstrap
from villes_internet.launch.bootstrap import PROJECT, Refusal

LAUNCH = (sys.executable, "-m", "villes_internet.launch")
NOT_COPIED = shutil.ignore_patterns(".*", "var", "tests", "__pycache__")

needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="lit /proc, sous Linux")


@pytest.fixture(scope="module")
def copy(folder: Path) -> Path:
    copy = folder / "project"
    shutil.copytree(PROJECT, copy, ignore=NOT_COPIED)
    return copy


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(copy: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site of the copy, started and ready."""
    output = copy.parent / "output"
    with output.open("wb") as console:
        site = subprocess.Popen(
            LAUNCH, cwd=copy, env=environment(port), stdout=console, stderr=console
        )
    wait_for(lambda: site.poll() is not None or "Le site est prêt" in output.read_text())
    assert site.poll() is None, output.read_text()
    yield site
    site.kill()
    site.wait()
    wait_for(lambda: not processes_of(copy))


def environment(port: int) -> dict[str, str]:
    """The developer's own, without what the tests run under."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "REDIS_URL", "MAKELEVEL", "SITE_URL"}
    return {k: v for k, v in os.environ.items() if k not in ours} | {"PORT": str(port)}


def wait_for(condition: Callable[[], bool], *, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def processes_of(copy: Path) -> dict[int, str]:
    """The living processes that belong to the copy, and their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text().replace("\0", " ")
            if command and copy in (
                (folder / "cwd").readlink(),
                *(folder / "cwd").readlink().parents,
            ):
                found[int(folder.name)] = command
        except (OSError, ValueError):
            continue
    return found


def health(port: int) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sante/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@needs_proc
@pytest.mark.processes
def test_the_site_runs_once_gets_up_when_it_falls_and_leaves_nothing_behind(
    copy: Path, port: int, site: subprocess.Popen[bytes]
) -> None:
    assert health(port) == 200

    again = subprocess.run(
        LAUNCH, cwd=copy, env=environment(port), capture_output=True, text=True, check=False
    )
    assert again.returncode == 0
    assert f"tourne déjà : http://127.0.0.1:{port}/" in again.stdout

    os.kill(min(pid for pid, it in processes_of(copy).items() if "gunicorn" in it), signal.SIGKILL)
    wait_for(lambda: health(port) is None)
    wait_for(lambda: health(port) == 200)

    site.send_signal(signal.SIGTERM)
    assert site.wait(30) == 0
    assert processes_of(copy) == {}


@needs_proc
@pytest.mark.processes
def test_nothing_outlives_a_launcher_that_is_killed_outright(
    copy: Path, port: int, site: subprocess.Popen[bytes]
) -> None:
    site.kill()

    wait_for(lambda: not processes_of(copy), seconds=15)

    assert health(port) is None


def test_a_busy_port_is_named_with_the_way_on(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(Refusal, match=rf"(?s){port}.*PORT=8123 make run"):
            bootstrap.refuse_busy_port(port)
    bootstrap.refuse_busy_port(port)


@pytest.mark.parametrize("text", ["huit mille", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match=text):
        bootstrap.chosen_port()


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("OSError: [Errno 28] No space left on device", "disque est plein"),
        ("NewConnectionError: Failed to establish a new connection", "accès à Internet"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM", "altéré en route"),
        ("error: something else", "something else"),
    ],
)
def test_a_failed_installation_is_told_by_its_cause(words: str, cause: str) -> None:
    assert cause in bootstrap.diagnose(words)
