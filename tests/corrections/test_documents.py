"""The correction of an answer in documents: drafted beside the deposit, then in its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.choices import CorrectionState, QuestionKind
from candidatures.models import (
    Answer,
    Candidature,
    Correction,
    EarlierAnswer,
    Question,
)
from tests.corrections.acts import (
    BLURRED,
    CLEAR,
    OTHER,
    PLAN,
    answer,
    ask,
    but_for,
    deposited_of,
    document,
    documents_in,
    draft_documents,
    drafted,
    everything,
    followed_by,
    form_of,
    join,
    joined,
    page,
    replace_blurred,
    signed_in,
    staff_address,
    text_of,
)
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import EditionFactory
from tests.walk.dossiers import pdf
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(candidature: Candidature) -> Question:
    return Answer.objects.get(candidature=candidature, question__kind=QuestionKind.FILES).question


@pytest.fixture
def candidature() -> Candidature:
    """Deposited with a text, a document joined to the whole, and two in answer to a question."""
    dossier = complete(edition=EditionFactory(real=True))
    answer(dossier, QuestionFactory(edition=dossier.edition), OTHER)
    asked: Question = QuestionFactory(
        edition=dossier.edition, kind=QuestionKind.FILES, label="Quelles preuves ?", maximum=3
    )
    agent, now = referent(dossier.territory), timezone.now()
    join(dossier, asked, BLURRED, PLAN)
    services.attach(dossier, upload=document("annexe.pdf"), by=agent, at=now)
    services.deposit(dossier, by=agent, at=now)
    dossier.refresh_from_db()
    return dossier


def two() -> tuple[SimpleUploadedFile, SimpleUploadedFile]:
    return document(CLEAR), document("autre.pdf")


# --- The draft ------------------------------------------------------------------------


def test_the_draft_starts_from_what_is_deposited(correction: Correction) -> None:
    assert drafted(correction) == [BLURRED, PLAN]
    assert correction.written_at is None
    html = signed_in(referent(correction.deposit.candidature.territory)).get(page(correction))
    shown = html.content.decode()
    assert 'enctype="multipart/form-data"' in shown
    assert "Enregistrer le brouillon" in shown
    assert "data-keep" not in shown


def test_a_draft_changes_neither_the_deposit_nor_the_dossier(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    before = everything(candidature)
    draft_documents(correction, CLEAR, without=[BLURRED], by=contributor(candidature.territory))
    assert drafted(correction) == [PLAN, CLEAR]
    assert everything(candidature) == before
    assert joined(candidature, question) == [BLURRED, PLAN]


def test_what_is_no_document_is_refused_by_its_name_and_nothing_is_drafted(
    candidature: Candidature, correction: Correction
) -> None:
    client = signed_in(contributor(candidature.territory))
    wrong = SimpleUploadedFile("virus.pdf", b"MZ nothing of a document")
    refused = client.post(
        page(correction), form_of(correction, document(CLEAR), wrong, without=[BLURRED])
    )
    assert refused.status_code == 422
    assert "virus.pdf" in refused.content.decode()
    assert "Aucun de ces fichiers n’est joint" in refused.content.decode()
    assert drafted(correction) == [BLURRED, PLAN]


def test_the_number_of_documents_is_that_of_the_question(
    candidature: Candidature, correction: Correction
) -> None:
    client = signed_in(contributor(candidature.territory))
    refused = client.post(page(correction), form_of(correction, *two()))
    assert refused.status_code == 422
    assert "1 de trop" in refused.content.decode()
    kept = client.post(page(correction), form_of(correction, *two(), without=[BLURRED]))
    assert kept.status_code == 302
    assert drafted(correction) == [PLAN, CLEAR, "autre.pdf"]


def test_a_document_added_twice_or_put_back_is_there_once(
    candidature: Candidature, correction: Correction
) -> None:
    agent = contributor(candidature.territory)
    over = draft_documents(correction, CLEAR, by=agent)
    assert draft_documents(correction, CLEAR, by=agent, over=over) == over
    over = draft_documents(correction, without=[BLURRED], by=agent, over=over)
    draft_documents(correction, BLURRED, by=agent, over=over)
    assert sorted(drafted(correction)) == sorted([BLURRED, PLAN, CLEAR])


def test_a_document_of_another_correction_is_not_taken_out(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    over = draft_documents(correction, CLEAR, by=referent(candidature.territory))
    services.withdraw_correction(correction, by=odile, at=timezone.now())
    again = ask(candidature, correction.question, by=odile)
    sent = form_of(again) | {f"q{again.question_id}-retirer": list(every(correction))}
    client = signed_in(referent(candidature.territory))
    assert client.post(page(again), sent).status_code == 302
    assert drafted(correction) == [BLURRED, PLAN, CLEAR]
    assert drafted(again) == [BLURRED, PLAN]
    assert over == 1


def every(correction: Correction) -> list[int]:
    return [one.pk for one in correction.documents.all()]


def test_a_page_that_says_not_what_it_showed_drafts_nothing(
    candidature: Candidature, correction: Correction
) -> None:
    client = signed_in(contributor(candidature.territory))
    sent = form_of(correction, document(CLEAR))
    del sent[f"v{correction.question_id}"]
    assert client.post(page(correction), sent).status_code == 422
    assert drafted(correction) == [BLURRED, PLAN]


# --- Several people ---------------------------------------------------------------------


def test_two_colleagues_add_to_the_same_draft_and_neither_loses_a_document(
    candidature: Candidature, correction: Correction
) -> None:
    hers = signed_in(contributor(candidature.territory))
    his = signed_in(contributor(candidature.territory))
    assert hers.post(page(correction), form_of(correction, document(CLEAR))).status_code == 302
    theirs = form_of(correction, document("autre.pdf"), without=[BLURRED])
    assert his.post(page(correction), theirs).status_code == 302
    assert drafted(correction) == [PLAN, CLEAR, "autre.pdf"]


def test_what_a_colleague_added_meanwhile_is_read_before_it_is_sent(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    before = everything(candidature)
    draft_documents(correction, CLEAR, without=[PLAN], by=contributor(candidature.territory))
    client = signed_in(referent(candidature.territory))
    shown = client.post(page(correction), form_of(correction, document("autre.pdf"), send="oui"))
    assert shown.status_code == 409
    html = shown.content.decode()
    assert "vient de changer ce brouillon" in html
    assert CLEAR in html
    assert everything(candidature) == before
    assert drafted(correction) == [BLURRED, CLEAR, "autre.pdf"]
    over = shown.context["form"][f"v{question.pk}"].value()
    again = client.post(page(correction), form_of(correction, over=over, send="oui"))
    assert again.status_code == 302
    assert joined(candidature, question) == [BLURRED, CLEAR, "autre.pdf"]


def test_when_together_they_add_too_many_the_second_is_told_and_the_first_loses_nothing(
    candidature: Candidature, correction: Correction
) -> None:
    draft_documents(correction, CLEAR, by=contributor(candidature.territory))
    with pytest.raises(ValidationError, match="les vôtres ne sont pas joints"):
        draft_documents(correction, "autre.pdf", by=contributor(candidature.territory))
    assert drafted(correction) == [BLURRED, PLAN, CLEAR]


def test_a_reader_writes_no_draft(candidature: Candidature, correction: Correction) -> None:
    person = reader(candidature.territory)
    with pytest.raises(Forbidden):
        draft_documents(correction, CLEAR, by=person)
    client = signed_in(person)
    assert "Enregistrer le brouillon" not in client.get(page(correction)).content.decode()
    refused = client.post(page(correction), form_of(correction, document(CLEAR)))
    assert refused.status_code == 403
    assert drafted(correction) == [BLURRED, PLAN]


def test_only_a_referent_sends_and_the_draft_of_who_does_not_is_kept(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    client = signed_in(contributor(candidature.territory))
    sent = form_of(correction, document(CLEAR), without=[BLURRED], send="oui")
    assert client.post(page(correction), sent).status_code == 403
    assert drafted(correction) == [PLAN, CLEAR]
    assert joined(candidature, question) == [BLURRED, PLAN]


# --- Sent -------------------------------------------------------------------------------


def test_sending_changes_that_answer_and_its_documents_alone(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    before, kept = everything(candidature), candidature.attachments.get(name=PLAN)
    client = signed_in(referent(candidature.territory))
    sent = form_of(correction, document(CLEAR), without=[BLURRED], send="oui")
    assert client.post(page(correction), sent).status_code == 302
    after = everything(candidature)
    for dossier in ("deposit", "now"):
        assert text_of(after[dossier], question) == f"{PLAN}\n{CLEAR}"
        assert documents_in(after[dossier], question) == [PLAN, CLEAR]
        others = [but_for(one[dossier], question) for one in (before, after)]
        for one in others:
            one["attachments"] = [it for it in one["attachments"] if not it["question"]]
        assert others[0] == others[1]
        assert others[0]["attachments"]
    assert after["deposit"]["attachments"] == after["now"]["attachments"]
    assert after["sha256"] == snapshot.digest(after["deposit"]) != before["sha256"]
    assert candidature.attachments.get(name=PLAN) == kept
    assert Answer.objects.get(question=question).value == '["plan.pdf", "nette.pdf"]'


def test_a_document_is_signed_by_who_added_it_and_not_by_who_sent_it(
    candidature: Candidature, correction: Correction
) -> None:
    author = contributor(candidature.territory)
    over = draft_documents(correction, CLEAR, without=[BLURRED], by=author)
    agent = referent(candidature.territory)
    services.send_correction(correction, over=over, by=agent, at=timezone.now())
    assert candidature.attachments.get(name=CLEAR).added_by == author


def test_the_dossier_as_it_was_and_its_documents_stay_readable(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    before = deposited_of(candidature)
    former = candidature.attachments.get(name=BLURRED).file
    agent = referent(candidature.territory)
    replace_blurred(correction, by=agent)
    correction.refresh_from_db()
    assert correction.before == before.snapshot
    assert snapshot.digest(correction.before) == correction.before_sha256 == before.sha256
    arguments = [candidature.edition.year, candidature.pk]
    followed = reverse("candidatures_staff:candidature", args=arguments)
    kept = correction.documents.get(name=BLURRED)
    team, staff = signed_in(agent), signed_in(odile)
    for client, where, address in (
        (team, page(correction), kept.get_absolute_url()),
        (staff, followed, staff_address(kept)),
    ):
        html = client.get(where).content.decode()
        assert BLURRED in html
        assert former.sha256 in html
        assert address in html
        assert client.get(address).getvalue() == pdf(BLURRED)
    assert staff.get(staff_address(correction.documents.get(name=CLEAR))).status_code == 200


def test_no_earlier_text_offers_names_without_their_documents(
    candidature: Candidature, correction: Correction
) -> None:
    replace_blurred(correction, by=referent(candidature.territory))
    assert not EarlierAnswer.objects.exists()


def test_a_necessary_answer_keeps_a_document(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(is_required=True)
    before, agent = everything(candidature), referent(candidature.territory)
    client = signed_in(agent)
    sent = form_of(correction, without=[BLURRED, PLAN], send="oui")
    refused = client.post(page(correction), sent)
    assert refused.status_code == 422
    assert "ne peut pas être transmise vide" in refused.content.decode()
    assert everything(candidature) == before
    assert drafted(correction) == []


def test_an_answer_that_may_be_empty_is_emptied(
    candidature: Candidature, correction: Correction, question: Question
) -> None:
    agent = referent(candidature.territory)
    Question.objects.filter(pk=question.pk).update(is_required=False)
    over = draft_documents(correction, without=[BLURRED, PLAN], by=agent)
    services.send_correction(correction, over=over, by=agent, at=timezone.now())
    assert documents_in(deposited_of(candidature).snapshot, question) == []
    assert joined(candidature, question) == []
    assert BLURRED in signed_in(agent).get(page(correction)).content.decode()


def test_an_answer_that_held_none_gains_some(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    asked = QuestionFactory(edition=dossier.edition, kind=QuestionKind.FILES, is_required=False)
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    dossier.refresh_from_db()
    correction, agent = ask(dossier, asked, by=odile), referent(dossier.territory)
    over = draft_documents(correction, CLEAR, by=agent)
    services.send_correction(correction, over=over, by=agent, at=timezone.now())
    assert documents_in(deposited_of(dossier).snapshot, asked) == [CLEAR]
    assert "Les documents d’avant" in followed_by(odile, dossier)


def test_of_a_question_replaced_since_the_deposit_the_documents_follow(
    candidature: Candidature, question: Question, odile: User
) -> None:
    fresh = Question.objects.get(pk=question.pk)
    fresh.help = "Deux au moins."
    new = services.change_question(fresh, by=odile, at=timezone.now())
    correction = ask(candidature, new, by=odile)
    assert drafted(correction) == [BLURRED, PLAN]
    agent = referent(candidature.territory)
    replace_blurred(correction, by=agent)
    assert documents_in(deposited_of(candidature).snapshot, new) == [PLAN, CLEAR]
    assert joined(candidature, new) == [PLAN, CLEAR]
    assert joined(candidature, question) == []
    assert services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now()) == []


def test_letters_go_both_ways_and_name_no_document(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent = referent(candidature.territory)
    replace_blurred(correction, by=agent)
    told = Message.objects.filter(key__startswith="correction")
    assert page(correction) in told.get(to=deposited_of(candidature).deposited_by.email).text
    assert told.filter(to=odile.email).count() == 1
    assert not any(CLEAR in one.text or BLURRED in one.text for one in told)
    lines = " ".join(candidature.journal.values_list("what", flat=True))
    assert "Réponse corrigée après le dépôt" in lines


# --- Not sent ---------------------------------------------------------------------------


def _taken_back(correction: Correction, agent: User, odile: User) -> None:
    candidature = correction.deposit.candidature
    services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now())


def _too_late(correction: Correction, agent: User, odile: User) -> None:
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))


def _asked_no_more(correction: Correction, agent: User, odile: User) -> None:
    services.withdraw_correction(correction, by=odile, at=timezone.now())


@pytest.mark.parametrize("over", [_taken_back, _too_late, _asked_no_more])
def test_what_was_drafted_and_not_sent_is_still_there_for_its_team_and_nowhere_else(
    candidature: Candidature,
    correction: Correction,
    question: Question,
    odile: User,
    over: Callable[[Correction, User, User], None],
) -> None:
    agent = referent(candidature.territory)
    deposit = deposited_of(candidature)
    draft_documents(correction, CLEAR, without=[BLURRED], by=contributor(candidature.territory))
    over(correction, agent, odile)
    client, found = signed_in(agent), correction.documents.get(name=CLEAR)
    detail = client.get(reverse("candidatures:detail", args=[candidature.pk])).content.decode()
    assert page(correction) in detail.partition("n’a pas été transmis, et se relit")[0]
    html = client.get(page(correction)).content.decode()
    assert found.get_absolute_url() in html
    assert client.get(found.get_absolute_url()).getvalue() == pdf(CLEAR)
    refused = client.post(page(correction), form_of(correction, document("autre.pdf"), over=1))
    assert refused.status_code == 409
    assert "gardez vos fichiers" in " ".join(refused.content.decode().split())
    with pytest.raises(Refusal, match="plus ouverte"):
        services.send_correction(correction, over=1, by=agent, at=timezone.now())
    assert drafted(correction) == [PLAN, CLEAR]
    assert joined(candidature, question) == [BLURRED, PLAN]
    deposit.refresh_from_db()
    assert documents_in(deposit.snapshot, question) == [BLURRED, PLAN]
    assert signed_in(odile).get(staff_address(found)).status_code == 404
    assert CLEAR not in followed_by(odile, candidature)


def test_asked_again_it_starts_anew_from_the_deposit(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    draft_documents(correction, CLEAR, without=[BLURRED], by=referent(candidature.territory))
    services.withdraw_correction(correction, by=odile, at=timezone.now())
    again = ask(candidature, correction.question, by=odile)
    assert drafted(again) == [BLURRED, PLAN]
    replace_blurred(again, by=referent(candidature.territory))
    once_more = ask(candidature, correction.question, by=odile)
    assert drafted(once_more) == [PLAN, CLEAR]


def test_a_deposit_taken_back_is_answered_deposited_and_corrected_again(
    candidature: Candidature, correction: Correction, question: Question, odile: User
) -> None:
    agent, now = referent(candidature.territory), timezone.now()
    draft_documents(correction, CLEAR, by=agent)
    services.withdraw_deposit(candidature, number=1, by=agent, at=now)
    join(candidature, question, CLEAR)
    assert joined(candidature, question) == [BLURRED, PLAN, CLEAR]
    services.deposit(candidature, by=agent, at=now)
    candidature.refresh_from_db()
    again = ask(candidature, question, by=odile)
    over = draft_documents(again, without=[BLURRED], by=agent)
    services.send_correction(again, over=over, by=agent, at=now)
    assert documents_in(deposited_of(candidature).snapshot, question) == [PLAN, CLEAR]
    assert Correction.objects.get(pk=correction.pk).state == CorrectionState.WITHDRAWN


def test_a_document_of_a_correction_belongs_somewhere(correction: Correction) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        correction.documents.update(is_deposited=False, is_drafted=False)
