"""A candidature, somebody of its territory and somebody of the staff, to write to each other."""

import pytest

from candidatures.models import Candidature
from tests.factories.candidatures import CandidatureFactory, referent
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from villes_internet.users.models import User


@pytest.fixture
def candidature() -> Candidature:
    dossier: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return dossier


@pytest.fixture
def agent(candidature: Candidature) -> User:
    return referent(candidature.territory)


@pytest.fixture
def odile() -> User:
    staff: User = UserFactory(staff=True, full_name="Odile Perrin")
    return staff
