"""One answer saved by its page: what is taken, what is not, and what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.choices import CandidatureState
from candidatures.models import Answer, Candidature, EarlierAnswer, Presence, Question
from candidatures.services.answers import rewrite
from tests.costs import costs
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from villes_internet.refusals import Refusal
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


def typed(
    client: Client, candidature: Candidature, question: Question, text: str, over: int, **more: str
) -> Any:
    address = reverse("candidatures:answer", args=[candidature.pk, question.pk])
    fields = {f"q{question.pk}": text, f"v{question.pk}": over, **more}
    return client.post(address, fields, headers={"Accept": "application/json"})


def test_what_is_typed_is_saved_over_the_version_that_was_shown(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    client.force_login(anne)
    assert typed(client, candidature, question, "Un", 0).json() == {"version": 1}
    assert typed(client, candidature, question, "Un, deux", 1).json() == {"version": 2}
    assert Answer.objects.get().value == "Un, deux"


def test_saving_what_is_typed_costs_at_most_eight_queries(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    client.force_login(anne)
    with costs(8):  # the staff may have put another question in its place
        typed(client, candidature, question, "La première fois", 0)
    with costs(7):
        typed(client, candidature, question, "La première fois, puis la suite", 1)
    client.force_login(contributor(candidature.territory))
    with costs(8):  # Anne’s text is kept
        typed(client, candidature, question, "Un autre texte", 2)


def test_saying_that_one_is_here_costs_seven_queries(
    client: Client, candidature: Candidature, anne: User
) -> None:
    client.force_login(anne)
    address = reverse("candidatures:presence", args=[candidature.pk])
    for _ in range(2):
        with costs(7):
            client.post(address, {"section": "volonte"})
    assert Presence.objects.count() == 1


def test_a_colleague_who_was_faster_is_quoted_and_keeps_the_field(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    services.save_answers(candidature, values={question: ("D’Anne", 0)}, by=anne, at=NOW)
    client.force_login(contributor(candidature.territory))
    answer = typed(client, candidature, question, "De Bilal", 0)
    assert answer.status_code == 409
    assert answer.json()["version"] == 1
    assert "D’Anne" in answer.json()["problem"]
    assert anne.full_name in answer.json()["problem"]
    assert Answer.objects.get().value == "D’Anne"


@pytest.mark.parametrize("theirs", ["D’Anne", ""])
def test_a_text_that_one_sets_aside_is_an_earlier_one_and_that_of_the_colleague_stays(
    client: Client, candidature: Candidature, question: Question, anne: User, theirs: str
) -> None:
    services.save_answers(candidature, values={question: ("D’abord", 0)}, by=anne, at=NOW)
    services.save_answers(candidature, values={question: (theirs, 1)}, by=anne, at=NOW)
    bilal = contributor(candidature.territory)
    client.force_login(bilal)
    answer = typed(client, candidature, question, "De Bilal", 2, laisser="oui")
    assert (answer.status_code, answer.json()) == (200, {"version": 3})
    stored = Answer.objects.get()
    assert (stored.value, stored.updated_by) == (theirs, anne)
    kept = EarlierAnswer.objects.get(value="De Bilal")
    assert kept.written_by == bilal


def test_nothing_is_set_aside_for_a_text_that_was_not_seen(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    services.save_answers(candidature, values={question: ("D’Anne", 0)}, by=anne, at=NOW)
    client.force_login(contributor(candidature.territory))
    answer = typed(client, candidature, question, "De Bilal", 0, laisser="oui")
    assert answer.status_code == 409
    assert "D’Anne" in answer.json()["problem"]
    assert not EarlierAnswer.objects.exists()


def test_a_text_over_its_limit_is_refused_with_its_sentence(
    client: Client, candidature: Candidature, anne: User
) -> None:
    question = QuestionFactory(edition=candidature.edition, max_words=3)
    client.force_login(anne)
    answer = typed(client, candidature, question, "un deux trois quatre", 0)
    assert answer.status_code == 422
    assert "soit 1 de plus" in answer.json()["problem"]
    assert not Answer.objects.exists()


def test_a_deposited_dossier_takes_nothing_more(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    Candidature.objects.update(state=CandidatureState.DEPOSITED)
    client.force_login(anne)
    answer = typed(client, candidature, question, "Trop tard", 0)
    assert answer.status_code == 409
    assert answer.json()["closed"]
    assert "déposée" in answer.json()["problem"]


def test_who_reads_only_and_who_is_from_elsewhere_save_nothing(
    client: Client, candidature: Candidature, question: Question
) -> None:
    client.force_login(reader(candidature.territory))
    assert typed(client, candidature, question, "Non", 0).status_code == 403
    client.force_login(referent(CandidatureFactory(edition=candidature.edition).territory))
    assert typed(client, candidature, question, "Non", 0).status_code == 404
    assert not Answer.objects.exists()


def test_a_question_of_another_edition_is_not_answered(
    client: Client, candidature: Candidature, anne: User
) -> None:
    elsewhere = QuestionFactory(edition=EditionFactory(year=2020))
    client.force_login(anne)
    assert typed(client, candidature, elsewhere, "Perdu", 0).status_code == 404
    assert not Answer.objects.exists()


def test_an_ended_session_is_a_401_for_a_page_that_saves_by_itself(
    client: Client, candidature: Candidature, question: Question
) -> None:
    assert typed(client, candidature, question, "Qui suis-je", 0).status_code == 401
    assert not client.session.keys()


def test_what_was_typed_under_a_question_replaced_meanwhile_goes_to_the_new_one(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    new = QuestionFactory(edition=candidature.edition)
    Question.objects.filter(pk=question.pk).update(retired_at=NOW, replaced_by=new)
    client.force_login(anne)
    assert typed(client, candidature, question, "Gardé", 0).status_code == 200
    assert Answer.objects.get().question == new


def test_what_the_staff_replace_while_it_is_saved_is_refused_and_not_lost_from_sight(
    candidature: Candidature, question: Question, anne: User
) -> None:
    new = QuestionFactory(edition=candidature.edition)
    Question.objects.filter(pk=question.pk).update(retired_at=NOW, replaced_by=new)
    with pytest.raises(Refusal, match="vient de changer cette question"):
        services.save_answers(candidature, values={question: ("Le texte", 0)}, by=anne, at=NOW)
    assert not Answer.objects.exists()


def test_an_answer_that_the_staff_move_while_it_is_rewritten_stays_where_they_put_it(
    candidature: Candidature, question: Question, anne: User
) -> None:
    services.save_answers(candidature, values={question: ("D’Anne", 0)}, by=anne, at=NOW)
    read_before = Answer.objects.get()
    new = QuestionFactory(edition=candidature.edition)
    Answer.objects.update(question=new)
    rewrite(read_before, "Plus long", by=anne, at=NOW)
    moved = Answer.objects.get()
    assert (moved.question, moved.value) == (new, "Plus long")


# --- What a text takes the place of ---------------------------------------------------------------


def write(
    candidature: Candidature, question: Question, text: str, *, by: User, at: datetime = NOW
) -> None:
    version = getattr(Answer.objects.filter(question=question).first(), "version", 0)
    services.save_answers(candidature, values={question: (text, version)}, by=by, at=at)


def earlier() -> list[str]:
    return list(EarlierAnswer.objects.order_by("pk").values_list("value", flat=True))


def test_going_on_typing_keeps_no_earlier_text(
    candidature: Candidature, question: Question, anne: User
) -> None:
    for seconds, text in enumerate(["N", "Nos", "Nos écoles"]):
        at = NOW + timedelta(seconds=seconds)
        write(candidature, question, text, by=anne, at=at)
    assert earlier() == []


def test_the_text_of_a_colleague_is_kept(
    candidature: Candidature, question: Question, anne: User
) -> None:
    write(candidature, question, "D’Anne", by=anne)
    write(candidature, question, "De Bilal", by=contributor(candidature.territory))
    assert earlier() == ["D’Anne"]
    assert EarlierAnswer.objects.get().written_by == anne


def test_the_text_of_another_sitting_is_kept(
    candidature: Candidature, question: Question, anne: User
) -> None:
    write(candidature, question, "Hier, nous avons", by=anne)
    write(candidature, question, "Hier, nous avons vu", by=anne, at=NOW + timedelta(minutes=10))
    assert earlier() == ["Hier, nous avons"]


def test_a_text_of_which_most_is_erased_is_kept(
    candidature: Candidature, question: Question, anne: User
) -> None:
    write(candidature, question, "Un long paragraphe", by=anne)
    write(candidature, question, "", by=anne)
    write(candidature, question, "x", by=anne)
    assert earlier() == ["Un long paragraphe"]


def test_an_earlier_text_is_put_back_and_the_other_takes_its_place(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    write(candidature, question, "D’Anne", by=anne)
    write(candidature, question, "De Bilal", by=contributor(candidature.territory))
    client.force_login(anne)
    address = reverse("candidatures:earlier_answers", args=[candidature.pk, question.pk])
    page = client.get(address).content.decode()
    assert page.index("De Bilal") < page.index("D’Anne")
    for _ in range(2):  # a double click puts it back once
        assert client.post(address, {"version": 1, "over": 2}).status_code == 302
    assert Answer.objects.get().value == "D’Anne"
    assert earlier() == ["D’Anne", "De Bilal"]


def test_an_earlier_text_is_not_put_over_one_that_was_not_seen(
    candidature: Candidature, question: Question, anne: User
) -> None:
    write(candidature, question, "D’Anne", by=anne)
    write(candidature, question, "De Bilal", by=contributor(candidature.territory))
    kept = EarlierAnswer.objects.get()
    write(candidature, question, "De Chloé", by=contributor(candidature.territory))
    with pytest.raises(Refusal, match="relisez"):
        services.restore_answer(kept, over=2, by=anne, at=NOW)
    assert Answer.objects.get().value == "De Chloé"


# --- Who is there ---------------------------------------------------------------------------------


def test_one_sees_the_others_as_long_as_their_page_is_open(
    candidature: Candidature, anne: User
) -> None:
    now = timezone.now()
    services.notice(anne, candidature, section=None, at=now)
    here = Presence.objects.here(candidature, at=now + timedelta(seconds=60))
    assert [one.user for one in here] == [anne]
    assert not here.besides(anne).exists()
    assert not Presence.objects.here(candidature, at=now + timedelta(minutes=2)).exists()


def test_presence_tells_whether_a_colleague_wrote_since(
    client: Client, candidature: Candidature, question: Question, anne: User
) -> None:
    address = reverse("candidatures:presence", args=[candidature.pk])
    client.force_login(anne)
    since = client.post(address, {}).json()["since"]
    assert not client.post(address, {"since": since}).json()["changed"]
    write(candidature, question, "De moi", by=anne, at=timezone.now())
    assert not client.post(address, {"since": since}).json()["changed"]
    colleague = contributor(candidature.territory)
    write(candidature, question, "D’un collègue", by=colleague, at=timezone.now())
    assert client.post(address, {"since": since}).json()["changed"]
    assert not client.post(address, {"since": "hier", "section": "??"}).json()["changed"]


def test_nobody_is_noticed_in_a_dossier_that_is_not_theirs(
    client: Client, candidature: Candidature
) -> None:
    client.force_login(UserFactory())
    address = reverse("candidatures:presence", args=[candidature.pk])
    assert client.post(address, {}).status_code == 404
    assert not Presence.objects.exists()
