"""The demonstration: its people, what they may do, and that loading it again changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from atlaas.models import Sheet
from labels.models import Theme
from tests.factories.territories import CommuneFactory, EpciFactory
from villes_internet.demo.accounts import ACCOUNTS
from villes_internet.territories import demonstration as territories
from villes_internet.territories.models import Membership, Territory
from villes_internet.users import demonstration as users
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def collectivites() -> None:
    CommuneFactory(code="70450", name="La Rochelle", population=40)
    CommuneFactory(code="29232", name="Quimper", town=True)
    EpciFactory(code="246700488", name="Eurométropole de Strasbourg")
    EpciFactory(code="200068120", name="Communauté d’agglomération Quimper Bretagne Occidentale")


def test_each_account_exists_with_a_confirmed_address() -> None:
    users.load(at=NOW)
    assert set(User.objects.values_list("email", "full_name", "is_staff")) == {
        (account.email, account.full_name, account.is_staff) for account in ACCOUNTS
    }
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(ACCOUNTS)


def test_each_account_acts_for_its_collectivites(collectivites: None) -> None:
    users.load(at=NOW)
    territories.load(at=NOW)
    rows = Membership.objects.active().values_list("user__email", "territory__code", "role")
    assert set(rows) == {
        ("agent.village@demo.example", "70450", "referent"),
        ("agent.ville@demo.example", "29232", "referent"),
        ("agent.territoire@demo.example", "246700488", "referent"),
        ("collegue@demo.example", "29232", "contributor"),
        ("lectrice@demo.example", "29232", "reader"),
    }


def test_one_request_waits_for_the_staff(collectivites: None) -> None:
    users.load(at=NOW)
    territories.load(at=NOW)
    rows = Membership.objects.requested().values_list("user__email", "territory__code")
    assert list(rows) == [("collegue@demo.example", "200068120")]


def test_loading_it_twice_is_boring(collectivites: None) -> None:
    for _ in range(2):
        users.load(at=NOW)
        territories.load(at=NOW)
    assert User.objects.count() == len(ACCOUNTS)
    assert Membership.objects.count() == 6


def test_who_left_a_collectivite_is_not_put_back(collectivites: None) -> None:
    users.load(at=NOW)
    territories.load(at=NOW)
    Membership.objects.filter(territory__code="70450").delete()
    Membership.objects.filter(user__email="collegue@demo.example").update(
        state="ended", decided_at=NOW, ended_at=NOW
    )
    territories.load(at=NOW)
    assert Membership.objects.active().filter(territory__code="70450").count() == 1
    assert not Membership.objects.active().filter(user__email="collegue@demo.example").exists()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The whole demonstration for the tests below, undone after them; its value is what it said."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("load_demonstration", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_command_loads_every_app_in_order(loaded: str) -> None:
    steps = loaded.splitlines()
    assert steps[:2] == ["Personnes…", "Collectivités…"]
    assert steps[-1] == "La démonstration est chargée."
    assert Territory.objects.count() == 36_224


def test_the_command_twice_changes_no_row(loaded: str) -> None:
    before = counts()
    call_command("load_demonstration", stdout=StringIO())
    assert counts() == before


def test_no_two_public_sheets_share_a_title(loaded: str) -> None:
    titles = list(Sheet.objects.values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == 102


def test_every_enjeu_has_a_public_sheet(loaded: str) -> None:
    shown = set(Sheet.objects.values_list("services__theme__code", flat=True))
    assert shown == set(Theme.objects.values_list("code", flat=True))
