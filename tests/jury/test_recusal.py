"""A juror who is set apart from a dossier has nothing to do with it any more."""

import pytest
from django.test import Client
from django.urls import reverse

from candidatures.models import Candidature
from jury import readings, services
from jury.models import Decision, Juror, Recusal
from labels.models import Edition
from tests.factories.candidatures import deposited
from tests.factories.jury import CriterionFactory, JurorFactory, assigned, reading_day, reviewed
from tests.factories.labels import EditionFactory
from tests.factories.territories import MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import start_of
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(reading=True)
    CriterionFactory(edition=edition)
    return edition


@pytest.fixture
def dossier(edition: Edition) -> Candidature:
    return deposited(edition)


def recuse(juror: Juror, dossier: Candidature) -> Recusal:
    return services.recuse(
        juror,
        dossier,
        reason="A dirigé ses services",
        by=UserFactory(staff=True),
        at=reading_day(juror.edition),
    )


def test_a_recused_juror_no_longer_sees_the_dossier(client: Client, dossier: Candidature) -> None:
    juror = JurorFactory(edition=dossier.edition)
    assigned(juror, dossier)
    client.force_login(juror.user)
    address = reverse("jury:review", args=[dossier.edition.year, dossier.pk])
    assert client.get(address).status_code == 200
    recuse(juror, dossier)
    assert client.get(address).status_code == 404
    page = client.get(reverse("jury:dashboard", args=[dossier.edition.year])).content.decode()
    assert dossier.territory.name in page
    assert address not in page
    assert dossier.initiatives.get().title not in page


def test_a_dossier_is_not_entrusted_to_a_recused_juror(dossier: Candidature) -> None:
    juror = JurorFactory(edition=dossier.edition)
    recuse(juror, dossier)
    with pytest.raises(Refusal, match="déporté"):
        assigned(juror, dossier)


def test_a_vote_already_given_is_set_aside_and_shown_as_such(dossier: Candidature) -> None:
    juror = JurorFactory(edition=dossier.edition)
    reviewed(juror, dossier, level=5, value=5)
    assert len(readings.standings([dossier])[0].counting) == 1
    recuse(juror, dossier)
    standing = readings.standings([dossier])[0]
    assert len(standing.reviews) == 1
    assert standing.counting == []


def test_a_decision_does_not_rest_on_a_recused_jurors_vote(dossier: Candidature) -> None:
    edition = dossier.edition
    juror, other = JurorFactory(edition=edition), JurorFactory(edition=edition)
    chair = JurorFactory(edition=edition, chair=True)
    reviewed(juror, dossier)
    recuse(juror, dossier)

    def decide() -> Decision:
        return services.decide(
            dossier,
            level=3,
            mentions=[],
            is_ten=False,
            letter="",
            by=chair,
            at=start_of(edition.deliberates_on),
        )

    with pytest.raises(Refusal, match="écartée"):
        decide()
    assert not Decision.objects.exists()
    reviewed(other, dossier)
    assert decide().level == 3


def test_a_recused_chair_neither_sees_nor_decides(client: Client, dossier: Candidature) -> None:
    edition = dossier.edition
    chair = JurorFactory(edition=edition, chair=True)
    reviewed(JurorFactory(edition=edition), dossier)
    recuse(chair, dossier)
    client.force_login(chair.user)
    assert client.get(reverse("jury:decide", args=[edition.year, dossier.pk])).status_code == 404
    with pytest.raises(Refusal, match="déporté"):
        services.decide(
            dossier,
            level=5,
            mentions=[],
            is_ten=False,
            letter="",
            by=chair,
            at=start_of(edition.deliberates_on),
        )


def test_who_acts_for_a_collectivite_does_not_sit_on_the_jury(edition: Edition) -> None:
    agent = MembershipFactory(active=True).user
    with pytest.raises(Refusal, match="représente une collectivité"):
        services.add_juror(
            edition, user=agent, is_chair=False, by=UserFactory(), at=reading_day(edition)
        )


def test_a_past_mandate_does_not_forbid_the_jury(edition: Edition) -> None:
    former = MembershipFactory(ended=True).user
    services.add_juror(
        edition, user=former, is_chair=False, by=UserFactory(), at=reading_day(edition)
    )
    assert Juror.objects.get().user == former


def test_a_jury_has_one_chair(edition: Edition) -> None:
    JurorFactory(edition=edition, chair=True)
    with pytest.raises(Refusal, match="présidence"):
        services.add_juror(
            edition, user=UserFactory(), is_chair=True, by=UserFactory(), at=reading_day(edition)
        )


def test_another_presides_for_the_dossier_that_the_chair_is_recused_from(
    dossier: Candidature,
) -> None:
    edition = dossier.edition
    chair, other = JurorFactory(edition=edition, chair=True), JurorFactory(edition=edition)
    reviewed(JurorFactory(edition=edition), dossier)
    recuse(chair, dossier)
    services.hand_chair(other, by=UserFactory(staff=True), at=reading_day(edition))
    assert list(Juror.objects.filter(edition=edition, is_chair=True)) == [other]
    other.refresh_from_db()
    services.decide(
        dossier,
        level=4,
        mentions=[],
        is_ten=False,
        letter="",
        by=other,
        at=start_of(edition.deliberates_on),
    )
    assert Decision.objects.get().level == 4
