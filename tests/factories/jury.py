"""Juries for the tests, composed and working through the services."""

from datetime import datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from candidatures.models import Candidature
from jury import services
from jury.choices import AffiliationKind
from jury.models import Affiliation, Criterion, Juror, Review
from jury.services import ReviewContent
from labels.models import Edition
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import start_of
from villes_internet.territories.models import Department, Territory


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    edition = factory.SubFactory(EditionFactory, reading=True)
    code = factory.Sequence(lambda n: f"critere-{n}")
    name = factory.Sequence(lambda n: f"Critère {n}")
    levels = factory.LazyFunction(lambda: ["rien", "peu", "assez", "bien", "très bien", "modèle"])
    position = factory.Sequence(lambda n: n + 1)


class JurorFactory(DjangoModelFactory):
    """A juror of an edition that reads, who signed the declaration; `chair` presides."""

    class Meta:
        model = Juror

    class Params:
        chair = factory.Trait(is_chair=True)

        unsigned = factory.Trait(signed_at=None, signed_text="")

    edition = factory.SubFactory(EditionFactory, reading=True)
    user = factory.SubFactory(UserFactory)
    signed_at = NOW
    signed_text = "Je me tais."


def tied(juror: Juror, place: Territory | Department, **fields: Any) -> Affiliation:
    """Note, through the service, that this juror lives there, unless said otherwise."""
    where = {"department" if isinstance(place, Department) else "territory": place}
    affiliation = Affiliation(
        **{"juror": juror, "kind": AffiliationKind.RESIDENCE, **where, **fields}
    )
    return services.add_affiliation(
        affiliation, by=UserFactory(staff=True), at=reading_day(juror.edition)
    )


def reading_day(edition: Edition) -> datetime:
    return start_of(edition.reading_starts_on) + timedelta(hours=10)


def assigned(juror: Juror, candidature: Candidature) -> Candidature:
    """Entrust the dossier to the juror."""
    services.assign(juror, candidature, by=UserFactory(staff=True), at=reading_day(juror.edition))
    return candidature


def opinion(edition: Edition, *, level: int = 3, value: int = 3, words: str = "") -> ReviewContent:
    """A whole review: the same note everywhere."""
    return ReviewContent(
        scores=dict.fromkeys(Criterion.objects.filter(edition=edition), (value, words)),
        proposed_level=level,
        comment_for_jury=words,
    )


def reviewed(juror: Juror, candidature: Candidature, **said: object) -> Review:
    """A review handed in on the first day of the reading."""
    assigned(juror, candidature)
    return services.submit_review(
        juror,
        candidature,
        content=opinion(juror.edition, **said),  # type: ignore[arg-type]
        at=reading_day(juror.edition),
    )
