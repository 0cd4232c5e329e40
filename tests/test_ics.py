"""The files that calendar programs take in, read back as RFC 5545 says."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from candidatures import services
from candidatures.models import Candidature
from tests.factories.candidatures import complete, contributor, referent
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import end_of
from villes_internet.ics import Event, calendar

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=400)
Read = dict[str, str]


def read(content: bytes) -> list[Read]:
    """The events of a file: each property by its name, its parameters kept, its text unescaped."""
    assert content.endswith(b"\r\n")
    physical = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    lines = b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[Read] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT" and events:
            events[-1].setdefault(name, unescaped(value))
    for event in events:
        assert {"UID", "DTSTAMP", "SUMMARY"} <= set(event)
    return events


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(**fields: object) -> Event:
    known = {"key": "k", "title": "t", "when": date(2026, 1, 1), "description": "d", "url": "u"}
    return Event(**(known | fields))  # type: ignore[arg-type]


@given(title=TEXTS, lines=st.lists(TEXTS.filter(lambda text: not text.splitlines()[1:])))
def test_any_words_are_read_back_as_they_were(title: str, lines: list[str]) -> None:
    title = " ".join(title.splitlines())
    description = "\n".join(filter(None, lines))
    [found] = read(calendar("Agenda", [event(title=title, description=description)], at=AT))
    assert found["SUMMARY"] == title
    assert found["DESCRIPTION"] == description.rstrip("\n")


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1)))
def test_a_deadline_is_the_same_instant_for_every_clock(day: date) -> None:
    [found] = read(calendar("Agenda", [event(when=end_of(day))], at=AT))
    read_back = datetime.strptime(found["DTEND"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert read_back == end_of(day).astimezone(UTC)
    assert found["DTSTART"] < found["DTEND"]


def test_a_day_is_whole_and_ends_where_the_next_begins() -> None:
    [found] = read(calendar("Agenda", [event(when=date(2026, 12, 31))], at=AT))
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"


# --- The addresses -------------------------------------------------------------------


@pytest.mark.django_db
def test_all_may_know_when_candidatures_open_and_close(client: Client) -> None:
    edition = EditionFactory(real=True)
    answer = client.get(reverse("editions:calendar", args=[edition.year]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    opening, closing = read(answer.content)
    assert opening["DTSTART;VALUE=DATE"] == f"{edition.opens_on:%Y%m%d}"
    assert closing["DTEND"] == f"{edition.closes_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert "23\u202fh\u202f59" in closing["DESCRIPTION"]
    assert f"{edition.ceremony_on:%Y%m%d}" not in answer.content.decode()


@pytest.mark.django_db
def test_an_edition_that_is_prepared_is_not_announced(client: Client) -> None:
    edition = EditionFactory(real=True, preparing=True)
    assert client.get(reverse("editions:calendar", args=[edition.year])).status_code == 404


@pytest.fixture
def candidature() -> Candidature:
    return complete(edition=EditionFactory(real=True))


def fetched(client: Client, candidature: Candidature) -> list[Read]:
    return read(client.get(reverse("candidatures:calendar", args=[candidature.pk])).content)


@pytest.mark.django_db
def test_ones_own_deadline_moves_and_keeps_its_name(
    client: Client, candidature: Candidature
) -> None:
    client.force_login(contributor(candidature.territory))
    before, ceremony = fetched(client, candidature)
    until = candidature.edition.closes_on + timedelta(days=1)
    services.extend(
        candidature, until=until, reason="Panne", by=UserFactory(), at=datetime.now(tz=UTC)
    )
    after, _ = fetched(client, candidature)
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    assert before["UID"] == after["UID"] == f"candidature-{candidature.pk}-closing@{host}"
    assert after["DTEND"] == f"{end_of(until).astimezone(UTC):%Y%m%dT%H%M%SZ}" > before["DTEND"]
    assert ceremony["DTSTART;VALUE=DATE"] == f"{candidature.edition.ceremony_on:%Y%m%d}"


@pytest.mark.django_db
def test_once_deposited_the_ceremony_is_left(client: Client, candidature: Candidature) -> None:
    agent = referent(candidature.territory)
    services.deposit(candidature, by=agent, at=datetime.now(tz=UTC))
    client.force_login(agent)
    [ceremony] = fetched(client, candidature)
    assert "cérémonie" in ceremony["SUMMARY"]


@pytest.mark.django_db
def test_it_is_private(client: Client, candidature: Candidature) -> None:
    address = reverse("candidatures:calendar", args=[candidature.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
