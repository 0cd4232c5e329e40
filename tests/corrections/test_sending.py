"""« Correction demandée »: one answer of a deposited dossier is reopened, and nothing else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.choices import QuestionKind
from candidatures.models import (
    Answer,
    Candidature,
    Correction,
    EarlierAnswer,
    Initiative,
    Question,
)
from candidatures.values import from_rows
from tests.corrections.acts import (
    FIRST,
    OTHER,
    answer,
    ask,
    but_for,
    deposited_of,
    draft,
    everything,
    page,
    send,
    signed_in,
    text_of,
)
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    referent,
)
from tests.factories.labels import EditionFactory
from tests.walk.dossiers import pdf
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

# --- What is not reopened cannot change ---------------------------------------------


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


def test_what_is_deposited_already_is_not_sent_as_a_correction(
    candidature: Candidature, correction: Correction
) -> None:
    before = everything(candidature)
    with pytest.raises(Refusal, match="est celle que vous avez déposée"):
        send(correction, FIRST, by=referent(candidature.territory))
    assert everything(candidature) == before
    send(correction, "Corrigée", by=referent(candidature.territory))


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
    with pytest.raises(ValidationError, match="nécessaire"):
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
