"""What looks for a virus in a file before anything opens it: `settings.UPLOAD_SCANNER` names it.

A scanner is a function that takes the bytes as they were sent, and returns when it found nothing.
"""

from __future__ import annotations

import logging
import struct
from contextlib import closing
from socket import AF_UNIX, SOCK_STREAM, create_connection, socket
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

CLAMD_PORT = 3310
CHUNK = 64 * 1024  # bytes
LONGEST_ANSWER = 4096  # bytes
FOUND = " FOUND"


class SuspectError(ValueError):
    """The file must not be kept; the message is a French sentence for the person who sent it."""


class InfectedError(SuspectError):
    """The scanner knows what is in it."""

    def __init__(self, virus: str) -> None:
        super().__init__(
            f"Ce fichier contient un virus connu ({virus}) : il n’a pas été conservé. "
            "Prévenez votre service informatique avant de l’ouvrir à nouveau."
        )


class ScannerSilentError(SuspectError):
    """Nobody can tell what is in it."""

    def __init__(self) -> None:
        super().__init__(
            "Le contrôle antivirus ne répond pas : ce fichier n’a pas été conservé, et rien "
            "d’autre n’a changé. Réessayez dans quelques minutes\N{NARROW NO-BREAK SPACE}; "
            "si cela dure, écrivez-nous."
        )


class Scanner(Protocol):
    """Raises InfectedError or ScannerSilentError."""

    def __call__(self, data: bytes) -> None: ...


def scan(data: bytes) -> None:
    """By the scanner of this installation. Raises SuspectError."""
    scanner: Scanner = import_string(settings.UPLOAD_SCANNER)
    scanner(data)


def nothing(data: bytes) -> None:
    """The default, which looks for nothing: the kind and the parse of a file are its only checks.

    `manage.py check --deploy` says so.
    """


def clamd(data: bytes) -> None:
    """ClamAV's daemon, at `settings.CLAMD_URL`: what it does not call clean is refused."""
    try:
        with closing(_connected(settings.CLAMD_URL, timeout=settings.CLAMD_TIMEOUT)) as line:
            answer = _asked(line, data)
    except OSError as error:
        logger.warning("The virus scanner did not answer: %s", error)
        raise ScannerSilentError from error
    verdict = answer.removeprefix("stream: ")
    if verdict.endswith(FOUND):
        raise InfectedError(verdict.removesuffix(FOUND))
    if verdict != "OK":
        logger.warning("The virus scanner answered: %s", answer)
        raise ScannerSilentError


def _connected(url: str, *, timeout: float) -> socket:
    """To « tcp://host:port » or « unix:///path »; `timeout` is in seconds, for each exchange."""
    where = urlsplit(url)
    if where.scheme == "unix":
        line = socket(AF_UNIX, SOCK_STREAM)
        line.settimeout(timeout)
        line.connect(where.path)
        return line
    return create_connection((where.hostname or "", where.port or CLAMD_PORT), timeout)


def _asked(line: socket, data: bytes) -> str:
    """INSTREAM: chunks, each after its length on four bytes, then a length of nought."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        line.sendall(struct.pack(">I", len(chunk)) + chunk)
    line.sendall(struct.pack(">I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        received = line.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode(errors="replace")
