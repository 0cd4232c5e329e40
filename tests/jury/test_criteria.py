"""The criteria of an edition: edited by the staff until somebody scores with them."""

import pytest
from django.test import Client
from django.urls import reverse

from jury import services
from jury.models import Criterion
from tests.factories.candidatures import deposited
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


def sent(criterion: Criterion, **changed: object) -> dict[str, object]:
    fields = {"id": criterion.pk, "name": criterion.name, "weight": criterion.weight} | changed
    return {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        **{f"form-0-{name}": value for name, value in fields.items()},
    }


def test_staff_change_the_weight_of_a_criterion(client: Client) -> None:
    criterion = CriterionFactory(weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    assert client.post(address, sent(criterion, weight=25)).status_code == 302
    criterion.refresh_from_db()
    assert criterion.weight == 25


def test_a_weight_of_nothing_is_shown_again_with_its_reason(client: Client) -> None:
    criterion = CriterionFactory(weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[criterion.edition.year])
    answer = client.post(address, sent(criterion, weight=0))
    assert answer.status_code == 422
    assert "Un critère pèse au moins 1" in answer.content.decode()


def test_once_a_review_has_begun_the_criteria_no_longer_change() -> None:
    edition = EditionFactory(reading=True)
    criterion = CriterionFactory(edition=edition, weight=10)
    reviewed(JurorFactory(edition=edition), deposited(edition))
    criterion.weight = 25
    with pytest.raises(Refusal, match="ne changent plus"):
        services.change_criteria(edition, criteria=[criterion], by=UserFactory(), at=NOW)
    assert Criterion.objects.get().weight == 10


def test_the_criteria_of_another_edition_are_out_of_reach(client: Client) -> None:
    here, elsewhere = CriterionFactory(), CriterionFactory(edition__year=2030, weight=10)
    client.force_login(UserFactory(staff=True))
    address = reverse("jury_staff:criteria", args=[here.edition.year])
    client.post(address, sent(elsewhere, weight=25))
    elsewhere.refresh_from_db()
    assert elsewhere.weight == 10
