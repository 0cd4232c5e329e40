"""Those who deposited say what they think, once, and nobody can tell who said it."""

import pytest
from django.test import Client
from django.utils import timezone

from candidatures import services
from candidatures.choices import Ease, TimeSpent
from candidatures.feedback import FEWEST, opinions
from candidatures.models import Candidature, Feedback, FeedbackGiven
from tests.factories.candidatures import CandidatureFactory, complete, referent
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


def deposited() -> Candidature:
    candidature = complete()
    services.deposit(candidature, by=referent(candidature.territory), at=NOW)
    candidature.refresh_from_db()
    return candidature


def give(candidature: Candidature, by: User, ease: Ease = Ease.EASY, wish: str = "") -> None:
    services.give_feedback(candidature, ease=ease, time_spent=TimeSpent.DAY, wish=wish, by=by)


def test_one_says_it_once() -> None:
    candidature, user = deposited(), UserFactory()
    give(candidature, user)
    with pytest.raises(Refusal, match="déjà donné"):
        give(candidature, user)
    give(candidature, UserFactory())
    assert (Feedback.objects.count(), FeedbackGiven.objects.count()) == (2, 2)


def test_it_is_asked_after_the_deposit() -> None:
    with pytest.raises(Refusal, match="une fois la candidature déposée"):
        give(CandidatureFactory(), UserFactory())
    assert not FeedbackGiven.objects.exists()


def test_an_opinion_leads_to_nobody() -> None:
    """No key to a person or a territory, no hour, and none that grows with time."""
    fields = {field.name: field for field in Feedback._meta.get_fields()}
    assert set(fields) == {"id", "edition", "ease", "time_spent", "wish"}
    assert fields["id"].get_internal_type() == "UUIDField"
    assert {field.name for field in FeedbackGiven._meta.get_fields()} == {
        "id",
        "candidature",
        "user",
    }


def test_they_are_read_once_nobody_can_be_recognised(client: Client) -> None:
    candidature = deposited()
    client.force_login(UserFactory(staff=True))
    address = f"/gestion/editions/{candidature.edition.year}/candidatures/avis/"
    for rank in range(FEWEST):
        page = client.get(address).content.decode()
        assert "Un vœu" not in page, rank
        assert "Pas encore assez d’avis" in page
        give(candidature, UserFactory(), wish=f"Un vœu {FEWEST - rank}")
    page = client.get(address).content.decode()
    assert "Pas encore assez" not in page
    found = opinions(candidature.edition)
    assert dict(found.ease)["Plutôt facile"] == FEWEST
    assert found.wishes == [f"Un vœu {rank + 1}" for rank in range(FEWEST)]


def test_an_agent_gives_it_on_its_page(client: Client) -> None:
    candidature = complete(edition=EditionFactory(real=True))
    agent = referent(candidature.territory)
    services.deposit(candidature, by=agent, at=timezone.now())
    client.force_login(agent)
    address = f"/candidatures/{candidature.pk}/avis/"
    assert address in client.get(f"/candidatures/{candidature.pk}/").content.decode()
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"ease": "4", "time_spent": "day", "wish": ""})
    assert answer.status_code == 302
    assert "déjà donné votre avis" in client.get(address).content.decode()
    assert client.post(address, {"ease": "4", "time_spent": "day"}).status_code == 409
