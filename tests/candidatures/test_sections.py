"""Sharing the questionnaire out between colleagues, and saying that a section is ready."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.models import Candidature, Question, SectionState
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import MembershipFactory
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    found: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return found


@pytest.fixture
def question(candidature: Candidature) -> Question:
    found: Question = QuestionFactory(edition=candidature.edition)
    return found


@pytest.fixture
def anne(candidature: Candidature) -> User:
    return referent(candidature.territory)


def delegate(candidature: Candidature, question: Question, to: User | None, by: User) -> None:
    services.delegate_section(candidature, question.section, to=to, by=by, at=NOW)


def mark(candidature: Candidature, question: Question, by: User, *, ready: bool = True) -> None:
    services.mark_section(candidature, question.section, ready=ready, by=by, at=NOW)


def test_a_colleague_to_whom_a_section_is_delegated_is_told_once(
    candidature: Candidature, question: Question, anne: User
) -> None:
    bilal = contributor(candidature.territory)
    for _ in range(2):
        delegate(candidature, question, bilal, anne)
    letter = Message.objects.get()
    assert letter.to == bilal.email
    assert question.section.title in letter.text
    assert candidature.journal.get().what.endswith(f"confiée à {bilal}")


def test_one_does_not_write_to_oneself(
    candidature: Candidature, question: Question, anne: User
) -> None:
    delegate(candidature, question, anne, anne)
    delegate(candidature, question, None, anne)
    assert not Message.objects.exists()
    assert SectionState.objects.get().delegate is None


def test_a_section_is_delegated_to_those_who_write_for_the_territory_only(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    elsewhere = MembershipFactory(active=True).user
    client.force_login(anne)
    address = reverse("candidatures:delegate_section", args=[candidature.pk, "volonte"])
    for stranger in (reader(candidature.territory), elsewhere):
        with pytest.raises(Refusal, match="n’écrit plus"):
            delegate(candidature, question, stranger, anne)
        assert client.post(address, {"to": stranger.pk}).status_code == 422
    gone = contributor(candidature.territory)
    Membership.objects.filter(user=gone).update(role="reader")
    assert client.post(address, {"to": gone.pk}).status_code == 422
    assert not SectionState.objects.exists()


def test_a_section_is_ready_when_nothing_that_a_deposit_needs_lacks(
    candidature: Candidature, question: Question, anne: User
) -> None:
    with pytest.raises(Refusal, match="manque encore 1 réponse à"):
        mark(candidature, question, anne)
    services.save_answers(candidature, values={question: ("Tout", 0)}, by=anne, at=NOW)
    for _ in range(2):
        mark(candidature, question, anne)
    assert SectionState.objects.get().ready_by == anne
    assert candidature.journal.count() == 1
    mark(candidature, question, anne, ready=False)
    assert not SectionState.objects.get().is_ready


def test_an_answer_changed_after_it_was_ready_is_said(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    services.save_answers(candidature, values={question: ("Tout", 0)}, by=anne, at=NOW)
    mark(candidature, question, anne)
    client.force_login(anne)
    section = reverse("candidatures:section", args=[candidature.pk, "volonte"])
    overview = reverse("candidatures:detail", args=[candidature.pk])
    for address in (section, overview):
        page = client.get(address).content.decode()
        assert "Prête" in page
        assert "modifiée depuis" not in page
    later = NOW + timedelta(minutes=1)
    services.save_answers(candidature, values={question: ("Autre", 1)}, by=anne, at=later)
    for address in (section, overview):
        assert "modifiée depuis" in client.get(address).content.decode()


def test_a_reader_neither_delegates_nor_says_ready(
    client: Client, candidature: Candidature, question: Question
) -> None:
    client.force_login(reader(candidature.territory))
    for name in ("delegate_section", "mark_section"):
        address = reverse(f"candidatures:{name}", args=[candidature.pk, "volonte"])
        assert client.post(address, {"prete": "oui"}).status_code == 403
    assert not SectionState.objects.exists()
