"""The staff see where each dossier stands, which ones stopped, and how the campaign goes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from candidatures import services
from candidatures.choices import QuestionKind
from candidatures.completeness import missing
from candidatures.curve import Series, curve
from candidatures.following import Tally, following
from candidatures.models import Answer, Candidature
from candidatures.progress import NEAR, STILL, Progress, Stage, progress_of
from labels.models import Edition
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, DepartmentFactory, RegionFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import end_of, start_of

DAY = timedelta(days=1)


def answer(candidature: Candidature, question: Any, value: str = "Une réponse") -> None:
    Answer.objects.create(
        candidature=candidature,
        question=question,
        value=value,
        updated_at=NOW,
        updated_by=candidature.created_by,
    )


def progress(candidature: Candidature, at: datetime = NOW) -> Progress:
    return progress_of([Candidature.objects.with_details().get(pk=candidature.pk)], at=at)[
        candidature.pk
    ]


# --- How far --------------------------------------------------------------------


@pytest.mark.django_db
def test_the_way_is_what_must_be_there_before_the_deposit() -> None:
    candidature = CandidatureFactory()
    first, second, third = (QuestionFactory(edition=candidature.edition) for _ in range(3))
    QuestionFactory(edition=candidature.edition, is_required=False)
    found = [progress(candidature).stage]
    answer(candidature, first)
    found.append(progress(candidature).stage)
    answer(candidature, second)
    found.append(progress(candidature).stage)
    answer(candidature, third)
    InitiativeFactory(candidature=candidature)
    found.append(progress(candidature).stage)
    assert found == [Stage.NOTHING, Stage.FIRST_HALF, Stage.SECOND_HALF, Stage.READY]
    services.deposit(candidature, by=referent(candidature.territory), at=NOW)
    assert progress(candidature) == Progress(is_deposited=True)


@given(done=st.integers(0, 60), lacking=st.integers(0, 60))
def test_only_what_lacks_nothing_is_at_a_hundred_percent(done: int, lacking: int) -> None:
    found = Progress(done=done, missing=lacking)
    assert (found.percent == 100) is (lacking == 0)
    assert 0 <= found.percent <= 100
    assert (found.stage == Stage.READY) is (lacking == 0)


@pytest.mark.django_db
def test_it_lacks_what_the_checklist_of_its_agents_says() -> None:
    """Computed from the first letter of each text, and from the whole of what conditions read."""
    edition = EditionFactory()
    shown = {"question": "habitants", "operator": "at_least", "values": ["1200"]}
    ticked = {"question": "lieux", "operator": "is", "values": ["Une médiathèque"]}
    number = QuestionFactory(edition=edition, code="habitants", kind=QuestionKind.NUMBER)
    boxes = QuestionFactory(
        edition=edition,
        code="lieux",
        kind=QuestionKind.CHOICES,
        choices=["Une mairie", "Une médiathèque"],
    )
    QuestionFactory(edition=edition, asked_if=[shown])
    QuestionFactory(edition=edition, asked_if=[ticked])
    for figure, choice in (("1199", "Une mairie"), ("1200", "Une médiathèque"), ("", "")):
        candidature = CandidatureFactory(edition=edition)
        answer(candidature, number, figure)
        answer(candidature, boxes, f'["{choice}"]' if choice else "")
        assert progress(candidature).missing == len(missing(candidature))
    lacking = [one.missing for one in following(edition, at=NOW).progress.values()]
    assert sorted(lacking) == [1, 3, 3]  # the names of the communes set the order


# --- Who stopped ----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("still", "ahead", "whole", "stuck"),
    [
        (STILL + DAY, NEAR, False, True),
        (STILL - DAY, NEAR, False, False),
        (STILL + DAY, NEAR + DAY, False, False),
        (STILL + DAY, NEAR, True, False),
        (STILL + DAY, -DAY, False, False),
    ],
)
def test_stuck_is_still_lacking_and_near_its_deadline(
    still: timedelta, ahead: timedelta, whole: bool, stuck: bool
) -> None:
    candidature = complete() if whole else CandidatureFactory()
    at = start_of(candidature.edition.closes_on - ahead) + timedelta(hours=9)
    Candidature.objects.update(updated_at=at - still)
    assert progress(candidature, at).is_stuck is stuck


@pytest.mark.django_db
def test_more_time_moves_the_deadline_that_nears() -> None:
    edition = EditionFactory()
    edition.reading_starts_on = edition.closes_on + timedelta(days=10)
    edition.save()
    candidature = CandidatureFactory(edition=edition)
    until = edition.closes_on + timedelta(days=5)
    services.extend(candidature, until=until, reason="Panne", by=UserFactory(), at=NOW)
    late = end_of(edition.closes_on) + timedelta(hours=9)
    Candidature.objects.update(updated_at=late - STILL - DAY)
    assert progress(candidature, late).is_stuck


# --- The sums -------------------------------------------------------------------


@pytest.mark.django_db
def test_each_type_and_department_counts_its_own() -> None:
    edition = EditionFactory()
    loire = DepartmentFactory(code="42", name="Loire")
    done = complete(edition=edition, territory=CommuneFactory(department=loire))
    services.deposit(done, by=referent(done.territory), at=NOW)
    CandidatureFactory(edition=edition, territory=CommuneFactory(department=loire, town=True))
    CandidatureFactory(edition=edition)
    CandidatureFactory(edition=EditionFactory(year=2026))
    followed = following(edition, at=NOW)
    assert followed.by_type == [
        Tally("territoire", "territoire", 0, 0),
        Tally("ville", "ville", 1, 0),
        Tally("village", "village", 2, 1),
    ]
    assert followed.by_department == [
        Tally("42", "Loire (42)", 2, 1),
        Tally("70", "Haute-Saône (70)", 1, 0),
    ]
    assert (followed.started, followed.deposited) == (3, 1)


# --- The curve ------------------------------------------------------------------


@given(days=st.lists(st.integers(0, 300), max_size=30), before=st.integers(0, 300))
def test_the_total_of_a_day_is_all_that_came_until_it(days: list[int], before: int) -> None:
    series = Series("déposées", "deposited", is_past=False, days=tuple(sorted(days, reverse=True)))
    assert series.total(before) == sum(day >= before for day in days)


def begun(edition: Edition, *days_before: int) -> None:
    for days in days_before:
        at = start_of(edition.closes_on - timedelta(days=days)) + timedelta(hours=9)
        CandidatureFactory(edition=edition, created_at=at)


@pytest.mark.django_db
def test_both_editions_are_set_by_the_days_before_their_own_deadline() -> None:
    last = EditionFactory(year=2026, closes_on=date(2025, 11, 16))
    edition = EditionFactory(year=2027)
    begun(last, 100, 40, 13, 5)
    begun(edition, 90, 13)
    late = complete(edition=last)
    services.deposit(late, by=referent(late.territory), at=end_of(last.closes_on) - DAY)
    found = curve(edition, at=NOW)  # thirteen days before the deadline
    assert [line.series.name for line in found.lines] == [
        "commencées, 2027",
        "commencées, 2026",
        "déposées, 2027",
        "déposées, 2026",
    ]
    assert found.sentence == (
        "À 13 jours de la date limite\N{NO-BREAK SPACE}: 2 commencées (3 en 2026, au même jour) "
        "et 0 déposée (0 en 2026, au même jour)."
    )
    table = {stop.before: [total for _, total in stop.named] for stop in found.stops}
    assert table[90] == [1, 1, 0, 0]
    assert table[14] == [1, 2, 0, 0]
    assert table[7] == [None, 3, None, 0]
    assert table[0] == [None, 5, None, 1]


@pytest.mark.django_db
def test_what_came_out_of_an_extension_counts_on_the_last_day() -> None:
    edition = EditionFactory()
    begun(edition, -3)
    over = end_of(edition.closes_on) + 5 * DAY
    found = curve(edition, at=over)
    assert (found.today, found.sentence) == (None, "")
    assert found.stops[-1].named[0] == ("commencées, 2027", 1)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(days=st.lists(st.integers(-5, 250), max_size=12))
def test_a_line_never_goes_down_and_stays_in_its_frame(days: list[int]) -> None:
    Candidature.objects.all().delete()
    edition = EditionFactory(year=2027)
    begun(edition, *days)
    for line in curve(edition, at=NOW).lines:
        points = [tuple(map(Decimal, point.split(","))) for point in line.points.split()]
        assert points == sorted(points, key=lambda point: (point[0], -point[1]))
        assert all(0 <= x <= 1000 and 0 <= y <= 400 for x, y in points)


# --- The page -------------------------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(staff=True))
    return client


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/[^>]*>([^<]+)</a>', page)


@pytest.mark.django_db
def test_the_list_is_narrowed_by_each_criterion(staff: Client) -> None:
    edition = EditionFactory(real=True)
    corse = RegionFactory(code="94", name="Corse")
    south = DepartmentFactory(code="2A", name="Corse-du-Sud", region=corse)
    question = QuestionFactory(edition=edition)
    towns = {
        name: CandidatureFactory(
            edition=edition, territory=CommuneFactory(name=name, code=code, **where)
        )
        for name, code, where in (
            ("Ajaccio", "2A004", {"department": south, "town": True}),
            ("Bièvres", "70001", {}),
            ("Cachan", "70002", {}),
        )
    }
    for candidature in towns.values():
        Candidature.objects.filter(pk=candidature.pk).update(updated_at=start_of(edition.opens_on))
    answer(towns["Bièvres"], question)
    InitiativeFactory(candidature=towns["Bièvres"])

    def listed(query: str) -> list[str]:
        page = staff.get(f"/gestion/editions/{edition.year}/candidatures/?{query}")
        return names(page.content.decode())

    assert listed("") == ["Ajaccio", "Bièvres", "Cachan"]
    assert listed("q=bievres") == ["Bièvres"]
    assert listed("q=2a004") == ["Ajaccio"]
    assert listed("type=ville") == ["Ajaccio"]
    assert listed("departement=2A") == ["Ajaccio"]
    assert listed("region=27") == ["Bièvres", "Cachan"]
    assert listed("avancement=ready") == ["Bièvres"]
    assert listed("avancement=nothing") == ["Ajaccio", "Cachan"]
    assert listed("arret=oui") == ["Ajaccio", "Cachan"]
    assert listed("arret=oui&region=94") == ["Ajaccio"]
    assert listed("etat=deposited") == []
    assert listed("tri=-avancement") == ["Bièvres", "Ajaccio", "Cachan"]


@pytest.mark.django_db
@pytest.mark.parametrize("deposited", [0, 1])
def test_the_whole_campaign_costs_four_queries(deposited: int) -> None:
    edition = EditionFactory()
    for _ in range(deposited):
        done = complete(edition=edition)
        services.deposit(done, by=referent(done.territory), at=NOW)
    counts = {}
    for rows in (1, 3):
        while Candidature.objects.drafts().count() < rows:
            answer(CandidatureFactory(edition=edition), QuestionFactory(edition=edition))
        with CaptureQueriesContext(connection) as captured:
            following(edition, at=NOW)
        counts[rows] = len(captured)
    assert counts == {1: 4, 3: 4}
