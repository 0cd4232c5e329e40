"""Practices and sheets for the tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from atlaas.choices import DeliveryMode, PracticeKind
from atlaas.models import Practice, Sheet
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice
        abstract = True

    title = factory.Sequence(lambda n: f"Le bus du numérique, tournée {n}")
    kind = PracticeKind.SERVICE
    mode = DeliveryMode.IN_HOUSE
    summary = "Un minibus aménagé s’arrête chaque semaine devant la mairie."
    started_year = 2025


class SheetFactory(PracticeFactory):
    """A public sheet of a proclaimed edition; `services=[...]` links it to the référentiel."""

    class Meta:
        model = Sheet
        skip_postgeneration_save = True

    territory = factory.SubFactory(CommuneFactory)
    edition = factory.SubFactory(EditionFactory, year=2026, ceremony=True, proclaimed_at=NOW)
    published_at = NOW
    updated_at = NOW

    @factory.post_generation
    def services(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.services.set(extracted)
