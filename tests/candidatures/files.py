"""Files of actions: sent to a dossier by one of its agents, and what is read of the answer."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidatures.models import Candidature
from tests.factories.candidatures import CandidatureFactory, contributor
from tests.factories.labels import DigitalServiceFactory, EditionFactory, ThemeFactory
from villes_internet.users.models import User

HEADS = "Titre;Résumé;Service 1;Nature;Mode de gestion;Date de début"
Page = Any


def address(candidature: Candidature, name: str = "import_initiatives") -> str:
    return reverse(f"candidatures:{name}", args=[candidature.pk])


def send(
    client: Client, candidature: Candidature, data: bytes | str, *, name: str = "actions.csv"
) -> Page:
    content = data.encode() if isinstance(data, str) else data
    upload = SimpleUploadedFile(name, content)
    return client.post(address(candidature), {"file": upload})


def line(number: int = 1, **cells: str) -> str:
    columns = {
        "title": f"Action {number}",
        "summary": "Un résumé.",
        "service": "Bus du numérique",
        "kind": "service",
        "mode": "en régie",
        "started_on": "01/03/2025",
    }
    return ";".join((columns | cells).values())


def table(*lines: str, heads: str = HEADS) -> str:
    return "\r\n".join([heads, *lines])


def sealed(page: Page) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', page.content.decode())
    assert found, "no preview"
    return unescape(found[1])


def confirm(client: Client, candidature: Candidature, page: Page, **fields: str) -> Page:
    return client.post(
        address(candidature, "confirm_import"), {"sealed": sealed(page), **fields}, follow=True
    )


def words(page: Page) -> str:
    """What is read in the page, each run of spaces as one."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode().partition("<body")[2])
    return " ".join(unescape(text).split())


def faults(page: Page) -> list[tuple[str, str, str]]:
    """Of each line of the table: where, which column, what is said."""
    return [(one.lines, one.head, ordinary(one.sentence)) for one in page.context["faults"]]


def ordinary(text: str) -> str:
    """With the spaces that a keyboard has."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def titles(candidature: Candidature) -> list[str]:
    return [one.title for one in candidature.initiatives.in_order()]


@pytest.fixture
def candidature() -> Candidature:
    edition = EditionFactory(real=True)
    theme = ThemeFactory(edition=edition, name="Médiation")
    for name in ("Bus du numérique", "Café des écrans"):
        DigitalServiceFactory(theme=theme, name=name)
    made: Candidature = CandidatureFactory(edition=edition)
    return made


@pytest.fixture
def agent(client: Client, candidature: Candidature) -> User:
    agent = contributor(candidature.territory)
    client.force_login(agent)
    return agent


def refusal(page: Page) -> str:
    assert page.status_code == 422
    return ordinary(" ".join(page.context["form"].errors["file"]))
