"""Answering the questionnaire, alone and with colleagues."""

import pytest
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, Question
from tests.factories.candidatures import CandidatureFactory, QuestionFactory, contributor
from tests.factories.labels import NOW, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    candidature: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return candidature


def address(candidature: Candidature) -> str:
    return reverse("candidatures:section", args=[candidature.pk, "volonte"])


def test_a_draft_is_saved_incomplete(client: Client, candidature: Candidature) -> None:
    first = QuestionFactory(edition=candidature.edition)
    second = QuestionFactory(edition=candidature.edition)
    client.force_login(contributor(candidature.territory))
    sent = {f"q{first.pk}": "Nos écoles", f"v{first.pk}": "0", f"v{second.pk}": "0"}
    assert client.post(address(candidature), sent).status_code == 302
    assert Answer.objects.get().value == "Nos écoles"


def test_one_bad_answer_does_not_lose_the_others(client: Client, candidature: Candidature) -> None:
    good = QuestionFactory(edition=candidature.edition)
    bad = QuestionFactory(edition=candidature.edition, kind=QuestionKind.NUMBER, unit="euros")
    client.force_login(contributor(candidature.territory))
    sent = {
        f"q{good.pk}": "Nos écoles",
        f"q{bad.pk}": "beaucoup",
        f"v{good.pk}": 0,
        f"v{bad.pk}": 0,
    }
    answer = client.post(address(candidature), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Answer.objects.get().value == "Nos écoles"
    assert "beaucoup" in page
    assert "Saisissez un nombre" in page


def test_a_text_over_its_limit_is_shown_again_whole(
    client: Client, candidature: Candidature
) -> None:
    question = QuestionFactory(edition=candidature.edition, max_words=3)
    client.force_login(contributor(candidature.territory))
    sent = {f"q{question.pk}": "un deux trois quatre", f"v{question.pk}": "0"}
    answer = client.post(address(candidature), sent)
    assert answer.status_code == 422
    assert "compte 4 mots, soit 1 de plus" in answer.content.decode()
    assert "un deux trois quatre" in answer.content.decode()


def test_two_colleagues_on_one_answer_lose_neither_text(
    client: Client, candidature: Candidature
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    first, second = contributor(candidature.territory), contributor(candidature.territory)
    services.save_answers(candidature, values={question: ("Texte d’Anne", 0)}, by=first, at=NOW)
    client.force_login(second)
    sent = {f"q{question.pk}": "Texte de Bilal", f"v{question.pk}": "0"}
    conflict = client.post(address(candidature), sent)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert Answer.objects.get().value == "Texte d’Anne"
    assert "Texte d’Anne" in page
    assert "Texte de Bilal" in page
    assert first.full_name in page
    sent[f"v{question.pk}"] = "1"
    assert client.post(address(candidature), sent).status_code == 302
    assert Answer.objects.get().value == "Texte de Bilal"


def test_an_answer_refused_for_its_form_does_not_take_a_colleagues_version(
    client: Client, candidature: Candidature
) -> None:
    """Her text was never shown: correcting one's own then says so rather than replacing it."""
    question = QuestionFactory(edition=candidature.edition, max_words=3)
    colleague = contributor(candidature.territory)
    services.save_answers(candidature, values={question: ("Le sien", 0)}, by=colleague, at=NOW)
    client.force_login(contributor(candidature.territory))
    name, version = f"q{question.pk}", f"v{question.pk}"
    refused = client.post(address(candidature), {name: "un deux trois quatre", version: "0"})
    assert refused.status_code == 422
    shown = refused.context["form"][version].value()
    mended = client.post(address(candidature), {name: "un deux trois", version: shown})
    assert mended.status_code == 409
    assert "Le sien" in mended.content.decode()
    assert Answer.objects.get().value == "Le sien"


def test_what_could_not_be_written_is_said_to_be_unsaved(
    client: Client, candidature: Candidature
) -> None:
    """So that the page keeps a copy of it, and does not say that all is saved."""
    question = QuestionFactory(edition=candidature.edition)
    colleague = contributor(candidature.territory)
    services.save_answers(candidature, values={question: ("Le sien", 0)}, by=colleague, at=NOW)
    client.force_login(contributor(candidature.territory))
    sent = {f"q{question.pk}": "Le mien", f"v{question.pk}": "0"}
    assert "data-unsaved" in client.post(address(candidature), sent).content.decode()
    assert "data-unsaved" not in client.get(address(candidature)).content.decode()


def test_sending_the_same_form_twice_is_no_conflict(
    client: Client, candidature: Candidature
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    client.force_login(contributor(candidature.territory))
    sent = {f"q{question.pk}": "Une fois", f"v{question.pk}": "0"}
    for _ in range(2):
        assert client.post(address(candidature), sent).status_code == 302
    assert Answer.objects.get().version == 1


def test_a_field_that_was_not_sent_is_not_an_emptied_answer(
    client: Client, candidature: Candidature
) -> None:
    question: Question = QuestionFactory(edition=candidature.edition)
    agent = contributor(candidature.territory)
    services.save_answers(candidature, values={question: ("Gardé", 0)}, by=agent, at=NOW)
    client.force_login(agent)
    assert client.post(address(candidature), {}).status_code == 302
    assert Answer.objects.get().value == "Gardé"
