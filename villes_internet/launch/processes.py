"""The site's processes: started, watched, started again when they fall, stopped in order."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from villes_internet.launch.bootstrap import ENDINGS
from villes_internet.launch.guard import Guard, end_groups

PATIENCE = 10.0  # seconds to end by oneself when asked to
STEADY = 10.0  # seconds of life after which a fall is an accident and no longer a habit
LONGEST_PAUSE = 30.0  # seconds before a process that keeps falling is started again
LARGEST_LOG = 10_000_000  # bytes
ALARMING = {"warning", "error", "critical"}
ALARM = re.compile(r"\[(WARNING|ERROR|CRITICAL)\]|^Traceback")


@dataclass
class Service:
    label: str
    command: tuple[str, ...]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    due: float = 0.0
    told: int = field(default=0, repr=False)  # bytes of the log already looked at
    alarms: set[str] = field(default_factory=set, repr=False)  # each is told once

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])


class Interruption:
    """The developer's wish to stop: said once, everything ends in order; said again, at once."""

    def __init__(self) -> None:
        self._first = self._again = 0.0
        for number in ENDINGS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._note)
        # make passes on the signals that it receives, but dies alone of SIGKILL.
        self._parent = os.getppid() if "MAKELEVEL" in os.environ else None

    def __bool__(self) -> bool:
        return bool(self._first) or self._parent not in {None, os.getppid()}

    @property
    def insists(self) -> bool:
        return bool(self._again)

    def _note(self, number: int, frame: object) -> None:
        now = time.monotonic()
        if not self._first:
            self._first = now
        elif now > self._first + 1:  # sooner, it is the same wish come by make as well
            self._again = now


class Services:
    def __init__(self, guard: Guard, interruption: Interruption) -> None:
        self._guard = guard
        self._interruption = interruption
        self._running: list[Service] = []

    def start(self, service: Service) -> Service:
        if service not in self._running:
            self._running.append(service)
            if service.log.exists() and service.log.stat().st_size > LARGEST_LOG:
                service.log.unlink()
        with service.log.open("ab") as log:
            service.told = log.seek(0, os.SEEK_END)
            service.process = subprocess.Popen(
                service.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        service.started = time.monotonic()
        self._guard.watch(service.process.pid)
        return service

    def tend(self) -> None:
        """Tells what the logs say of alarming, and starts again what has fallen."""
        for service in self._running:
            self._relay(service)
            if service.process is None:
                if time.monotonic() >= service.due:
                    self.start(service)
            elif (code := service.process.poll()) is not None:
                self._bury(service, code)

    def stop(self) -> None:
        """Asks each service to end, then waits for each, in the order in which they started."""
        for service in self._running:
            if service.process:
                service.process.terminate()  # and not its group: a task in hand may be finished
        deadline = time.monotonic() + PATIENCE
        for service in self._running:
            while service.lives and not self._interruption.insists and time.monotonic() < deadline:
                time.sleep(0.05)
            self._sweep(service)

    def _bury(self, service: Service, code: int) -> None:
        steady = time.monotonic() - service.started > STEADY
        service.falls = 1 if steady else service.falls + 1
        pause = min(2.0 ** (service.falls - 1), LONGEST_PAUSE)
        service.due = time.monotonic() + pause
        self._sweep(service)
        cause = f"signal {-code}" if code < 0 else f"code {code}"
        print(
            f"{service.label} : arrêt inattendu ({cause}), relance dans {pause:.0f} s. "
            f"Détails : {service.log}",
            flush=True,
        )

    def _sweep(self, service: Service) -> None:
        """What a service that has ended may have left in its group."""
        if service.process:
            end_groups({service.process.pid}, number=signal.SIGKILL)
            service.process.wait()
            self._guard.forget(service.process.pid)
            service.process = None

    def _relay(self, service: Service) -> None:
        with service.log.open("rb") as log:
            log.seek(service.told)
            fresh = log.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        service.told += len(whole)
        for line in whole.decode(errors="replace").splitlines():
            alarm = _alarm(line)
            if alarm and alarm not in service.alarms:
                service.alarms.add(alarm)
                print(f"{service.label} : {alarm}", flush=True)


def python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _alarm(line: str) -> str:
    """The message, in one line, when the line of the log is at least a warning."""
    if not line.startswith("{"):
        return line if ALARM.search(line) else ""
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    # What Celery redirects is what a process prints: a traceback, say, told already by its error.
    if entry.get("level") not in ALARMING or entry.get("logger") == "celery.redirected":
        return ""
    return next(iter(str(entry.get("event", "")).splitlines()), "")
