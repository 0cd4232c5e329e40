"""« Correction demandée »: one answer of a deposited dossier is reopened, and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.choices import CorrectionState, QuestionKind
from candidatures.models import (
    Answer,
    Candidature,
    Correction,
    Deposit,
    EarlierAnswer,
    Initiative,
    Question,
)
from candidatures.values import from_rows
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.walk.cast import browser
from tests.walk.dossiers import pdf
from villes_internet.calendar import end_of, start_of
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db
FIRST, OTHER = "Ce qui a été déposé", "Une autre réponse"


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


def answer(candidature: Candidature, question: Question, text: str) -> None:
    services.save_answers(
        candidature,
        values={question: (text, 0)},
        by=referent(candidature.territory),
        at=timezone.now(),
    )


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


def ask(candidature: Candidature, question: Question, *, by: User, **more: Any) -> Correction:
    edition = candidature.edition
    said: dict[str, Any] = {
        "request": "Précisez l’année.",
        "until": edition.reading_starts_on - timedelta(days=1),
        "at": timezone.now(),
    }
    return services.ask_correction(candidature, question, by=by, **(said | more))


def draft(
    correction: Correction, text: str, *, by: User, over: int = 0, at: datetime | None = None
) -> Correction:
    return services.save_correction(
        correction, value=text, over=over, by=by, at=at or timezone.now()
    )


def send(correction: Correction, text: str, *, by: User) -> None:
    saved = draft(correction, text, by=by)
    services.send_correction(saved, over=saved.version, by=by, at=timezone.now())


def deposited_of(candidature: Candidature) -> Deposit:
    return Deposit.objects.standing().get(candidature=candidature)


def but_for(dossier: dict[str, Any], question: Question) -> dict[str, Any]:
    """The dossier without its answer to this question."""
    kept = deepcopy(dossier)
    for section in kept["sections"]:
        section["answers"] = [one for one in section["answers"] if one["code"] != question.code]
    return kept


def text_of(dossier: dict[str, Any], question: Question) -> str:
    [value] = [
        one["value"]
        for section in dossier["sections"]
        for one in section["answers"]
        if one["code"] == question.code
    ]
    return str(value)


def signed_in(user: User) -> Client:
    client = browser()
    client.force_login(user)
    return client


def page(correction: Correction) -> str:
    return reverse(
        "candidatures:correction", args=[correction.deposit.candidature_id, correction.pk]
    )


# --- What is not reopened cannot change ---------------------------------------------


def everything(candidature: Candidature) -> dict[str, Any]:
    """All that the dossier holds, deposited or not."""
    deposit = deposited_of(candidature)
    return {
        "deposit": deepcopy(deposit.snapshot),
        "sha256": deposit.sha256,
        "now": snapshot.take(Candidature.objects.with_details().get(pk=candidature.pk)),
        "state": Candidature.objects.get(pk=candidature.pk).state,
    }


def _write_other(candidature: Candidature, by: User, at: datetime) -> None:
    other = Answer.objects.get(candidature=candidature, value=OTHER)
    services.save_answers(
        candidature, values={other.question: ("Changée", other.version)}, by=by, at=at
    )


def _write_reopened(candidature: Candidature, by: User, at: datetime) -> None:
    """Not even that one, but through its correction."""
    reopened = Answer.objects.get(candidature=candidature, value=FIRST)
    services.save_answers(
        candidature, values={reopened.question: ("Changée", reopened.version)}, by=by, at=at
    )


def _initiative(candidature: Candidature) -> Initiative:
    return Initiative.objects.filter(candidature=candidature)[0]


ELSEWHERE: dict[str, Callable[[Candidature, User, datetime], object]] = {
    "another answer": _write_other,
    "the same answer in its section": _write_reopened,
    "a new action": lambda it, by, at: services.add_initiative(
        it, initiative=Initiative(title="Nouvelle"), services=[], by=by, at=at
    ),
    "no more action": lambda it, by, at: services.remove_initiative(_initiative(it), by=by, at=at),
    "a copied action": lambda it, by, at: services.duplicate_initiative(
        _initiative(it), by=by, at=at
    ),
    "one document more": lambda it, by, at: services.attach(
        it, upload=SimpleUploadedFile("autre.pdf", pdf("Autre")), by=by, at=at
    ),
    "one document less": lambda it, by, at: services.detach(it.attachments.get(), by=by, at=at),
    "a deposit": lambda it, by, at: services.deposit(it, by=by, at=at),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_nothing_else_opens(candidature: Candidature, correction: Correction, what: str) -> None:
    agent, before = referent(candidature.territory), everything(candidature)
    with pytest.raises(Refusal, match="déposée"), transaction.atomic():
        ELSEWHERE[what](candidature, agent, timezone.now())
    assert everything(candidature) == before


@pytest.mark.parametrize("text", [FIRST, OTHER])
def test_the_page_that_saves_while_one_types_saves_nothing(
    candidature: Candidature, correction: Correction, text: str
) -> None:
    before = everything(candidature)
    stored = Answer.objects.get(candidature=candidature, value=text)
    client = signed_in(referent(candidature.territory))
    sent = {f"q{stored.question_id}": "Changée", f"v{stored.question_id}": stored.version}
    url = reverse("candidatures:answer", args=[candidature.pk, stored.question_id])
    assert client.post(url, sent).status_code == 409
    assert everything(candidature) == before


def test_a_correction_takes_the_field_of_no_other_question(
    candidature: Candidature, correction: Correction
) -> None:
    before = everything(candidature)
    other = Answer.objects.get(candidature=candidature, value=OTHER)
    sent = {
        f"q{correction.question_id}": "Corrigée",
        f"v{correction.question_id}": 0,
        f"q{other.question_id}": "Changée",
        f"v{other.question_id}": other.version,
        "send": "oui",
    }
    answered = signed_in(referent(candidature.territory)).post(page(correction), sent)
    assert answered.status_code == 302
    after = everything(candidature)
    for dossier in ("deposit", "now"):
        assert text_of(after[dossier], correction.question) == "Corrigée"
        assert but_for(after[dossier], correction.question) == but_for(
            before[dossier], correction.question
        )


def test_a_draft_changes_neither_the_deposit_nor_the_dossier(
    candidature: Candidature, correction: Correction
) -> None:
    before = everything(candidature)
    draft(correction, "Un brouillon", by=contributor(candidature.territory))
    assert everything(candidature) == before


@pytest.mark.parametrize("text", ["Corrigée", "Un texte\nsur deux lignes", "« Guillemets »"])
def test_sending_changes_that_answer_alone(
    candidature: Candidature, correction: Correction, question: Question, text: str
) -> None:
    before = everything(candidature)
    send(correction, text, by=referent(candidature.territory))
    after = everything(candidature)
    assert text_of(after["deposit"], question) == text
    assert but_for(after["deposit"], question) == but_for(before["deposit"], question)
    assert after["sha256"] == snapshot.digest(after["deposit"]) != before["sha256"]
    assert after["state"] == before["state"]


def test_who_reads_the_dossier_sees_that_it_was_corrected_and_only_the_staff_the_text_before(
    candidature: Candidature, correction: Correction, question: Question, odile: User
) -> None:
    send(correction, "Corrigée", by=referent(candidature.territory))
    dossier = everything(candidature)["deposit"]
    [answer] = [
        one
        for section in dossier["sections"]
        for one in section["answers"]
        if one["code"] == question.code
    ]
    assert answer["note"].startswith("Corrigée le ")
    page = render_to_string("candidatures/includes/dossier.html", {"dossier": dossier})
    assert answer["note"] in page
    assert FIRST not in str(dossier)
    arguments = [candidature.edition.year, candidature.pk]
    followed = reverse("candidatures_staff:candidature", args=arguments)
    assert FIRST in signed_in(odile).get(followed).content.decode()


def test_an_answer_that_would_open_others_is_not_sent(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    asked: Question = QuestionFactory(edition=dossier.edition, kind=QuestionKind.YES_NO)
    QuestionFactory(
        edition=dossier.edition,
        asked_if=[{"question": asked.code, "operator": "is", "values": ["yes"]}],
    )
    answer(dossier, asked, "no")
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    dossier.refresh_from_db()
    correction, before = ask(dossier, asked, by=odile), everything(dossier)
    with pytest.raises(Refusal, match="ne rouvre pas"):
        send(correction, "yes", by=referent(dossier.territory))
    assert everything(dossier) == before


def test_a_necessary_answer_is_not_emptied(
    candidature: Candidature, correction: Correction
) -> None:
    before = everything(candidature)
    with pytest.raises(Refusal, match="nécessaire"):
        send(correction, "", by=referent(candidature.territory))
    assert everything(candidature) == before


def test_an_answer_that_is_necessary_to_others_alone_is_emptied(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    opening: Question = QuestionFactory(edition=dossier.edition, kind=QuestionKind.YES_NO)
    asked_if = [{"question": opening.code, "operator": "is", "values": ["yes"]}]
    asked: Question = QuestionFactory(edition=dossier.edition, required_if=asked_if)
    answer(dossier, opening, "no")
    answer(dossier, asked, FIRST)
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    dossier.refresh_from_db()
    correction = ask(dossier, asked, by=odile)
    sent = {f"q{asked.pk}": "", f"v{asked.pk}": 0, "send": "oui"}
    assert signed_in(referent(dossier.territory)).post(page(correction), sent).status_code == 302
    assert text_of(deposited_of(dossier).snapshot, asked) == ""


def replace(question: Question, by: User, **words: object) -> Question:
    """Another version of it under the same words, as a help that changes makes one."""
    fresh = Question.objects.get(pk=question.pk)
    for name, value in ({"help": "En deux lignes."} | words).items():
        setattr(fresh, name, value)
    return services.change_question(fresh, by=by, at=timezone.now())


def test_of_a_question_replaced_since_the_deposit_the_draft_is_what_was_deposited(
    candidature: Candidature, question: Question, odile: User
) -> None:
    new = replace(question, odile)
    correction = ask(candidature, new, by=odile)
    assert correction.draft == FIRST
    agent = referent(candidature.territory)
    send(correction, "Corrigée", by=agent)
    assert text_of(deposited_of(candidature).snapshot, new) == "Corrigée"
    assert EarlierAnswer.objects.get(answer__question=new).value == FIRST
    assert services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now()) == []


def test_what_it_opened_is_still_open_once_corrected(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    columns = ["Métier", "Agents"]
    asked = QuestionFactory(edition=dossier.edition, kind=QuestionKind.TABLE, columns=columns)
    asked_if = [{"question": asked.code, "operator": "answered"}]
    QuestionFactory(edition=dossier.edition, asked_if=asked_if, is_required=False)
    answer(dossier, asked, from_rows([["Médiation", "2"]]))
    services.deposit(dossier, by=referent(dossier.territory), at=timezone.now())
    dossier.refresh_from_db()
    new = replace(asked, odile)
    correction = ask(dossier, new, by=odile)
    send(correction, from_rows([["Médiation", "3"]]), by=referent(dossier.territory))
    assert text_of(deposited_of(dossier).snapshot, new).endswith("3")


def test_two_corrections_do_not_mix(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent = referent(candidature.territory)
    other = Answer.objects.get(candidature=candidature, value=OTHER).question
    second = ask(candidature, other, by=odile)
    draft(second, "Brouillon à moitié", by=agent)
    send(correction, "Corrigée", by=agent)
    dossier = deposited_of(candidature).snapshot
    assert text_of(dossier, correction.question) == "Corrigée"
    assert text_of(dossier, other) == OTHER


# --- Before, and after ----------------------------------------------------------------


def test_the_dossier_as_it_was_stays_readable(
    candidature: Candidature, correction: Correction
) -> None:
    before = deposited_of(candidature)
    agent = referent(candidature.territory)
    send(correction, "Corrigée", by=agent)
    correction.refresh_from_db()
    assert correction.before == before.snapshot
    assert correction.before_sha256 == before.sha256
    assert snapshot.digest(correction.before) == correction.before_sha256
    html = signed_in(agent).get(page(correction)).content.decode()
    assert FIRST in html
    assert "Corrigée" in html
    url = reverse("candidatures:past_deposit", args=[candidature.pk, before.number])
    assert page(correction) in signed_in(agent).get(url).content.decode()
    assert EarlierAnswer.objects.get(answer__question=correction.question).value == FIRST


def test_the_jury_reads_the_corrected_text_and_never_the_draft_nor_the_request(
    candidature: Candidature, correction: Correction
) -> None:
    agent = referent(candidature.territory)
    juror = JurorFactory(edition=candidature.edition)
    candidature.edition.opens_on -= timedelta(days=90)
    candidature.edition.closes_on = timezone.localdate() - timedelta(days=2)
    candidature.edition.reading_starts_on = timezone.localdate() - timedelta(days=1)
    candidature.edition.save()
    assigned(juror, candidature)
    Correction.objects.update(until=timezone.localdate() + timedelta(days=1))
    url = reverse("jury:review", args=[candidature.edition.year, candidature.pk])
    saved = draft(correction, "Le texte corrigé", by=agent)
    html = signed_in(juror.user).get(url).content.decode()
    assert FIRST in html
    assert "Le texte corrigé" not in html
    services.send_correction(saved, over=saved.version, by=agent, at=timezone.now())
    html = signed_in(juror.user).get(url).content.decode()
    assert "Le texte corrigé" in html
    assert FIRST not in html
    assert "Précisez l’année." not in html


def test_the_journal_says_each_step(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    send(correction, "Corrigée", by=referent(candidature.territory))
    services.withdraw_correction(
        ask(candidature, correction.question, by=odile), by=odile, at=timezone.now()
    )
    lines = " ".join(candidature.journal.values_list("what", flat=True))
    for said in ("Correction demandée", "Réponse corrigée", "Demande de correction retirée"):
        assert said in lines


# --- Until when -----------------------------------------------------------------------


def test_it_closes_at_the_end_of_its_last_day_in_paris(
    candidature: Candidature, correction: Correction
) -> None:
    agent, over = referent(candidature.territory), end_of(correction.until)
    last = draft(correction, "À temps", by=agent, at=over - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(last, "Trop tard", by=agent, over=last.version, at=over)
    with pytest.raises(Refusal, match="plus ouverte"):
        services.send_correction(last, over=last.version, by=agent, at=over)
    assert text_of(deposited_of(candidature).snapshot, correction.question) == FIRST


def test_it_ends_before_the_reading_unless_the_staff_say_so(
    candidature: Candidature, question: Question, odile: User
) -> None:
    reading = candidature.edition.reading_starts_on
    with pytest.raises(Refusal, match="commence sa lecture"):
        ask(candidature, question, by=odile, until=reading)
    assert ask(candidature, question, by=odile, until=reading, while_reading=True)


def test_it_never_lasts_until_the_jury_decides(
    candidature: Candidature, question: Question, odile: User
) -> None:
    day = candidature.edition.deliberates_on
    with pytest.raises(Refusal, match="délibère"):
        ask(candidature, question, by=odile, until=day, while_reading=True)
    with pytest.raises(Refusal, match="délibère"):
        ask(candidature, question, by=odile, until=day, while_reading=True, at=start_of(day))


def test_it_closes_when_the_jury_deliberates_though_its_calendar_moved_since(
    candidature: Candidature, correction: Correction
) -> None:
    agent, edition = referent(candidature.territory), candidature.edition
    edition.deliberates_on = edition.reading_starts_on + timedelta(days=1)
    edition.save()
    Correction.objects.update(until=edition.deliberates_on)
    begins = start_of(edition.deliberates_on)
    last = draft(correction, "À temps", by=agent, at=begins - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(last, "Trop tard", by=agent, over=last.version, at=begins)
    assert not Correction.objects.open(at=begins).exists()
    assert Correction.objects.open(at=begins - timedelta(microseconds=1)).exists()


def test_a_day_that_is_past_is_refused(
    candidature: Candidature, question: Question, odile: User
) -> None:
    with pytest.raises(Refusal, match="passé"):
        ask(candidature, question, by=odile, until=timezone.localdate() - timedelta(days=1))


def test_one_that_nobody_made_in_time_gives_way_to_another(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    with pytest.raises(Refusal, match="déjà demandée"):
        ask(candidature, correction.question, by=odile)
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert ask(candidature, correction.question, by=odile)


# --- Withdrawn --------------------------------------------------------------------------


def test_withdrawn_it_is_written_no_more(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent, before = referent(candidature.territory), everything(candidature)
    saved = draft(correction, "Un brouillon", by=agent)
    for _ in range(2):
        services.withdraw_correction(correction, by=odile, at=timezone.now())
    with pytest.raises(Refusal, match="plus ouverte"):
        services.send_correction(saved, over=saved.version, by=agent, at=timezone.now())
    assert everything(candidature) == before
    assert "Un brouillon" in signed_in(agent).get(page(correction)).content.decode()


def test_what_is_made_is_not_withdrawn(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    send(correction, "Corrigée", by=referent(candidature.territory))
    with pytest.raises(Refusal, match="vient de transmettre"):
        services.withdraw_correction(correction, by=odile, at=timezone.now())


def test_it_goes_with_the_deposit_that_is_taken_back(
    candidature: Candidature, correction: Correction
) -> None:
    agent = referent(candidature.territory)
    services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now())
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(correction, "Trop tard", by=agent)
    assert not Correction.objects.open(at=timezone.now()).exists()
    correction.refresh_from_db()
    assert (correction.state, correction.closed_by) == (CorrectionState.WITHDRAWN, agent)
    said = f"sans objet, le dépôt étant retiré : « {correction.question} »"
    assert candidature.journal.filter(what__contains=said).count() == 1
    letter = Message.objects.get(key__startswith="withdrawal", to=agent.email)
    words = " ".join(letter.text.replace("\N{NO-BREAK SPACE}", " ").split())
    assert f"« {correction.question} ». Elle se fait maintenant" in words


def test_the_next_deposit_is_not_said_to_be_corrected(
    candidature: Candidature, correction: Correction
) -> None:
    agent, now = referent(candidature.territory), timezone.now()
    send(correction, "Corrigée", by=agent)
    detail = reverse("candidatures:detail", args=[candidature.pk])
    assert "corrigée depuis" in signed_in(agent).get(detail).content.decode()
    services.withdraw_deposit(candidature, number=1, by=agent, at=now)
    services.deposit(candidature, by=agent, at=now)
    assert "corrigée depuis" not in signed_in(agent).get(detail).content.decode()


def _taken_back(correction: Correction, agent: User, odile: User) -> None:
    candidature = correction.deposit.candidature
    services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now())


def _too_late(correction: Correction, agent: User, odile: User) -> None:
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))


def _asked_no_more(correction: Correction, agent: User, odile: User) -> None:
    services.withdraw_correction(correction, by=odile, at=timezone.now())


@pytest.mark.parametrize("over", [_taken_back, _too_late, _asked_no_more])
def test_a_draft_that_was_not_sent_is_read_for_ever(
    candidature: Candidature,
    correction: Correction,
    odile: User,
    over: Callable[[Correction, User, User], None],
) -> None:
    agent = referent(candidature.territory)
    client = signed_in(agent)
    detail = reverse("candidatures:detail", args=[candidature.pk])
    draft(correction, "Un brouillon", by=agent)
    assert "n’a pas été transmis, et se relit" not in client.get(detail).content.decode()
    over(correction, agent, odile)
    found = client.get(detail).content.decode()
    assert page(correction) in found.partition("n’a pas été transmis, et se relit")[0]
    assert "Un brouillon" in client.get(page(correction)).content.decode()


# --- Who ----------------------------------------------------------------------------------


def test_a_contributor_drafts_and_a_referent_sends(
    candidature: Candidature, correction: Correction
) -> None:
    helper = contributor(candidature.territory)
    sent = {f"q{correction.question_id}": "Corrigée", f"v{correction.question_id}": 0}
    refused = signed_in(helper).post(page(correction), sent | {"send": "oui"})
    assert refused.status_code == 403
    correction.refresh_from_db()
    assert correction.draft == "Corrigée"
    agent = referent(candidature.territory)
    services.send_correction(correction, over=1, by=agent, at=timezone.now())
    correction.refresh_from_db()
    assert correction.state == CorrectionState.MADE


def test_a_reader_changes_nothing(candidature: Candidature, correction: Correction) -> None:
    with pytest.raises(Forbidden):
        draft(correction, "Changée", by=reader(candidature.territory))
    client = signed_in(reader(candidature.territory))
    assert "Enregistrer le brouillon" not in client.get(page(correction)).content.decode()


def test_a_colleague_s_draft_is_shown_and_neither_is_lost(
    candidature: Candidature, correction: Correction
) -> None:
    draft(correction, "Le texte de la collègue", by=contributor(candidature.territory))
    client = signed_in(referent(candidature.territory))
    name = f"q{correction.question_id}"
    sent = {name: "Le mien", f"v{correction.question_id}": 0, "send": "oui"}
    shown = client.post(page(correction), sent)
    assert shown.status_code == 409
    html = shown.content.decode()
    assert "Le texte de la collègue" in html
    assert "Le mien" in html
    assert text_of(deposited_of(candidature).snapshot, correction.question) == FIRST
    version = shown.context["form"][f"v{correction.question_id}"].value()
    again = client.post(page(correction), sent | {f"v{correction.question_id}": version})
    assert again.status_code == 302
    assert text_of(deposited_of(candidature).snapshot, correction.question) == "Le mien"


def test_letters_go_both_ways(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent = User.objects.get(pk=deposited_of(candidature).deposited_by_id)
    send(correction, "Corrigée", by=agent)
    told = Message.objects.filter(key__startswith="correction")
    assert told.filter(to=agent.email).count() == 1
    assert told.filter(to=odile.email).count() == 1
    assert page(correction) in told.get(to=agent.email).text
    assert "Corrigée" not in told.get(to=odile.email).text


# --- The pages -------------------------------------------------------------------------------


def test_the_staff_ask_on_a_page_that_lists_the_questions_of_the_deposit(
    candidature: Candidature, question: Question, odile: User
) -> None:
    client, year = signed_in(odile), candidature.edition.year
    url = reverse("candidatures_staff:ask_correction", args=[year, candidature.pk])
    elsewhere: Question = QuestionFactory(edition=EditionFactory(year=year - 1, real=True))
    until = candidature.edition.reading_starts_on - timedelta(days=1)
    sent = {"request": "Précisez.", "until": until}
    assert client.post(url, sent | {"question": elsewhere.pk}).status_code == 422
    assert client.post(url, sent | {"question": question.pk}).status_code == 302
    agent = signed_in(referent(candidature.territory))
    correction = Correction.objects.get()
    for name, more in (("detail", []), ("section", [question.section.code])):
        shown = agent.get(reverse(f"candidatures:{name}", args=[candidature.pk, *more]))
        assert page(correction) in shown.content.decode()


def test_a_draft_that_is_not_deposited_needs_no_correction(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    asked: Question = QuestionFactory(edition=dossier.edition)
    with pytest.raises(Refusal, match="pas déposée"):
        ask(dossier, asked, by=odile)


def test_the_database_keeps_what_was_before(correction: Correction, odile: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(
            state=CorrectionState.MADE, closed_at=timezone.now(), closed_by=odile
        )
    correction.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        correction.save(force_insert=True)
