"""A deposited dossier of which one answer is to be corrected."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidatures import services
from candidatures.models import (
    Answer,
    Candidature,
    Correction,
    Question,
)
from tests.corrections.acts import FIRST, OTHER, answer, ask
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from villes_internet.users.models import User


@pytest.fixture
def candidature() -> Candidature:
    """Deposited an hour ago, with two answers, an action and a document."""
    dossier = complete(edition=EditionFactory(real=True))
    for text in (FIRST, OTHER):
        question: Question = QuestionFactory(edition=dossier.edition)
        answer(dossier, question, text)
    upload = SimpleUploadedFile("plan.pdf", pdf("Plan"))
    now = timezone.now()
    services.attach(dossier, upload=upload, by=referent(dossier.territory), at=now)
    services.deposit(dossier, by=referent(dossier.territory), at=now)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def question(candidature: Candidature) -> Question:
    return Answer.objects.get(candidature=candidature, value=FIRST).question


@pytest.fixture
def odile() -> User:
    staff: User = UserFactory(staff=True)
    return staff


@pytest.fixture
def correction(candidature: Candidature, question: Question, odile: User) -> Correction:
    return ask(candidature, question, by=odile)
