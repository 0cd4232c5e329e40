"""Dates that any calendar program takes in (RFC 5545), each instant in universal time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

LINE = 75  # octets, the end of the line aside


@dataclass(frozen=True, kw_only=True)
class Event:
    """A whole day, or what ends at an instant and lasts the hour before it.

    `key` names it for ever on this site: a calendar that takes it in again moves it.
    """

    key: str
    title: str
    when: date
    description: str
    url: str


def calendar(name: str, events: Iterable[Event], *, at: datetime) -> bytes:
    """The file of these events, as it stands at that instant."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Villes Internet//Label//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _lines(event, at=at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def respond(content: bytes, *, name: str) -> HttpResponse:
    """The file, under that name."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(event: Event, *, at: datetime) -> Iterator[str]:
    host = urlsplit(settings.SITE_URL).hostname
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{host}"
    yield f"DTSTAMP:{_instant(at)}"
    if isinstance(event.when, datetime):
        yield f"DTSTART:{_instant(event.when - timedelta(hours=1))}"
        yield f"DTEND:{_instant(event.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.when:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.when + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """As a value of type TEXT: on one line, its separators marked."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """In parts of 75 octets at most, no letter cut; all but the first begin with a space."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > LINE:
            yield part
            part = " "
        part += sign
    yield part
