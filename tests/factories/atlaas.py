"""Practices and sheets for the tests."""

from datetime import date
from io import BytesIO
from typing import Any

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from atlaas.choices import DeliveryMode, PracticeKind, SheetEvent
from atlaas.models import Practice, Sheet, SheetContact, SheetEntry, SheetIllustration
from atlaas.models.illustration import MEDIUM, SMALL
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory
from villes_internet.files.derivatives import shrink
from villes_internet.files.inspection import Content
from villes_internet.files.services import keep


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice
        abstract = True

    title = factory.Sequence(lambda n: f"Le bus du numérique, tournée {n}")
    kind = PracticeKind.SERVICE
    mode = DeliveryMode.IN_HOUSE
    summary = "Un minibus aménagé s’arrête chaque semaine devant la mairie."
    started_on = date(2025, 3, 1)


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

    @factory.post_generation
    def history(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create:
            return
        SheetEntry.objects.create(
            sheet=self, edition=self.edition, event=SheetEvent.PUBLISHED, at=self.published_at
        )


class SheetContactFactory(DjangoModelFactory):
    class Meta:
        model = SheetContact

    sheet = factory.SubFactory(SheetFactory, contact_role="Service du bus")
    email = "bus@mairie.example"


def photograph(size: tuple[int, int] = (1200, 900), *, grain: int = 60) -> bytes:
    """As heavy as a picture full of detail: no two are alike."""
    content = BytesIO()
    Image.effect_noise(size, grain).convert("RGB").save(content, "JPEG", quality=80)
    return content.getvalue()


class SheetIllustrationFactory(DjangoModelFactory):
    class Meta:
        model = SheetIllustration
        exclude = ("whole",)

    whole = factory.LazyFunction(
        lambda: Content(data=photograph(), content_type="image/jpeg", width=1200, height=900)
    )
    sheet = factory.SubFactory(SheetFactory)
    file = factory.LazyAttribute(lambda one: keep(one.whole, at=NOW))
    medium = factory.LazyAttribute(
        lambda one: keep(shrink(one.whole, longest=MEDIUM[0], most=MEDIUM[1]), at=NOW)
    )
    small = factory.LazyAttribute(
        lambda one: keep(shrink(one.whole, longest=SMALL[0], most=SMALL[1]), at=NOW)
    )
    alternative = "Une médiatrice et un homme âgé devant un écran."
    credit = "Ville de démonstration"
