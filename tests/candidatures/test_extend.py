"""Until when a candidature may be written: the second, the clocks, the grace, and more time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from candidatures import services
from candidatures.deadline import course_of
from candidatures.models import Candidature, CandidatureEntry, Extension
from labels.models import Edition
from tests.factories.candidatures import CandidatureFactory, complete, referent
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, DepartmentFactory
from tests.factories.users import UserFactory
from tests.walk.cast import browser
from villes_internet.calendar import OVERSEAS, PARIS, end_of, start_of
from villes_internet.french import there
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Territory

MICROSECOND = timedelta(microseconds=1)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1))


def draft(closes_on: date, *, reading_in: int = 10, grace: int = 0) -> Candidature:
    """In memory alone."""
    edition = Edition(
        year=closes_on.year + 1,
        opens_on=closes_on - timedelta(days=200),
        closes_on=closes_on,
        grace_minutes=grace,
        reading_starts_on=closes_on + timedelta(days=reading_in),
    )
    return Candidature(edition=edition, territory=CommuneFactory.build())


def utc(at: datetime) -> datetime:
    """What two instants are compared by, whatever the clocks that told them."""
    return at.astimezone(UTC)


# --- The second ------------------------------------------------------------------


@given(closes_on=DAYS)
def test_the_last_instant_is_one_microsecond_before_midnight_in_paris(closes_on: date) -> None:
    candidature = draft(closes_on)
    last = datetime.combine(closes_on, time.max, tzinfo=PARIS).astimezone(UTC)
    assert last.astimezone(PARIS).time() == time(23, 59, 59, 999999)
    assert candidature.is_open(at=last)
    assert not candidature.is_open(at=last + MICROSECOND)
    assert utc(candidature.closes_at) == last + MICROSECOND


@given(closes_on=DAYS, zone=st.sampled_from([*OVERSEAS.values(), PARIS]))
def test_it_is_the_same_instant_by_every_clock(closes_on: date, zone: ZoneInfo) -> None:
    candidature = draft(closes_on)
    last = (utc(candidature.closes_at) - MICROSECOND).astimezone(zone)
    assert candidature.is_open(at=last)
    assert not candidature.is_open(at=(utc(last) + MICROSECOND).astimezone(zone))
    assert candidature.last_second.astimezone(zone) <= last


@given(closes_on=DAYS, department=st.sampled_from(sorted(OVERSEAS)))
def test_the_hour_shown_overseas_is_that_of_the_deadline(closes_on: date, department: str) -> None:
    candidature = draft(closes_on)
    zone = OVERSEAS[department]
    local = utc(candidature.last_second).astimezone(zone)
    shown = there(candidature.last_second, zone)
    assert shown.endswith(f"à {local.hour}\N{NARROW NO-BREAK SPACE}h\N{NARROW NO-BREAK SPACE}59")
    assert str(local.year) in shown


@given(
    closes_on=DAYS,
    extra=st.integers(0, 60),
    reading_in=st.integers(1, 40),
    grace=st.integers(0, 24 * 60),
)
def test_nothing_is_written_once_the_jury_reads(
    closes_on: date, extra: int, reading_in: int, grace: int
) -> None:
    candidature = draft(closes_on, reading_in=reading_in, grace=grace)
    candidature.extended_until = closes_on + timedelta(days=extra)
    reading = start_of(candidature.edition.reading_starts_on)
    assert utc(end_of(closes_on)) <= utc(candidature.closes_at) <= utc(reading)
    assert closes_on <= candidature.last_day < candidature.edition.reading_starts_on


@given(closes_on=DAYS, grace=st.integers(0, 24 * 60))
def test_the_grace_lasts_its_minutes_even_when_the_clocks_change(
    closes_on: date, grace: int
) -> None:
    candidature = draft(closes_on, grace=grace)
    assert utc(candidature.closes_at) - utc(end_of(closes_on)) == timedelta(minutes=grace)
    assert candidature.last_day == closes_on


# --- The grace ---------------------------------------------------------------------


@pytest.mark.django_db
def test_in_the_grace_what_is_begun_is_deposited_and_nothing_new_begins() -> None:
    edition = EditionFactory(grace_minutes=30)
    candidature = complete(edition=edition)
    late = end_of(edition.closes_on) + timedelta(minutes=29)
    late_comer: Territory = CommuneFactory()
    with pytest.raises(Refusal, match="ne reçoit pas"):
        services.start(territory=late_comer, edition=edition, by=referent(late_comer), at=late)
    services.deposit(candidature, by=referent(candidature.territory), at=late)


@pytest.mark.django_db
def test_after_the_grace_it_is_too_late() -> None:
    edition = EditionFactory(grace_minutes=30)
    candidature = complete(edition=edition)
    over = end_of(edition.closes_on) + timedelta(minutes=30)
    with pytest.raises(Refusal, match="closes"):
        services.deposit(candidature, by=referent(candidature.territory), at=over)


@pytest.mark.django_db
def test_the_grace_is_not_announced() -> None:
    candidature = CandidatureFactory(edition=EditionFactory(grace_minutes=30))
    late = end_of(candidature.edition.closes_on) + timedelta(minutes=5)
    shown = course_of(candidature, at=late)
    assert shown.takes_candidatures
    assert (shown.until, shown.days_left) == (candidature.edition.closes_on, 0)


# --- More time ---------------------------------------------------------------------


def extend(candidature: Candidature, until: date, *, at: datetime = NOW) -> Extension:
    return services.extend(
        candidature, until=until, reason="Panne de courant", by=UserFactory(staff=True), at=at
    )


def day_after(candidature: Candidature, days: int = 1) -> date:
    closes_on: date = candidature.edition.closes_on
    return closes_on + timedelta(days=days)


@pytest.fixture
def candidature() -> Candidature:
    """A whole dossier; the jury reads four days after the closing one."""
    edition = EditionFactory()
    edition.reading_starts_on = edition.closes_on + timedelta(days=4)
    edition.save()
    return complete(edition=edition)


@pytest.mark.django_db
def test_an_extended_candidature_is_deposited_until_the_last_second_of_its_day(
    candidature: Candidature,
) -> None:
    agent = referent(candidature.territory)
    extend(candidature, day_after(candidature, 2))
    over = end_of(day_after(candidature, 2))
    with pytest.raises(Refusal, match="closes"):
        services.deposit(candidature, by=agent, at=over)
    services.deposit(candidature, by=agent, at=over - MICROSECOND)


@pytest.mark.django_db
def test_it_is_extended_alone(candidature: Candidature) -> None:
    other = complete(edition=candidature.edition)
    extend(candidature, day_after(candidature))
    with pytest.raises(Refusal, match="closes"):
        services.deposit(
            other, by=referent(other.territory), at=end_of(candidature.edition.closes_on)
        )


@pytest.mark.django_db
def test_more_time_is_given_after_the_deadline_too(candidature: Candidature) -> None:
    late = end_of(candidature.edition.closes_on) + timedelta(hours=9)
    extend(candidature, day_after(candidature), at=late)
    services.deposit(candidature, by=referent(candidature.territory), at=late)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [(4, "jury commence sa lecture le 19 novembre 2026"), (0, "est le 15 novembre 2026")],
)
def test_it_ends_before_the_reading_and_after_the_deadline_of_all(
    days: int, said: str, candidature: Candidature
) -> None:
    with pytest.raises(Refusal, match=said):
        extend(candidature, day_after(candidature, days))
    assert not Extension.objects.exists()


@pytest.mark.django_db
def test_it_does_not_end_in_the_past(candidature: Candidature) -> None:
    with pytest.raises(Refusal, match="passé"):
        extend(candidature, day_after(candidature), at=end_of(day_after(candidature)))


@pytest.mark.django_db
def test_where_the_jury_reads_at_once_there_is_no_day_to_give(candidature: Candidature) -> None:
    candidature.edition.reading_starts_on = day_after(candidature)
    candidature.edition.save()
    with pytest.raises(Refusal, match="reculez d’abord cette lecture"):
        extend(candidature, day_after(candidature))


@pytest.mark.django_db
def test_what_is_deposited_needs_no_time(candidature: Candidature) -> None:
    services.deposit(candidature, by=referent(candidature.territory), at=NOW)
    with pytest.raises(Refusal, match="déposée"):
        extend(candidature, day_after(candidature))


@pytest.mark.django_db
def test_the_latest_extension_counts_and_the_former_is_kept(candidature: Candidature) -> None:
    extend(candidature, day_after(candidature, 3))
    extend(candidature, day_after(candidature, 1))
    candidature.refresh_from_db()
    assert candidature.last_day == day_after(candidature, 1)
    assert [one.stands for one in candidature.extensions.order_by("pk")] == [False, True]


@pytest.mark.django_db
def test_once_revoked_the_deadline_is_that_of_all(candidature: Candidature) -> None:
    extension = extend(candidature, day_after(candidature))
    for _ in range(2):
        services.revoke(extension, by=UserFactory(staff=True), at=NOW)
    candidature.refresh_from_db()
    assert candidature.last_day == candidature.edition.closes_on
    lines = candidature.journal.order_by("pk").values_list("what", flat=True)
    assert list(lines) == [
        "Date limite prolongée jusqu’au 16 novembre 2026",
        "Prolongation jusqu’au 16 novembre 2026 retirée",
    ]


@pytest.mark.django_db
def test_the_reason_is_the_staffs(candidature: Candidature) -> None:
    extend(candidature, day_after(candidature))
    assert Extension.objects.get().reason == "Panne de courant"
    assert not CandidatureEntry.objects.filter(what__contains="Panne").exists()


# --- The pages -----------------------------------------------------------------------


@pytest.mark.django_db
def test_pages_count_down_to_ones_own_deadline_by_both_clocks(client: Client) -> None:
    department = DepartmentFactory(code="974", name="La Réunion")
    edition = EditionFactory(real=True, closed=True, year=2027)
    edition.reading_starts_on += timedelta(days=5)
    edition.save()
    candidature = complete(edition=edition, territory=CommuneFactory(department=department))
    until = edition.closes_on + timedelta(days=4)
    extend(candidature, until, at=datetime.now(tz=UTC))
    client.force_login(referent(candidature.territory))
    candidature.refresh_from_db()
    local = there(candidature.last_second, OVERSEAS["974"])
    for name, arguments in (
        ("index", []),
        ("detail", [candidature.pk]),
        ("deposit", [candidature.pk]),
    ):
        said = client.get(reverse(f"candidatures:{name}", args=arguments)).content.decode()
        assert "délai prolongé par l’association" in said, name
        assert local in said, name


@pytest.mark.django_db
def test_the_staff_grant_and_take_back_on_their_pages() -> None:
    edition = EditionFactory(real=True)
    candidature = complete(edition=edition)
    client = browser()
    client.force_login(UserFactory(staff=True, verified=True))
    until = edition.closes_on + timedelta(days=1)
    page = [edition.year, candidature.pk]
    address = reverse("candidatures_staff:extend", args=page)
    late = client.post(address, {"until": edition.reading_starts_on, "reason": "Panne"})
    assert late.status_code == 422
    assert "choisissez un jour qui la précède" in late.content.decode()
    assert client.post(address, {"until": until, "reason": "Panne"}).status_code == 302
    extension = Extension.objects.get()
    assert extension.until == until
    revoke = reverse("candidatures_staff:revoke", args=[*page, extension.pk])
    assert client.post(revoke).status_code == 302
    extension.refresh_from_db()
    assert not extension.stands
