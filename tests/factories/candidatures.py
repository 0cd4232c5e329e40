"""Candidatures for the tests, written through the services as agents would."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from candidatures import services
from candidatures.choices import CheckedBy, QuestionKind
from candidatures.models import (
    LIFETIME,
    Approval,
    Candidature,
    Condition,
    Engagement,
    Initiative,
    InitiativeIllustration,
    Question,
    Section,
)
from labels.models import Edition
from tests.factories.atlaas import PracticeFactory, photograph
from tests.factories.labels import NOW, DigitalServiceFactory, EditionFactory
from tests.factories.territories import CommuneFactory, MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import end_of
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section
        django_get_or_create = ("edition", "code")

    edition = factory.SubFactory(EditionFactory)
    code = "volonte"
    title = "Une volonté politique"
    position = 1


class QuestionFactory(DjangoModelFactory):
    """A required long text, asked to all."""

    class Meta:
        model = Question

    class Params:
        edition = factory.SubFactory(EditionFactory)

    section = factory.SubFactory(SectionFactory, edition=factory.SelfAttribute("..edition"))
    code = factory.Sequence(lambda n: f"question-{n}")
    label = factory.Sequence(lambda n: f"Que faites-vous du numérique, volet {n}")
    kind = QuestionKind.LONG_TEXT
    is_required = True
    position = factory.Sequence(lambda n: n + 1)


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    edition = factory.SubFactory(EditionFactory)
    title = factory.Sequence(lambda n: f"Nous nous engageons, volet {n}")
    text = "Ce que la collectivité déclare est exact."
    position = factory.Sequence(lambda n: n + 1)


class ConditionFactory(DjangoModelFactory):
    """One that blocks, and that the staff check; `declared` is one that the territory declares."""

    class Meta:
        model = Condition

    class Params:
        declared = factory.Trait(checked_by=CheckedBy.TERRITORY)

    edition = factory.SubFactory(EditionFactory)
    label = factory.Sequence(lambda n: f"Être à jour de son adhésion, volet {n}")
    checked_by = CheckedBy.STAFF
    position = factory.Sequence(lambda n: n + 1)


class CandidatureFactory(DjangoModelFactory):
    """A draft, just begun, of a village."""

    class Meta:
        model = Candidature

    edition = factory.SubFactory(EditionFactory)
    territory = factory.SubFactory(CommuneFactory)
    candidate_type = factory.LazyAttribute(lambda it: it.edition.candidate_type_of(it.territory))
    created_at = NOW
    created_by = factory.SubFactory(UserFactory)
    updated_at = NOW


class ApprovalFactory(DjangoModelFactory):
    """Asked of the mayor, who has not answered yet."""

    class Meta:
        model = Approval

    candidature = factory.SubFactory(CandidatureFactory)
    name = "Jeanne Morel"
    function = "maire"
    email = "maire@mairie.example"
    nonce = factory.Sequence(lambda n: f"nonce-{n}")
    asked_at = NOW
    asked_by = factory.LazyAttribute(lambda it: referent(it.candidature.territory))
    expires_at = factory.LazyAttribute(lambda it: it.asked_at + LIFETIME)


class InitiativeFactory(PracticeFactory):
    """An action of a draft, linked to one service."""

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    candidature = factory.SubFactory(CandidatureFactory)
    position = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def services(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        edition = self.candidature.edition
        self.services.set(extracted or [DigitalServiceFactory(edition=edition)])


def referent(territory: Territory, **fields: object) -> User:
    """A person who may deposit for this territory."""
    membership = MembershipFactory(territory=territory, active=True, referent=True, **fields)
    user: User = membership.user
    return user


def contributor(territory: Territory) -> User:
    """A person who may write for this territory, and not deposit."""
    user: User = MembershipFactory(territory=territory, active=True).user
    return user


def reader(territory: Territory) -> User:
    """A person who may read what this territory writes."""
    user: User = MembershipFactory(territory=territory, active=True, reader=True).user
    return user


def complete(**fields: object) -> Candidature:
    """A draft with all that a deposit asks for."""
    candidature: Candidature = CandidatureFactory(**fields)
    InitiativeFactory(candidature=candidature)
    return candidature


def deposited(edition: Edition, **fields: object) -> Candidature:
    """A dossier deposited on the last day of its edition's candidatures."""
    return deposit_last_day(complete(edition=edition, **fields))


def deposit_last_day(candidature: Candidature) -> Candidature:
    last_moment = end_of(candidature.edition.closes_on) - timedelta(seconds=1)
    services.deposit(candidature, by=referent(candidature.territory), at=last_moment)
    candidature.refresh_from_db()
    return candidature


def illustrated(initiative: Initiative, *, by: User, at: datetime) -> InitiativeIllustration:
    """The action, with one more picture, unlike any other."""
    return services.illustrate(
        initiative,
        upload=SimpleUploadedFile("image.jpg", photograph((60, 40))),
        alternative="Une médiatrice et un homme âgé devant un écran.",
        credit="Ville de démonstration",
        by=by,
        at=at,
    )
