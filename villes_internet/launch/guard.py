"""A second process that survives the launcher by the time it takes to end what it left behind.

The launcher tells it, through a pipe, which process groups it starts and ends. The kernel closes
the pipe however the launcher dies, `kill -9` included; whatever is still listed then is ended.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from villes_internet.launch.bootstrap import ENDINGS

PATIENCE = 3.0  # seconds


class Guard:
    def __init__(self, *, first: Callable[[], object], last: Callable[[], object]) -> None:
        """Calls `first` as soon as the launcher is gone, `last` once nothing of it is left."""
        reader, self._writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._writer)
                os.setsid()
                for number in ENDINGS:
                    signal.signal(number, signal.SIG_IGN)
                _watch(reader, first, last)
            finally:
                os._exit(0)
        os.close(reader)

    def watch(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        os.close(self._writer)
        os.waitpid(self._pid, 0)

    def _tell(self, line: str) -> None:
        with suppress(BrokenPipeError):
            os.write(self._writer, line.encode())


def end_groups(groups: set[int], *, number: int = signal.SIGTERM) -> None:
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)


def _watch(reader: int, first: Callable[[], object], last: Callable[[], object]) -> None:
    groups: set[int] = set()
    with os.fdopen(reader) as lines:
        for line in lines:
            change = groups.add if line[0] == "+" else groups.discard
            change(int(line[1:]))
    first()
    end_groups(groups)
    deadline = time.monotonic() + PATIENCE
    while any(map(_lives, groups)) and time.monotonic() < deadline:
        time.sleep(0.05)
    end_groups(groups, number=signal.SIGKILL)
    last()


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        return False
    return True
