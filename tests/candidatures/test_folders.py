"""An agent's list: what is under way and what it lacks, the results, what was never deposited."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

import jury.services
from candidatures import overview
from candidatures.completeness import missing
from candidatures.models import Candidature
from candidatures.overview import Folders
from labels.choices import CandidateType
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    contributor,
    deposited,
    referent,
)
from tests.factories.jury import JurorFactory, reviewed
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory
from villes_internet.calendar import start_of
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


def folders(user: User, *candidatures: Candidature) -> Folders:
    return overview.folders(user, candidatures, at=NOW)


def test_a_draft_says_how_much_it_lacks() -> None:
    candidature = CandidatureFactory()
    for _ in range(2):
        QuestionFactory(edition=candidature.edition)
    QuestionFactory(edition=candidature.edition, is_required=False)
    [folder] = folders(contributor(candidature.territory), candidature).under_way
    assert folder.missing == 3  # two answers and an action
    assert folder.missing == len(missing(candidature))


def test_a_draft_lacks_nothing_that_is_asked_to_others() -> None:
    village = CandidatureFactory(territory=CommuneFactory())
    town = CandidatureFactory(territory=CommuneFactory(town=True))
    QuestionFactory(edition=village.edition, candidate_types=[CandidateType.TOWN])
    QuestionFactory(edition=EditionFactory(year=2031))
    for candidature in (village, town):
        InitiativeFactory(candidature=candidature)
    found = folders(contributor(village.territory), village, town).under_way
    assert [folder.missing for folder in found] == [0, 1]


def test_only_a_referent_is_offered_the_deposit(client: Client) -> None:
    candidature = complete(edition=EditionFactory(real=True))
    address = reverse("candidatures:deposit", args=[candidature.pk])
    for user, offered in (
        (referent(candidature.territory), True),
        (contributor(candidature.territory), False),
    ):
        client.force_login(user)
        page = client.get(reverse("candidatures:index")).content.decode()
        assert (f'href="{address}"' in page) is offered


def test_a_deposited_dossier_stays_under_way_until_its_result() -> None:
    edition = EditionFactory(ceremony=True)
    dossier = deposited(edition)
    agent = referent(dossier.territory)
    assert [f.candidature for f in folders(agent, dossier).under_way] == [dossier]

    reviewed(JurorFactory(edition=edition), dossier)
    chair = JurorFactory(edition=edition, chair=True)
    at = start_of(edition.ceremony_on) + timedelta(hours=18)
    jury.services.decide(
        dossier, level=4, mentions=[], is_ten=False, letter="Bravo", by=chair, at=at
    )
    jury.services.proclaim(edition, by=chair, at=at)
    found = folders(agent, dossier)
    [folder] = found.with_results
    assert folder.result
    assert folder.result.award.level == 4
    assert (found.under_way, found.never_deposited) == ([], [])


def test_a_draft_left_after_the_deadline_is_no_longer_to_be_done() -> None:
    candidature = CandidatureFactory(edition=EditionFactory(closed=True))
    QuestionFactory(edition=candidature.edition)
    found = folders(referent(candidature.territory), candidature)
    [folder] = found.never_deposited
    assert (folder.missing, folder.is_open) == (0, False)
    assert (found.under_way, found.with_results) == ([], [])
