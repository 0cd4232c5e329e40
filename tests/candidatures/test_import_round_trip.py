"""What the columns of the model hold of an action is read back the same, in XLSX as in CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from atlaas.choices import CostBand, DeliveryMode, PracticeKind
from candidatures.forms.importing import SHEET
from candidatures.forms.initiative import ADDRESS_OR_PHONE, MAX_SERVICES
from candidatures.forms.lists import MAX_LINKS, MAX_TOOLS
from candidatures.importing.cells import Referential
from candidatures.importing.judging import judge
from candidatures.importing.lines import read_lines
from candidatures.importing.model import WRITERS
from candidatures.models import Candidature, Initiative
from labels.models import DigitalService, Theme
from tests.factories.labels import NOW, TODAY, EditionFactory
from villes_internet.spreadsheets import read

EDITION = EditionFactory.build()
NAMES = (
    ("Médiation", "Bus du numérique"),
    ("Médiation", "Lieux d’accueil, fixes ; ou non"),
    ("Éducation", "Espace de travail"),
    ("Emploi", "Espace de travail"),  # two enjeux have a service of that name
    ("Emploi", "Aide | recherche"),
    ("Identité", "= Marque du territoire"),
)
REFERENTIAL = Referential(
    DigitalService(pk=rank, name=name, theme=Theme(pk=rank, name=theme))
    for rank, (theme, name) in enumerate(NAMES, 1)
)

SIGNS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd\ufffe\uffff")
TRAPS = st.sampled_from([*"'\"=+-@;,|\\*/:\n\t", "\\|", " | ", "''", "=1+1", "sep=,", "31/12/2025"])


def text(longest: int, *, least: int = 0, lines: bool = False) -> st.SearchStrategy[str]:
    """What a field keeps of what is typed: stripped, on one line unless it has several."""
    pieces = st.lists(st.one_of(SIGNS, TRAPS), min_size=least, max_size=25).map("".join)
    if not lines:
        pieces = pieces.map(lambda one: one.replace("\n", " ").replace("\t", " "))
    return pieces.map(lambda one: one[:longest].strip()).filter(lambda one: len(one) >= least)


LINK = st.text("abcé019-_.~/?#&=;,|+%'", max_size=30).map(lambda path: f"https://a.example/{path}")
TOOL = st.tuples(text(300, least=1), text(300)).map(list)
CONTACT = st.one_of(
    st.just(("", "")),
    st.tuples(
        text(120, least=1).filter(lambda role: not ADDRESS_OR_PHONE.search(role)),
        st.from_regex(r"[a-z]{1,9}\.[a-z]{1,9}@mairie\.example", fullmatch=True),
    ),
)
STARTED = st.dates(date(1990, 1, 1), TODAY)
ENDED = st.one_of(st.none(), st.dates(EDITION.opens_on, TODAY + timedelta(days=900)))
SERVICES = st.lists(
    st.sampled_from(REFERENTIAL.services), min_size=1, max_size=MAX_SERVICES, unique=True
)


@st.composite
def actions(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Initiative, list[Any]]:
    """One that the form would take, whatever was typed in it."""
    role, email = draw(CONTACT)
    started_on, ended_on = draw(STARTED), draw(ENDED)
    assume(ended_on is None or ended_on >= started_on)
    action = Initiative(
        title=draw(text(140, least=1)),
        summary=draw(text(600, least=1, lines=True)),
        kind=draw(st.sampled_from(PracticeKind.values)),
        mode=draw(st.sampled_from(DeliveryMode.values)),
        started_on=started_on,
        ended_on=ended_on,
        context=draw(text(3000, lines=True)),
        objectives=draw(text(3000, lines=True)),
        course=draw(text(5000, lines=True)),
        results=draw(text(3000, lines=True)),
        audience=draw(text(300)),
        partners=draw(text(1000, lines=True)),
        tools=draw(st.lists(TOOL, max_size=MAX_TOOLS)),
        cost_band=draw(st.sampled_from(["", *CostBand.values])),
        links=draw(st.lists(LINK, max_size=MAX_LINKS, unique=True)),
        is_shared=draw(st.booleans()),
        contact_role=role,
        contact_email=email,
    )
    return action, draw(SERVICES)


def told(action: Initiative, services: list[DigitalService]) -> dict[str, Any]:
    return {name: getattr(action, name) for name in Initiative.WRITTEN_FIELDS} | {
        "services": [service.pk for service in services]
    }


PLAIN = Initiative(
    title="'=1",
    summary="-un\n-deux",
    kind="lieu",
    mode="regie",
    started_on=date(2024, 2, 29),
    tools=[["a\\", "b|c"], ["\\|", ""], ["-", "'"]],
)


@pytest.mark.parametrize("suffix", WRITERS)
@settings(max_examples=30)
@given(written=st.lists(actions(), min_size=1, max_size=3))
@example(written=[(PLAIN, REFERENTIAL.services[1:6])])
def test_what_is_written_is_read_back(
    suffix: str, written: list[tuple[Initiative, list[DigitalService]]]
) -> None:
    content = BytesIO()
    WRITERS[suffix](written, REFERENTIAL, content)
    found = read_lines(read(content.getvalue(), sheet=SHEET), REFERENTIAL)
    judged = judge(found.entries, REFERENTIAL, Candidature(edition=EDITION), at=NOW)
    assert judged.faults == []
    assert found.unknown == []
    assert [told(one.initiative, one.services) for one in judged.actions] == [
        told(action, services) for action, services in written
    ]
