"""Editions and their référentiel for the tests, placed around one day: `TODAY`."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from labels.choices import CandidateType
from labels.models import Award, DigitalService, Edition, Family, Mention, Theme
from tests.factories.territories import CommuneFactory

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


class EditionFactory(DjangoModelFactory):
    """Open to candidatures on TODAY, until the 15th included.

    Traits move its calendar: `reading`, `deliberating`, `ceremony` (its day is TODAY), `preparing`.
    `real` puts it around the clock of the machine, for tests that cannot pass the time in.
    """

    class Meta:
        model = Edition
        django_get_or_create = ("year",)

    class Params:
        today = TODAY
        closes_in = 13
        preparing = factory.Trait(closes_in=280)
        closed = factory.Trait(closes_in=-1)
        reading = factory.Trait(closes_in=-8)
        deliberating = factory.Trait(closes_in=-28)
        ceremony = factory.Trait(closes_in=-83)
        real = factory.Trait(today=factory.LazyFunction(lambda: datetime.now(tz=UTC).date()))

    year = 2027
    closes_on = factory.LazyAttribute(lambda it: it.today + timedelta(days=it.closes_in))
    opens_on = factory.LazyAttribute(lambda it: it.closes_on - timedelta(days=250))
    reading_starts_on = factory.LazyAttribute(lambda it: it.closes_on + timedelta(days=2))
    deliberates_on = factory.LazyAttribute(lambda it: it.closes_on + timedelta(days=23))
    ceremony_on = factory.LazyAttribute(lambda it: it.closes_on + timedelta(days=83))


class FamilyFactory(DjangoModelFactory):
    class Meta:
        model = Family

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"famille-{n}")
    name = factory.Sequence(lambda n: f"Famille {n}")
    position = factory.Sequence(lambda n: n + 1)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    edition = factory.SubFactory(EditionFactory)
    family = factory.SubFactory(FamilyFactory, edition=factory.SelfAttribute("..edition"))
    code = factory.Sequence(lambda n: f"enjeu-{n}")
    name = factory.Sequence(lambda n: f"Enjeu {n}")
    position = factory.Sequence(lambda n: n + 1)


class DigitalServiceFactory(DjangoModelFactory):
    """A service of the référentiel of `edition`."""

    class Meta:
        model = DigitalService

    class Params:
        edition = factory.SubFactory(EditionFactory)

    theme = factory.SubFactory(ThemeFactory, edition=factory.SelfAttribute("..edition"))
    code = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    position = factory.Sequence(lambda n: n + 1)


class MentionFactory(DjangoModelFactory):
    class Meta:
        model = Mention

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"mention-{n}")
    name = factory.Sequence(lambda n: f"Mention {n}")
    position = factory.Sequence(lambda n: n + 1)


class AwardFactory(DjangoModelFactory):
    """A public result, 3 arobases; its edition is proclaimed."""

    class Meta:
        model = Award

    edition = factory.SubFactory(EditionFactory, year=2026, ceremony=True, proclaimed_at=NOW)
    territory = factory.SubFactory(CommuneFactory)
    candidate_type = CandidateType.VILLAGE
    level = 3
    territory_name = factory.SelfAttribute("territory.name")
    population = factory.SelfAttribute("territory.population")
    awarded_at = NOW
