"""A question answered by documents: joined to it, counted, and frozen with the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidatures import services, snapshot
from candidatures.carrying import carry
from candidatures.choices import QuestionKind
from candidatures.completeness import missing
from candidatures.forms.questionnaire import QuestionForm
from candidatures.models import Answer, Attachment, Candidature, Question
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    complete,
    contributor,
    deposit_last_day,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from tests.walk.dossiers import pdf
from villes_internet.files.services import examine, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidature() -> Candidature:
    found: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return found


@pytest.fixture
def question(candidature: Candidature) -> Question:
    return asking_for_files(candidature)


def asking_for_files(candidature: Candidature, **fields: object) -> Question:
    question: Question = QuestionFactory(
        edition=candidature.edition, kind=QuestionKind.FILES, label="Quelles preuves ?", **fields
    )
    return question


def document(name: str = "bilan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(name), "application/pdf")


def join(candidature: Candidature, question: Question, *names: str) -> None:
    services.answer_with_files(
        candidature,
        question,
        added=[(name, examine(document(name))) for name in names],
        by=contributor(candidature.territory),
        at=NOW,
    )


def send(
    client: Client,
    candidature: Candidature,
    question: Question,
    files: Sequence[SimpleUploadedFile] = (),
    **more: Any,
) -> tuple[int, str]:
    client.force_login(contributor(candidature.territory))
    sent = {f"q{question.pk}": list(files), f"v{question.pk}": "0", **more}
    address = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    answer = client.post(address, sent)
    return answer.status_code, answer.content.decode()


def test_documents_sent_with_the_section_are_the_answer(
    client: Client, candidature: Candidature, question: Question
) -> None:
    status, _ = send(client, candidature, question, [document("bilan.pdf"), document("plan.pdf")])
    assert status == 302
    joined = Attachment.objects.filter(candidature=candidature, question=question)
    assert [one.name for one in joined.in_order()] == ["bilan.pdf", "plan.pdf"]
    assert Answer.objects.get().value == '["bilan.pdf", "plan.pdf"]'


def test_saving_the_section_again_leaves_the_documents_there(
    client: Client, candidature: Candidature, question: Question
) -> None:
    join(candidature, question, "bilan.pdf")
    assert send(client, candidature, question)[0] == 302
    assert Answer.objects.get().value == '["bilan.pdf"]'


def test_the_same_document_sent_twice_is_there_once(
    client: Client, candidature: Candidature, question: Question
) -> None:
    for _ in range(2):
        send(client, candidature, question, [document()])
    assert Attachment.objects.get().question == question


def test_a_document_is_taken_out_by_its_box_or_from_the_list_of_documents(
    client: Client, candidature: Candidature, question: Question
) -> None:
    join(candidature, question, "bilan.pdf", "plan.pdf")
    first, second = Attachment.objects.in_order()
    send(client, candidature, question, [], **{f"q{question.pk}-retirer": [first.pk]})
    assert Answer.objects.get().value == '["plan.pdf"]'
    client.post(reverse("candidatures:detach", args=[candidature.pk, second.pk]))
    assert Answer.objects.get().value == ""


def test_a_document_of_another_question_or_dossier_is_not_taken_out(
    client: Client, candidature: Candidature, question: Question
) -> None:
    other, elsewhere = (
        asking_for_files(candidature),
        CandidatureFactory(edition=candidature.edition),
    )
    join(candidature, other, "autre.pdf")
    join(elsewhere, question, "ailleurs.pdf")
    everything = list(Attachment.objects.values_list("pk", flat=True))
    send(client, candidature, question, [], **{f"q{question.pk}-retirer": everything})
    assert Attachment.objects.count() == 2


def test_what_is_no_document_is_refused_by_its_name_and_nothing_is_joined(
    client: Client, candidature: Candidature, question: Question
) -> None:
    files = [document(), SimpleUploadedFile("virus.pdf", b"MZ nothing of a document")]
    status, page = send(client, candidature, question, files)
    assert status == 422
    assert "« virus.pdf »" in page
    assert "Aucun de ces fichiers n’est joint" in page
    assert not Attachment.objects.exists()


def test_one_bad_document_does_not_lose_the_texts(
    client: Client, candidature: Candidature, question: Question
) -> None:
    text = QuestionFactory(edition=candidature.edition)
    bad = SimpleUploadedFile("vide.pdf", b"")
    more = {f"q{text.pk}": "Nos écoles", f"v{text.pk}": "0"}
    assert send(client, candidature, question, [bad], **more)[0] == 422
    assert Answer.objects.get(question=text).value == "Nos écoles"


def test_the_number_of_documents_is_bounded_and_said_beforehand(
    client: Client, candidature: Candidature
) -> None:
    question = asking_for_files(candidature, maximum=2)
    status, page = send(client, candidature, question, [document(f"{n}.pdf") for n in range(3)])
    assert status == 422
    assert "2 fichiers au plus" in page
    assert "1 de trop" in page
    assert not Attachment.objects.exists()


def test_an_answer_that_is_full_changes_one_document_for_another_in_one_go(
    client: Client, candidature: Candidature
) -> None:
    question = asking_for_files(candidature, maximum=1)
    join(candidature, question, "illisible.pdf")
    taken_out = {f"q{question.pk}-retirer": [Attachment.objects.get().pk]}
    status, _ = send(client, candidature, question, [document("net.pdf")], **taken_out)
    assert status == 302
    assert Attachment.objects.get().name == "net.pdf"
    address = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    page = client.get(address).content.decode()
    assert "Tous les fichiers permis sont joints" in page
    assert 'type="file"' in page


def test_a_document_is_taken_out_of_an_answer_that_holds_more_than_is_now_allowed(
    client: Client, candidature: Candidature, question: Question
) -> None:
    join(candidature, question, "un.pdf", "deux.pdf", "trois.pdf")
    Question.objects.filter(pk=question.pk).update(maximum=1)
    taken_out = {f"q{question.pk}-retirer": [Attachment.objects.get(name="deux.pdf").pk]}
    assert send(client, candidature, question, [], **taken_out)[0] == 302
    assert set(Attachment.objects.values_list("name", flat=True)) == {"un.pdf", "trois.pdf"}


def test_two_colleagues_cannot_together_join_too_many(candidature: Candidature) -> None:
    question = asking_for_files(candidature, maximum=1)
    join(candidature, question, "le-sien.pdf")
    with pytest.raises(ValidationError, match="collègue"):
        join(candidature, question, "le-mien.pdf")
    assert Attachment.objects.get().name == "le-sien.pdf"


def test_an_open_page_sends_its_documents_by_itself(
    client: Client, candidature: Candidature, question: Question
) -> None:
    client.force_login(contributor(candidature.territory))
    address = reverse("candidatures:answer", args=[candidature.pk, question.pk])
    sent = {f"q{question.pk}": document(), f"v{question.pk}": "0"}
    assert client.post(address, sent).json() == {"version": 1}
    wrong = {f"q{question.pk}": SimpleUploadedFile("a.pdf", b"rien"), f"v{question.pk}": "1"}
    refused = client.post(address, wrong)
    assert refused.status_code == 422
    assert "a.pdf" in refused.json()["problem"]


def test_no_stranger_joins_a_document(
    client: Client, candidature: Candidature, question: Question
) -> None:
    client.force_login(contributor(CandidatureFactory(edition=candidature.edition).territory))
    address = reverse("candidatures:answer", args=[candidature.pk, question.pk])
    sent = {f"q{question.pk}": document(), f"v{question.pk}": "0"}
    assert client.post(address, sent).status_code == 404
    assert not Attachment.objects.exists()


def test_a_document_that_is_needed_is_missed_until_it_is_there() -> None:
    candidature = complete()
    question = asking_for_files(candidature, is_required=True)
    [line] = missing(candidature)
    assert question.label in line.sentence
    join(candidature, question, "bilan.pdf")
    assert not missing(candidature)


def test_the_deposit_names_each_document_and_the_question_it_answers() -> None:
    candidature = complete()
    question = asking_for_files(candidature)
    join(candidature, question, "bilan.pdf")
    services.attach(
        candidature, upload=document("annexe.pdf"), by=contributor(candidature.territory), at=NOW
    )
    dossier = snapshot.take(candidature)
    assert [(one["name"], one["question"]) for one in dossier["attachments"]] == [
        ("annexe.pdf", ""),
        ("bilan.pdf", "Quelles preuves ?"),
    ]
    answers = {
        one["label"]: one["value"] for part in dossier["sections"] for one in part["answers"]
    }
    assert answers["Quelles preuves ?"] == "bilan.pdf"


def test_a_document_whose_question_is_no_longer_asked_is_not_deposited() -> None:
    candidature = complete()
    question = asking_for_files(candidature)
    join(candidature, question, "bilan.pdf")
    Question.objects.filter(pk=question.pk).update(candidate_types=["ville"])
    assert candidature.candidate_type != "ville"
    assert snapshot.take(candidature)["attachments"] == []


def test_nor_is_it_read_by_the_jury_that_reads_the_deposit(client: Client) -> None:
    candidature = complete(edition=EditionFactory(real=True, reading=True))
    question = asking_for_files(candidature)
    Attachment.objects.bulk_create(
        Attachment(
            candidature=candidature,
            question=asked_for,
            file=keep(examine(document()), at=NOW),
            name="bilan.pdf",
            added_at=NOW,
            added_by=referent(candidature.territory),
        )
        for asked_for in (None, question)
    )
    Question.objects.filter(pk=question.pk).update(candidate_types=["ville"])
    deposit_last_day(candidature)
    juror = JurorFactory(edition=candidature.edition)
    assigned(juror, candidature)
    client.force_login(juror.user)
    year = candidature.edition.year
    answers = {
        one.question: client.get(
            reverse("jury:attachment", args=[year, candidature.pk, one.pk])
        ).status_code
        for one in Attachment.objects.select_related("question")
    }
    assert answers == {None: 200, question: 404}


def test_documents_follow_their_question_when_the_staff_reword_it_after_a_deposit() -> None:
    candidature = complete()
    question = asking_for_files(candidature)
    join(candidature, question, "bilan.pdf")
    agent = referent(candidature.territory)
    services.deposit(candidature, by=agent, at=NOW)
    question.label = "Quels documents ?"
    services.change_question(question, by=UserFactory(staff=True), at=NOW)
    services.withdraw_deposit(candidature, number=1, by=agent, at=NOW)
    now = Question.objects.get(code=question.code, retired_at=None)
    assert Attachment.objects.get().question == now
    assert Answer.objects.get(question=now).value == '["bilan.pdf"]'


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_document_sent_by_a_page_older_than_the_question_is_joined_to_the_new_one(
    client: Client, candidature: Candidature, question: Question, by_itself: bool
) -> None:
    join(candidature, question, "ancien.pdf")
    new = asking_for_files(candidature)
    Question.objects.filter(pk=question.pk).update(retired_at=NOW, replaced_by=new)
    Attachment.objects.update(question=new)
    old = Attachment.objects.get()
    client.force_login(contributor(candidature.territory))
    sent = {
        f"q{question.pk}": document("bilan.pdf"),
        f"q{question.pk}-retirer": old.pk,
        f"v{question.pk}": "1",
    }
    address = (
        reverse("candidatures:answer", args=[candidature.pk, question.pk])
        if by_itself
        else reverse("candidatures:section", args=[candidature.pk, question.section.code])
    )
    client.post(address, sent)
    joined = Attachment.objects.filter(question=new)
    assert [one.name for one in joined] == ["bilan.pdf"]


def test_the_names_of_documents_do_not_go_elsewhere_without_them() -> None:
    question = Question(kind=QuestionKind.FILES)
    carried = carry('["bilan.pdf"]', before=question, after=Question(kind=QuestionKind.FILES))
    assert (carried.value, carried.is_whole) == ("", False)


@pytest.mark.parametrize(
    ("most", "accepted"), [("", True), ("4", True), ("0", False), ("11", False)]
)
def test_the_staff_say_how_many_documents_answer(
    most: str, accepted: bool, candidature: Candidature, question: Question
) -> None:
    data = {"label": "Vos preuves ?", "kind": "files", "maximum": most}
    form = QuestionForm(data, instance=question)
    assert form.is_valid() is accepted
