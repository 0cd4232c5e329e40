"""How far the readings are: what a juror goes on with, what the staff and the chair see of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from candidatures.models import Candidature
from jury import composition, readings, services
from jury.models import Juror
from labels.models import Edition
from tests.factories.candidatures import CandidatureFactory, deposited
from tests.factories.jury import (
    CriterionFactory,
    JurorFactory,
    assigned,
    opinion,
    reading_day,
    reviewed,
)
from tests.factories.labels import EditionFactory
from tests.factories.territories import CommuneFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def dossier(edition: Edition, name: str) -> Candidature:
    return deposited(edition, territory=CommuneFactory(name=name, sort_key=name.lower()))


def begin(juror: Juror, candidature: Candidature) -> None:
    at = reading_day(juror.edition)
    services.save_review(juror, candidature, content=opinion(juror.edition), at=at)


def next_name(juror: Juror) -> str | None:
    found = readings.next_of(readings.readings_of(juror))
    return found.candidature.territory.name if found else None


def test_a_juror_goes_on_with_what_is_begun_then_with_the_next_by_name() -> None:
    edition = EditionFactory(reading=True)
    juror = JurorFactory(edition=edition)
    assert next_name(juror) is None
    first, second = dossier(edition, "Arles"), dossier(edition, "Brest")
    for candidature in (first, second):
        assigned(juror, candidature)
    assert next_name(juror) == "Arles"
    begin(juror, second)
    assert next_name(juror) == "Brest"
    for candidature, left in ((second, "Arles"), (first, None)):
        content = opinion(edition)
        services.submit_review(juror, candidature, content=content, at=reading_day(edition))
        assert next_name(juror) == left


def test_nothing_is_offered_to_read_once_the_reading_is_over(client: Client) -> None:
    edition = EditionFactory(real=True, deliberating=True)
    juror = JurorFactory(edition=edition)
    assigned(juror, deposited(edition))
    client.force_login(juror.user)
    page = client.get(reverse("jury:dashboard", args=[edition.year]))
    assert page.context["next"] is None


def test_progress_counts_the_readings_and_the_dossiers_without_a_reader() -> None:
    edition, other = EditionFactory(reading=True), EditionFactory(year=2031, reading=True)
    CriterionFactory(edition=edition)
    JurorFactory(edition=edition, chair=True)
    juror = JurorFactory(edition=edition)
    reviewed(juror, deposited(edition))
    assigned(juror, deposited(edition))
    deposited(edition)
    CandidatureFactory(edition=edition)  # a draft waits for no reader
    found = composition.progress([edition, other])
    assert found[edition.pk] == composition.Progress(
        jurors=2, has_chair=True, entrusted=2, handed_in=1, unread=1, criteria=1
    )
    assert found[other.pk] == composition.Progress(
        jurors=0, has_chair=False, entrusted=0, handed_in=0, unread=0, criteria=0
    )


def test_an_evaluation_set_aside_leaves_the_progress_and_the_grid_of_the_chair() -> None:
    edition = EditionFactory(reading=True)
    criterion = CriterionFactory(edition=edition)
    candidature = deposited(edition)
    kept, gone = JurorFactory(edition=edition), JurorFactory(edition=edition)
    for juror, value in ((kept, 4), (gone, 1)):
        reviewed(juror, candidature, value=value)
    staff, at = UserFactory(staff=True), reading_day(edition) + timedelta(days=1)
    services.recuse(gone, candidature, reason="Un ancien mandat", by=staff, at=at)

    progress = composition.progress([edition])[edition.pk]
    assert (progress.entrusted, progress.handed_in) == (1, 1)
    [standing] = readings.standings([candidature])
    [(shown, notes)] = standing.by_criterion
    assert shown == criterion
    assert [(review.juror, score and score.value) for review, score in notes] == [(kept, 4)]
