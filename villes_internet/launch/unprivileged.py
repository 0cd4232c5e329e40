"""Runs PostgreSQL's programs, which refuse to be root, as somebody who is not.

An ordinary user runs them as they are. Root sheds its powers in a user namespace: the files stay
root's own, and no account is created. Where the kernel refuses that (chroots, most containers),
root runs them as `nobody`.
"""

import os
import pwd
import subprocess
from functools import cache
from pathlib import Path
from typing import IO

SHED = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


def run(
    *command: str | Path, output: IO[bytes] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command's outcome; its words are captured, or written to `output` when it outlives us."""
    nobody = _nobody()
    return subprocess.run(
        [*(SHED if _sheds() else ()), *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=output or subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=_environment(),
        user=nobody and nobody.pw_uid,
        group=nobody and nobody.pw_gid,
        extra_groups=nobody and (),
        start_new_session=True,  # Ctrl-C is for the launcher, which stops the server in its turn
        check=False,
    )


def owner() -> int:
    """The account to which the server's files belong."""
    nobody = _nobody()
    return nobody.pw_uid if nobody else os.geteuid()


def reaches(path: Path) -> bool:
    """Whether whoever runs PostgreSQL can enter this folder, or execute this program."""
    return os.geteuid() != 0 or run("test", "-x", path).returncode == 0


def make_folder(path: Path) -> None:
    """A private folder for whoever runs PostgreSQL, who must be able to walk to it."""
    path.mkdir(mode=0o700)
    if nobody := _nobody():
        path.parent.chmod(path.parent.stat().st_mode | 0o111)
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _nobody() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 and not _sheds() else None


@cache
def _sheds() -> bool:
    if os.geteuid() != 0:
        return False
    try:
        return subprocess.run([*SHED, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _environment() -> dict[str, str]:
    """Without the caller's PGPORT, PGDATA and language: PostgreSQL obeys them, and we read it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_"))}
    return kept | {"LANG": "C", "LANGUAGE": "C"}
