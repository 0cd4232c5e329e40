"""The factories that every other test builds on."""

import pytest
from allauth.account.models import EmailAddress

from tests.factories.territories import (
    CommuneFactory,
    EpciFactory,
    MembershipFactory,
    PerimeterFactory,
    TerritoryNameFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_a_verified_person_has_a_confirmed_address() -> None:
    user = UserFactory(verified=True)
    assert EmailAddress.objects.get(user=user).verified
    assert not EmailAddress.objects.filter(user=UserFactory()).exists()


def test_traits_give_rows_that_the_database_accepts() -> None:
    assert MembershipFactory().state == "requested"
    assert MembershipFactory(active=True, referent=True).is_referent
    assert MembershipFactory(refused=True).decided_at
    assert MembershipFactory(ended=True).decided_at
    assert CommuneFactory(town=True).population == 20_000
    assert EpciFactory(vanished=True).vanished_on
    assert PerimeterFactory().years.lower == 2026
    assert TerritoryNameFactory().name
