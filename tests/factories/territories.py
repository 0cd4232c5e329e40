"""Territories and rattachements for the tests, in a département of Haute-Saône."""

from datetime import UTC, datetime

import factory
from django.db.backends.postgresql.psycopg_any import NumericRange
from factory.django import DjangoModelFactory

from tests.factories.users import UserFactory
from villes_internet.territories import spelling
from villes_internet.territories.choices import EpciKind, MembershipState, Role, TerritoryKind, Zone
from villes_internet.territories.importing.loading import index_names
from villes_internet.territories.models import (
    LIFETIME,
    Department,
    Invitation,
    Membership,
    Perimeter,
    Region,
    Territory,
    TerritoryName,
)

REQUESTED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DECIDED_AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
ENDED_AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def siren(n: int) -> str:
    """The `n`-th SIREN of the tests, its last digit that of Luhn."""
    body = f"2{n:07d}"
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{body}{-total % 10}"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "27"
    name = "Bourgogne-Franche-Comté"
    zone = Zone.METRO


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = "70"
    name = "Haute-Saône"
    region = factory.SubFactory(RegionFactory)
    zone = Zone.METRO


class TerritoryFactory(DjangoModelFactory):
    """What a commune and an EPCI share; `vanished` is one that exists no more."""

    class Meta:
        model = Territory
        abstract = True

    class Params:
        vanished = factory.Trait(vanished_on=datetime(2026, 1, 1, tzinfo=UTC).date())

    department = factory.SubFactory(DepartmentFactory)
    sort_key = factory.LazyAttribute(lambda made: spelling.sort_key(made.name))
    slug = factory.LazyAttribute(lambda made: spelling.slug(made.name))


class CommuneFactory(TerritoryFactory):
    """A village of 800 inhabitants; `town` is a town of 20 000."""

    class Params:
        town = factory.Trait(population=20_000)

    kind = TerritoryKind.COMMUNE
    code = factory.Sequence(lambda n: f"{(70_000 + n) % 100_000:05d}")
    name = factory.Sequence(lambda n: f"Saint-Martin-{n}")
    siren = factory.Sequence(lambda n: siren(1_000_000 + n))
    postal_codes = factory.LazyFunction(lambda: ["70120"])
    population = 800
    latitude = 47.74693
    longitude = 5.73071


class EpciFactory(TerritoryFactory):
    """A communauté de communes; its members are `PerimeterFactory(epci=...)`."""

    kind = TerritoryKind.EPCI
    epci_kind = EpciKind.COMMUNITY_OF_COMMUNES
    code = factory.Sequence(siren)
    siren = factory.SelfAttribute("code")
    name = factory.Sequence(lambda n: f"Communauté de communes du Val {n}")
    population = 12_000


class PerimeterFactory(DjangoModelFactory):
    """A commune that belongs to an EPCI since 2026, and still does."""

    class Meta:
        model = Perimeter

    commune = factory.SubFactory(CommuneFactory)
    epci = factory.SubFactory(EpciFactory)
    years = factory.LazyFunction(lambda: NumericRange(2026, None))


class TerritoryNameFactory(DjangoModelFactory):
    """A commune merged into another, known by its old name and code."""

    class Meta:
        model = TerritoryName
        skip_postgeneration_save = True

    territory = factory.SubFactory(CommuneFactory)
    name = factory.Sequence(lambda n: f"Ancienne-Commune-{n}")
    sort_key = factory.LazyAttribute(lambda made: spelling.sort_key(made.name))
    code = factory.Sequence(lambda n: f"{(71_000 + n) % 100_000:05d}")

    @factory.post_generation
    def indexed(self, create: bool, extracted: object) -> None:
        """The search looks beside the territory for its other names."""
        if create:
            index_names()


class MembershipFactory(DjangoModelFactory):
    """A rattachement just requested; traits: `active`, `refused`, `ended`, `referent`, `reader`."""

    class Meta:
        model = Membership

    class Params:
        active = factory.Trait(state=MembershipState.ACTIVE, decided_at=DECIDED_AT)
        refused = factory.Trait(state=MembershipState.REFUSED, decided_at=DECIDED_AT)
        ended = factory.Trait(state=MembershipState.ENDED, decided_at=DECIDED_AT, ended_at=ENDED_AT)
        referent = factory.Trait(role=Role.REFERENT)
        reader = factory.Trait(role=Role.READER)

    user = factory.SubFactory(UserFactory)
    territory = factory.SubFactory(CommuneFactory)
    function = "Chargée de mission numérique"
    requested_at = REQUESTED_AT


class InvitationFactory(DjangoModelFactory):
    """A contributor invited by a référent·e of the territory; it waits for an answer."""

    class Meta:
        model = Invitation

    territory = factory.SubFactory(CommuneFactory)
    email = factory.Sequence(lambda n: f"invitee{n}@mairie.example")
    role = Role.CONTRIBUTOR
    nonce = factory.Sequence(lambda n: f"nonce-{n}")
    invited_at = DECIDED_AT
    expires_at = factory.LazyAttribute(lambda made: made.invited_at + LIFETIME)
    invited_by = factory.LazyAttribute(
        lambda made: MembershipFactory(territory=made.territory, active=True, referent=True).user
    )
