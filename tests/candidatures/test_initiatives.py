"""The actions of a dossier: in the order that the agents choose, and copied."""

import pytest
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.models import Candidature, Initiative
from tests.factories.candidatures import CandidatureFactory, InitiativeFactory, contributor, reader
from tests.factories.labels import NOW, EditionFactory
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    candidature: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    for position, title in enumerate(("Un", "Deux", "Trois"), 1):
        InitiativeFactory(candidature=candidature, title=title, position=position)
    return candidature


def titles(candidature: Candidature) -> list[str]:
    return [one.title for one in candidature.initiatives.in_order()]


def test_an_action_moves_by_one_place_and_stops_at_the_ends(candidature: Candidature) -> None:
    agent = contributor(candidature.territory)
    last = candidature.initiatives.get(title="Trois")
    for expected in (["Un", "Trois", "Deux"], ["Trois", "Un", "Deux"], ["Trois", "Un", "Deux"]):
        services.move_initiative(last, up=True, by=agent, at=NOW)
        assert titles(candidature) == expected
    services.move_initiative(last, up=False, by=agent, at=NOW)
    assert titles(candidature) == ["Un", "Trois", "Deux"]


def test_a_copy_says_all_that_the_action_says_and_stands_last(
    client: Client, candidature: Candidature
) -> None:
    first = candidature.initiatives.get(title="Un")
    client.force_login(contributor(candidature.territory))
    address = reverse("candidatures:duplicate_initiative", args=[candidature.pk, first.pk])
    page = client.post(address, follow=True).content.decode()
    assert titles(candidature) == ["Un", "Deux", "Trois", "Copie de Un"]
    copy = Initiative.objects.get(title="Copie de Un")
    assert copy.summary == first.summary
    assert list(copy.services.all()) == list(first.services.all())
    assert "Copie de Un" in page


def test_the_title_of_a_copy_keeps_within_its_limit(candidature: Candidature) -> None:
    first = candidature.initiatives.get(title="Un")
    Initiative.objects.filter(pk=first.pk).update(title="x" * 140)
    first.refresh_from_db()
    copy = services.duplicate_initiative(first, by=contributor(candidature.territory), at=NOW)
    assert copy.title == "Copie de " + "x" * 131


def test_who_only_reads_neither_moves_nor_copies(candidature: Candidature) -> None:
    someone = reader(candidature.territory)
    first = candidature.initiatives.get(title="Un")
    with pytest.raises(Refusal):
        services.move_initiative(first, up=False, by=someone, at=NOW)
    with pytest.raises(Refusal):
        services.duplicate_initiative(first, by=someone, at=NOW)
    assert titles(candidature) == ["Un", "Deux", "Trois"]
