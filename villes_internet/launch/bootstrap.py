"""Makes a machine ready: what `make run` and `make test` do before the virtualenv exists.

Run by whatever `python3` the machine has, so it keeps to the standard library, and to the syntax
of Python 3.8 in order to say which Python it wants.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
VENV = PROJECT / ".venv"
LOCK = PROJECT / "requirements-dev.txt"
STAMP = VENV / "installed"
LOG = VAR / "log" / "install.log"

OLDEST = (3, 11)
OLDEST_PIP = (22, 3)  # the first that installs into another interpreter's environment
INSTALL_SIZE = 1_250  # megabytes
RUN_SIZE = 200
PDF_LIBRARIES = {
    "pango-1.0": "libpango-1.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
}
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
ENDINGS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
STAGES = {"run": "villes_internet.launch", "test": "villes_internet.launch.checks"}
STEPS = {"run": 6, "test": 3}


class Refusal(Exception):  # noqa: N818
    """The command cannot go on; the message says why, and the way on."""


@contextmanager
def step(number: int, total: int, label: str) -> Iterator[None]:
    print(f"Étape {number} sur {total} : {label}…", end=" ", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"fait en {seconds(start)}.", flush=True)


def seconds(start: float) -> str:
    return f"{time.monotonic() - start:.1f} s".replace(".", ",")


@contextmanager
def plainly() -> Iterator[None]:
    """Ends the process with a sentence instead of a traceback."""
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
        yield
    except Refusal as refusal:
        sys.exit(f"\n{refusal}")
    except KeyboardInterrupt:
        sys.exit("\nInterrompu. La même commande reprendra où il faut.")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sys.exit("\nLe disque est plein : libérez de la place, puis relancez la commande.")
        if isinstance(error, PermissionError):
            sys.exit(
                f"\nLe compte qui lance la commande n’a pas accès à {error.filename} : "
                "lancez-la sous le compte à qui appartient le projet."
            )
        sys.exit(f"\nLe système a refusé une opération : {error}.")


# --- The site's address -------------------------------------------------------


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} n’est pas un numéro de port. Exemple : PORT=8123 make run")
    return int(text)


def refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refusal(
                f"Le port {port} est réservé au compte root. Choisissez-en un autre : "
                "PORT=8123 make run"
            ) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Refusal(
                f"Le port {port} est déjà pris par un autre programme. Choisissez-en un autre : "
                "PORT=8123 make run"
            ) from None


def take_the_site() -> IO[str]:
    """The lock that the one running site of this folder holds; it names the site's address.

    Ends the process when the site runs already: what was asked for is there.
    """
    VAR.mkdir(exist_ok=True)
    lock = (VAR / "site.lock").open("a+")
    for _ in range(50):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            if address := lock.read():
                print(f"Le site de ce dossier tourne déjà : {address}")
                sys.exit(0)
            time.sleep(0.2)  # it is being stopped, or has just been killed
        else:
            return lock
    raise Refusal("Le site de ce dossier est en train de démarrer ou de s’arrêter.")


# --- The machine --------------------------------------------------------------


def find_python() -> str:
    """This interpreter when it is recent enough, else another one of this machine."""
    newer = filter(
        None, map(shutil.which, ("python3.13", "python3.12", "python3.11", "python3.14"))
    )
    for python in (sys.executable, *newer):
        # A name in the PATH proves nothing: version managers put one there for each they know.
        if succeeds(python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"):
            return python
    raise Refusal(
        f"Il faut Python {OLDEST[0]}.{OLDEST[1]} ou plus récent ; "
        f"{sys.executable} est en version {sys.version.split()[0]}.\n"
        + how_to_install("python3", "python@3.13")
    )


def find_pip(python: str) -> tuple[str, ...]:
    """The command that installs into the virtualenv: this machine's pip, else one put inside."""
    inside = str(VENV / "bin" / "python")
    recent = (
        f"import sys, pip; sys.exit(tuple(map(int, pip.__version__.split('.')[:2])) < {OLDEST_PIP})"
    )
    if succeeds(python, "-c", recent):
        return python, "-m", "pip", "--python", inside
    if succeeds(python, "-c", "import ensurepip"):
        return inside, "-m", "pip"
    raise Refusal("Il manque pip.\n" + how_to_install("python3-pip", "python@3.13"))


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def how_to_install(debian: str, homebrew: str) -> str:
    return (
        f"  Debian, Ubuntu : {as_root()}apt-get install {debian}\n"
        f"  macOS : brew install {homebrew}\n"
        "Relancez ensuite la même commande."
    )


def as_root() -> str:
    return "" if os.geteuid() == 0 else "sudo "


def refuse_small_disk(megabytes: int) -> None:
    free = shutil.disk_usage(PROJECT).free // 1_000_000
    if free < megabytes:
        raise Refusal(
            f"Il reste {free} Mo sur le disque du projet ; il en faut {megabytes} Mo. "
            "Libérez de la place, puis relancez la commande."
        )


# --- Libraries ----------------------------------------------------------------


def wanted_stamp() -> str:
    return f"{VENV}\n{hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n"


def libraries_are_installed() -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted_stamp() and virtualenv_works()


def virtualenv_works() -> bool:
    """False when it was left half-made, or when the project or its Python has moved since."""
    return (
        STAMP.exists()
        and STAMP.read_text().startswith(f"{VENV}\n")
        and succeeds(str(VENV / "bin" / "python"), "-c", "import django")
    )


def install_libraries(python: str, pip: tuple[str, ...]) -> None:
    """Brings the virtualenv to what the lock file says; a half-made one is made anew."""
    refuse_small_disk(INSTALL_SIZE)
    if virtualenv_works():
        STAMP.unlink()
    else:
        make_virtualenv(python, with_pip="--python" not in pip)
    report(
        *pip,
        *("install", "--require-hashes", "--no-deps", "--requirement", str(LOCK)),
        *("--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
    )
    STAMP.write_text(wanted_stamp())


def make_virtualenv(python: str, *, with_pip: bool) -> None:
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    report(python, "-m", "venv", *(() if with_pip else ("--without-pip",)), str(VENV))


def report(*command: str) -> None:
    """Runs a command whose words go to the log; its failure is told by its cause."""
    with LOG.open("a+", errors="replace") as log:
        start = log.seek(0, os.SEEK_END)
        outcome = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
        if outcome.returncode == 0:
            return
        log.seek(start)
        raise Refusal(diagnose(log.read()))


def diagnose(words: str) -> str:
    causes = {
        ("No space left on device",): "Le disque est plein : libérez de la place.",
        ("DO NOT MATCH THE HASHES",): "Un paquet reçu n’est pas celui que le projet attend : il a "
        "été altéré en route, ou par un cache intermédiaire.",
        (
            "NewConnectionError",
            "ConnectTimeout",
            "ReadTimeout",
            "ProxyError",
            "SSLError",
            "No matching distribution",
            "Temporary failure",
        ): "Les paquets Python n’ont pas pu être téléchargés : vérifiez l’accès à Internet "
        "(et, derrière un mandataire, la variable HTTPS_PROXY).",
    }
    for signs, sentence in causes.items():
        if any(sign in words for sign in signs):
            return f"{sentence}\nRelancez ensuite la même commande. Détails : {LOG}"
    end = "\n".join(words.splitlines()[-8:])
    return f"L’installation a échoué :\n{end}\nDétails : {LOG}"


def install_pdf_libraries() -> str:
    """What the developer must still type for PDF files to be made; empty when nothing."""
    if not missing_pdf_libraries():
        return ""
    if sys.platform == "darwin":
        return "Pour produire les PDF : brew install pango"
    if not shutil.which("apt-get"):
        return "Pour produire les PDF, installez Pango et HarfBuzz (hb-subset)."
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *PDF_PACKAGES)
    if os.geteuid() == 0:
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        try:
            report("apt-get", "update")
            report(*command)
        except Refusal:
            pass
        else:
            return ""
    return f"Pour produire les PDF : {as_root()}apt-get install {' '.join(PDF_PACKAGES)}"


def missing_pdf_libraries() -> list[str]:
    missing = []
    for name, file in PDF_LIBRARIES.items():
        try:
            ctypes.CDLL(file if sys.platform == "linux" else ctypes.util.find_library(name) or name)
        except OSError:
            missing.append(name)
    return missing


# --- The whole ----------------------------------------------------------------


def main(goal: str) -> None:
    for ending in ENDINGS - {signal.SIGINT}:
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    if sys.platform == "darwin":  # where Homebrew puts Pango, and no linker looks by itself
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")
    if goal == "run":
        port = chosen_port()
        take_the_site().close()
        refuse_busy_port(port)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    steps = STEPS[goal]
    with (VAR / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with step(1, steps, "vérification de la machine"):
            refuse_small_disk(RUN_SIZE)
            ready = libraries_are_installed()
            python = "" if ready else find_python()
            pip = () if ready else find_pip(python)
        with step(2, steps, "bibliothèques Python (une minute environ la première fois)"):
            if not ready:
                install_libraries(python, pip)
        with step(3, steps, "bibliothèques système pour les PDF"):
            advice = install_pdf_libraries()
        if advice:
            print(f"  {advice}\n  En attendant, le site affiche un avis à la place des PDF.")
    if not shutil.which("git"):
        print(f"  Git manque, pour contribuer : {as_root()}apt-get install git")
    sys.stdout.flush()
    inside = str(VENV / "bin" / "python")
    # A Ctrl-C while the next stage loads waits until `plainly` can tell it without a traceback.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    os.execv(inside, [inside, "-m", STAGES[goal]])  # noqa: S606


if __name__ == "__main__":
    with plainly():
        main(sys.argv[1])
