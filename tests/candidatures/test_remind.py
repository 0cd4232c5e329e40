"""Reminders: on which days, to whom, how often, and how one stops them."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail as letters
from django.test import Client, TestCase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from candidatures import services
from candidatures.following import following
from candidatures.models import Candidature, Question, StoppedReminders
from candidatures.reminders import (
    DAYS_BEFORE,
    Departure,
    departures,
    is_time_to_write,
    next_reminder,
    reminder_days,
    sign,
)
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import EditionFactory
from tests.factories.territories import MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import PARIS, end_of
from villes_internet.mail.models import Message
from villes_internet.working_days import is_working

DAYS = st.dates(min_value=date(2000, 3, 1), max_value=date(2199, 12, 31))
STEPS = st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True)


def hour(day: date, hours: int, minutes: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=PARIS)


# --- The days ---------------------------------------------------------------------


@given(last_day=DAYS, steps=STEPS)
def test_a_reminder_leaves_on_a_working_day_and_never_after_its_own(
    last_day: date, steps: list[int]
) -> None:
    days = reminder_days(last_day, steps)
    assert all(is_working(day) for day in days)
    for step in steps:
        own = last_day - timedelta(days=step)
        assert any(own - timedelta(days=5) < day <= own for day in days)


@given(last_day=DAYS, steps=STEPS)
def test_they_follow_each_other_one_a_day(last_day: date, steps: list[int]) -> None:
    days = reminder_days(last_day, steps)
    assert days == sorted(set(days))
    assert len(days) <= len(steps)
    assert days[-1] <= last_day - timedelta(days=min(steps))


@given(last_day=DAYS)
def test_there_are_four_of_them(last_day: date) -> None:
    assert len(reminder_days(last_day)) == len(DAYS_BEFORE) == 4


def test_those_of_a_sunday_in_november() -> None:
    """The 11th is a holiday; J-30, J-14 and J-7 are a Friday and two Sundays; J-2 a Friday."""
    assert reminder_days(date(2026, 11, 15)) == [
        date(2026, 10, 16),
        date(2026, 10, 30),
        date(2026, 11, 6),
        date(2026, 11, 13),
    ]
    assert date(2026, 11, 10) in reminder_days(date(2026, 11, 13))


@given(day=DAYS, hours=st.integers(0, 23), minutes=st.integers(0, 59))
def test_nothing_leaves_by_night_nor_on_a_day_of_rest(day: date, hours: int, minutes: int) -> None:
    expected = is_working(day) and 9 <= hours < 18
    assert is_time_to_write(hour(day, hours, minutes)) is expected


# --- The letters ------------------------------------------------------------------


WEEK_BEFORE = date(2026, 11, 6)  # of the editions of the tests, which close on the 15th


def remind(at: datetime) -> list[str]:
    """Whom the reminders of that instant reach."""
    before = set(Message.objects.values_list("pk", flat=True))
    services.remind(at=at)
    return sorted(Message.objects.exclude(pk__in=before).values_list("to", flat=True))


@pytest.fixture
def draft(db: None) -> Candidature:
    """A dossier that lacks an answer and an action."""
    edition = EditionFactory(reading_starts_on=date(2026, 11, 25))
    QuestionFactory(edition=edition)
    made: Candidature = CandidatureFactory(edition=edition)
    return made


def test_all_who_write_are_told_what_lacks_and_where(draft: Candidature) -> None:
    people = [referent(draft.territory), contributor(draft.territory)]
    reader(draft.territory)
    MembershipFactory(territory=draft.territory)  # only asked for
    MembershipFactory(territory=draft.territory, ended=True)
    assert remind(hour(WEEK_BEFORE, 9)) == sorted(person.email for person in people)
    letter = Message.objects.first()
    assert letter is not None
    assert "Il reste 9 jours" in letter.subject
    assert "Présenter au moins une action" in letter.text
    assert reverse("candidatures:section", args=[draft.pk, "volonte"]) in letter.text


@pytest.mark.django_db
def test_a_whole_dossier_only_waits_for_those_who_deposit() -> None:
    candidature = complete()
    contributor(candidature.territory)
    signs = referent(candidature.territory)
    assert remind(hour(WEEK_BEFORE, 10)) == [signs.email]
    assert "Il ne reste qu’à déposer" in Message.objects.get().text


@pytest.mark.django_db
def test_once_deposited_nobody_is_reminded() -> None:
    done = complete()
    agent = referent(done.territory)
    services.deposit(done, by=agent, at=hour(WEEK_BEFORE, 8))
    assert remind(hour(WEEK_BEFORE, 9)) == []


def test_nobody_is_reminded_twice(draft: Candidature) -> None:
    agent = referent(draft.territory)
    assert remind(hour(WEEK_BEFORE, 9)) == [agent.email]
    for hours in range(9, 18):
        assert remind(hour(WEEK_BEFORE, hours)) == []
    newcomer = contributor(draft.territory)
    assert remind(hour(WEEK_BEFORE, 17)) == [newcomer.email]


def test_over_a_campaign_each_receives_four(draft: Candidature) -> None:
    referent(draft.territory)
    days = [draft.edition.closes_on - timedelta(days=days) for days in range(45, -5, -1)]
    found = [
        (day, hours) for day in days for hours in range(24) if remind(hour(day, hours, minutes=5))
    ]
    assert found == [(day, 9) for day in reminder_days(draft.edition.closes_on)]


def test_the_deadline_is_that_of_the_candidature(draft: Candidature) -> None:
    agent = referent(draft.territory)
    until = date(2026, 11, 20)
    services.extend(draft, until=until, reason="Panne", by=UserFactory(), at=hour(WEEK_BEFORE, 8))
    assert remind(hour(WEEK_BEFORE, 9)) == [agent.email]  # 14 days before the 20th
    assert "Il reste 14 jours" in Message.objects.get().subject
    assert remind(hour(date(2026, 11, 18), 9)) == [agent.email]  # the others are closed


def test_who_left_the_platform_is_not_written_to(draft: Candidature) -> None:
    referent(draft.territory, user__is_active=False)
    assert remind(hour(WEEK_BEFORE, 9)) == []


# --- Stopping them ------------------------------------------------------------------


def test_one_stops_ones_own_and_takes_them_up_again(draft: Candidature) -> None:
    agent, colleague = referent(draft.territory), contributor(draft.territory)
    services.stop_reminders(draft, by=agent, at=hour(WEEK_BEFORE, 8))
    assert remind(hour(WEEK_BEFORE, 9)) == [colleague.email]
    services.resume_reminders(draft, by=agent)
    assert remind(hour(WEEK_BEFORE, 10)) == [agent.email]


def test_the_link_of_the_letter_asks_first_and_a_post_stops(
    draft: Candidature, client: Client
) -> None:
    agent = referent(draft.territory)
    url = reverse("candidatures:stop_reminders", args=[sign(draft, agent)])
    asked = client.get(url)
    assert "Ne plus recevoir de rappel" in asked.content.decode()
    assert not StoppedReminders.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):  # as a mail program does
        assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not strict.cookies
    assert StoppedReminders.objects.get().user == agent


def test_a_link_that_we_did_not_write_leads_nowhere(draft: Candidature, client: Client) -> None:
    agent, other = referent(draft.territory), contributor(draft.territory)
    token = sign(draft, agent).replace(f"-{agent.pk}:", f"-{other.pk}:")
    assert client.post(f"/candidatures/rappels/{token}/").status_code == 404
    assert not StoppedReminders.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_mail_program_is_told_how_to_unsubscribe() -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.remind(at=hour(WEEK_BEFORE, 9))
    sent = letters.outbox[0].message()
    url = reverse("candidatures:stop_reminders", args=[sign(candidature, agent)])
    assert str(sent["List-Unsubscribe"]).endswith(f"{url}>")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_page_has_the_switch(client: Client, db: None) -> None:
    candidature = complete(edition=EditionFactory(real=True))
    client.force_login(contributor(candidature.territory))
    detail = reverse("candidatures:detail", args=[candidature.pk])
    switch = reverse("candidatures:reminders", args=[candidature.pk])
    assert "Ne plus me le rappeler" in client.get(detail).content.decode()
    client.post(switch, {"rappels": "non"})
    assert "Me le rappeler de nouveau" in client.get(detail).content.decode()
    client.post(switch, {"rappels": "oui"})
    assert not StoppedReminders.objects.exists()


# --- What the staff foresee -----------------------------------------------------------


def foreseen(draft: Candidature, *, at: datetime) -> list[Departure]:
    followed = following(draft.edition, at=at)
    return departures(followed.candidatures, followed.lacking, at=at)


def test_the_staff_see_how_many_will_leave(draft: Candidature) -> None:
    referent(draft.territory)
    contributor(draft.territory)
    whole = CandidatureFactory(edition=draft.edition)
    question = Question.objects.get()
    agent = referent(whole.territory)
    contributor(whole.territory)
    InitiativeFactory(candidature=whole)
    at = hour(WEEK_BEFORE, 12)
    services.save_answers(whole, values={question: ("Tout", 0)}, by=agent, at=at)
    assert foreseen(draft, at=at) == [
        Departure(WEEK_BEFORE, dossiers=2, letters=3),
        Departure(date(2026, 11, 13), dossiers=2, letters=3),
    ]
    evening = hour(WEEK_BEFORE, 18)
    assert [one.day for one in foreseen(draft, at=evening)] == [date(2026, 11, 13)]
    assert next_reminder(draft, at=evening) == date(2026, 11, 13)
    assert foreseen(draft, at=end_of(draft.edition.closes_on)) == []


def test_what_they_foresee_is_what_leaves(draft: Candidature) -> None:
    for _ in range(3):
        contributor(draft.territory)
    [next_one, *_] = foreseen(draft, at=hour(WEEK_BEFORE, 8))
    assert len(remind(hour(WEEK_BEFORE, 9))) == next_one.letters == 3
