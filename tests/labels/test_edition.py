"""An edition: its calendar, its phases, what it is made of."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from candidatures.models import Question
from jury.models import Criterion
from labels import services
from labels.choices import Phase
from labels.forms import EditionForm
from labels.models import DigitalService, Edition, Family, Mention, Theme
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import end_of, start_of
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db

DATES = {
    "opens_on": date(2026, 3, 3),
    "closes_on": date(2026, 11, 15),
    "reading_starts_on": date(2026, 11, 16),
    "deliberates_on": date(2026, 12, 4),
    "ceremony_on": date(2027, 2, 4),
}
POSTED = {name: day.isoformat() for name, day in DATES.items()}


def create(year: int = 2027) -> Edition:
    return services.create_edition(Edition(year=year, **DATES), by=None, at=NOW)


def test_the_first_edition_receives_the_whole_referentiel() -> None:
    edition = create()
    assert Family.objects.filter(edition=edition).count() == 4
    assert Theme.objects.filter(edition=edition).count() == 16
    assert DigitalService.objects.filter(theme__edition=edition).count() == 139
    assert Theme.objects.filter(edition=edition, is_assumed=True).count() == 1
    assert Mention.objects.filter(edition=edition, green=True).count() == 1
    assert Question.objects.filter(section__edition=edition).exists()
    assert Criterion.objects.filter(edition=edition).exists()


def test_the_next_edition_copies_the_one_before_and_lives_its_own_life() -> None:
    first = create()
    Theme.objects.filter(edition=first, code="emploi").update(name="Emploi et formation")
    second = create(2028)
    assert DigitalService.objects.filter(theme__edition=second).count() == 139
    copied = Theme.objects.get(edition=second, code="emploi")
    assert copied.name == "Emploi et formation"
    copied.name = "Emploi"
    services.change_theme(copied, services=[], by=UserFactory(), at=NOW)
    assert Theme.objects.get(edition=first, code="emploi").name == "Emploi et formation"


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (start_of(DATES["opens_on"]) - timedelta(seconds=1), Phase.PREPARATION),
        (start_of(DATES["opens_on"]), Phase.OPEN),
        (end_of(DATES["closes_on"]) - timedelta(seconds=1), Phase.OPEN),
        (start_of(DATES["reading_starts_on"]), Phase.READING),
        (start_of(DATES["deliberates_on"]) - timedelta(seconds=1), Phase.READING),
        (start_of(DATES["deliberates_on"]), Phase.DELIBERATION),
        (start_of(DATES["ceremony_on"]), Phase.CEREMONY),
    ],
)
def test_the_phase_follows_from_the_dates_alone(at: datetime, phase: Phase) -> None:
    assert Edition(year=2027, **DATES).phase(at=at) is phase


def test_between_the_deadline_and_the_reading_candidatures_are_closed() -> None:
    edition = Edition(year=2027, **DATES | {"reading_starts_on": date(2026, 11, 20)})
    assert edition.phase(at=end_of(edition.closes_on)) is Phase.CLOSED


def test_a_proclaimed_edition_is_so_whatever_the_dates_say() -> None:
    edition = Edition(year=2027, **DATES, proclaimed_at=NOW)
    assert edition.phase(at=NOW) is Phase.PROCLAIMED


OUT_OF_ORDER: list[tuple[dict[str, date], str]] = [
    ({"closes_on": date(2026, 3, 1)}, "ne peut pas précéder l’ouverture"),
    ({"reading_starts_on": date(2026, 11, 15)}, "commence après la date limite"),
    ({"deliberates_on": date(2026, 11, 15)}, "ne peut pas précéder la lecture"),
    ({"ceremony_on": date(2026, 12, 3)}, "ne peut pas précéder la délibération"),
]


@pytest.mark.parametrize(("moved", "sentence"), OUT_OF_ORDER)
def test_the_dates_keep_their_order_in_the_form_and_in_the_database(
    moved: dict[str, date], sentence: str
) -> None:
    dates: dict[str, Any] = DATES | moved
    form = EditionForm({"year": 2027, "village_below": 3000, "grace_minutes": 0, **dates})
    assert not form.is_valid()
    assert sentence in str(form.errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition(year=2027, **dates).save()
    with pytest.raises(ValidationError, match=sentence):
        Edition(year=2027, **dates).validate_constraints()


def test_staff_open_an_edition_and_the_calendar_is_journaled(client: Client) -> None:
    client.force_login(UserFactory(staff=True))
    sent = {"year": "2027", "village_below": "3000", "grace_minutes": "0", **POSTED}
    answer = client.post(reverse("labels_staff:create_edition"), sent)
    assert answer["Location"] == reverse("labels_staff:edition", args=[2027])
    sent["closes_on"] = "2026-11-14"
    assert client.post(answer["Location"], sent).status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "date limite de dépôt\u00a0: 15/11/2026 → 14/11/2026" in page


def test_a_calendar_out_of_order_is_shown_again_with_its_reason(client: Client) -> None:
    client.force_login(UserFactory(staff=True))
    sent = {
        "year": "2027",
        "village_below": "3000",
        "grace_minutes": "0",
        **POSTED,
        "closes_on": "2026-01-01",
    }
    answer = client.post(reverse("labels_staff:create_edition"), sent)
    assert answer.status_code == 422
    assert "ne peut pas précéder l’ouverture" in answer.content.decode()
    assert 'value="2026-03-03"' in answer.content.decode()
    assert not Edition.objects.exists()


def test_two_editions_of_one_year_do_not_exist(client: Client) -> None:
    EditionFactory(year=2027)
    client.force_login(UserFactory(staff=True))
    sent = {"year": "2027", "village_below": "3000", "grace_minutes": "0", **POSTED}
    answer = client.post(reverse("labels_staff:create_edition"), sent)
    assert answer.status_code == 422
    assert "Une édition porte déjà ce millésime." in answer.content.decode()


def test_whoever_moves_a_date_takes_back_nothing_of_what_a_colleague_decided() -> None:
    edition, odile = EditionFactory(), UserFactory(staff=True)
    form = Edition.objects.get(pk=edition.pk)
    services.ask_approval(edition, asked=True, by=UserFactory(staff=True), at=NOW)
    form.ceremony_on += timedelta(days=1)
    services.change_calendar(form, by=odile, at=NOW)
    edition.refresh_from_db()
    assert (edition.approval_asked, edition.ceremony_on) == (True, form.ceremony_on)


def test_the_calendar_of_a_proclaimed_edition_no_longer_moves() -> None:
    edition = EditionFactory(proclaimed_at=NOW)
    with pytest.raises(Refusal, match="proclamée"):
        services.change_calendar(edition, by=UserFactory(), at=NOW)
