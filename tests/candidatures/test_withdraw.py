"""Taking a deposit back before the deadline, correcting, depositing again; losing nothing."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.asking import asked
from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, Deposit, Question
from candidatures.values import from_list, from_rows
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    deposited,
    reader,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from tests.walk.cast import body_of
from villes_internet.calendar import end_of
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def candidature() -> Candidature:
    return complete()


@pytest.fixture
def agent(candidature: Candidature) -> User:
    return referent(candidature.territory)


def deposit(candidature: Candidature, by: User, **fields: Any) -> Deposit:
    return services.deposit(candidature, by=by, at=fields.get("at", NOW))


def withdraw(candidature: Candidature, by: User, **fields: Any) -> list[Question]:
    return services.withdraw_deposit(
        candidature, number=fields.get("number", 1), by=by, at=fields.get("at", LATER)
    )


# --- What becomes of it ----------------------------------------------------------


def test_a_candidature_taken_back_is_a_draft_again_and_its_deposit_is_kept(
    candidature: Candidature, agent: User
) -> None:
    before = deposit(candidature, agent)
    withdraw(candidature, agent)
    candidature.refresh_from_db()
    assert not candidature.is_deposited
    kept = candidature.deposits.get()
    assert (kept.snapshot, kept.sha256) == (before.snapshot, before.sha256)
    assert (kept.withdrawn_at, kept.withdrawn_by) == (LATER, agent)
    assert not Deposit.objects.standing().exists()
    assert candidature.journal.filter(what__contains="n’est plus déposée", by=agent).exists()


def test_deposited_again_it_has_a_second_deposit_with_a_receipt_of_its_own(
    candidature: Candidature, agent: User
) -> None:
    first = deposit(candidature, agent)
    withdraw(candidature, agent)
    initiative = candidature.initiatives.get()
    title = {"title": "Le bus du soir, corrigé"}
    services.save_passages(initiative, values={"title": (title, 0)}, by=agent, at=LATER)
    second = deposit(candidature, agent, at=LATER)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert Deposit.objects.standing().get() == second
    services.send_receipt(first.pk, at=LATER)
    services.send_receipt(second.pk, at=LATER)
    [letter] = Message.objects.filter(key__startswith="receipt:")
    assert letter.attachments.get().name.endswith("-depot-2.pdf")
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.receipt is not None
    assert first.receipt != second.receipt


def test_one_deposit_at_most_stands(candidature: Candidature, agent: User) -> None:
    first = deposit(candidature, agent)
    with pytest.raises(IntegrityError, match="deposit_one_stands"), transaction.atomic():
        Deposit.objects.create(
            candidature=candidature,
            number=2,
            deposited_at=NOW,
            deposited_by=agent,
            candidate_type=first.candidate_type,
            perimeter=[],
            snapshot={},
            sha256="",
        )


def test_all_who_write_are_told_and_readers_are_not(candidature: Candidature, agent: User) -> None:
    writer = contributor(candidature.territory)
    reader(candidature.territory)
    deposit(candidature, agent)
    withdraw(candidature, agent)
    letters = Message.objects.filter(key__startswith="withdrawal:")
    assert {letter.to for letter in letters} == {agent.email, writer.email}
    assert all("n’est plus déposée" in letter.text for letter in letters)


def test_the_jury_sees_a_dossier_taken_back_no_more(client: Client) -> None:
    edition = EditionFactory(real=True)
    candidature = complete(edition=edition)
    agent = referent(candidature.territory)
    services.deposit(candidature, by=agent, at=edition.closes_at - timedelta(days=2))
    candidature.refresh_from_db()
    juror = JurorFactory(edition=edition)
    assigned(juror, candidature)
    client.force_login(juror.user)
    review = reverse("jury:review", args=[edition.year, candidature.pk])
    assert client.get(review).status_code == 200
    withdraw(candidature, agent, at=edition.closes_at - timedelta(days=1))
    assert client.get(review).status_code == 404
    dashboard = client.get(reverse("jury:dashboard", args=[edition.year])).content.decode()
    assert candidature.territory.name not in dashboard


# --- Who, and until when ----------------------------------------------------------


@pytest.mark.parametrize("colleague", [contributor, reader])
def test_only_a_referent_takes_it_back(
    candidature: Candidature, agent: User, colleague: Callable[..., User]
) -> None:
    deposit(candidature, agent)
    with pytest.raises(Forbidden, match="référent"):
        withdraw(candidature, colleague(candidature.territory))
    assert Deposit.objects.standing().exists()


def test_until_the_last_second_and_not_one_later(candidature: Candidature, agent: User) -> None:
    deposit(candidature, agent)
    over = end_of(candidature.edition.closes_on)
    with pytest.raises(Refusal, match="reste déposée"):
        withdraw(candidature, agent, at=over)
    assert Deposit.objects.standing().exists()
    withdraw(candidature, agent, at=over - timedelta(microseconds=1))
    assert not Deposit.objects.standing().exists()


def test_with_more_time_given_it_is_taken_back_later_too(
    candidature: Candidature, agent: User
) -> None:
    candidature.edition.reading_starts_on = candidature.edition.closes_on + timedelta(days=4)
    candidature.edition.save()
    until = candidature.edition.closes_on + timedelta(days=1)
    services.extend(candidature, until=until, reason="Panne", by=UserFactory(staff=True), at=NOW)
    deposit(candidature, agent)
    withdraw(candidature, agent, at=end_of(until) - timedelta(seconds=1))


def test_what_is_not_deposited_is_not_taken_back(candidature: Candidature, agent: User) -> None:
    with pytest.raises(Refusal, match="n’est pas déposée"):
        withdraw(candidature, agent)


# --- Two at once -------------------------------------------------------------------


def test_a_page_left_open_does_not_take_back_the_next_deposit(
    candidature: Candidature, agent: User
) -> None:
    deposit(candidature, agent)
    withdraw(candidature, agent)
    second = deposit(candidature, agent, at=LATER)
    with pytest.raises(Refusal, match="déposée de nouveau entre-temps"):
        withdraw(candidature, agent, number=1)
    assert Deposit.objects.standing().get() == second


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_does_and_the_other_is_told() -> None:
    candidature = complete()
    agents = [referent(candidature.territory), referent(candidature.territory)]
    services.deposit(candidature, by=agents[0], at=NOW)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def take_back(agent: User) -> None:
        together.wait()
        try:
            withdraw(candidature, agent)
            outcomes.append("withdrawn")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take_back, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "withdrawn"]
    assert candidature.journal.filter(what__contains="n’est plus déposée").count() == 1


# --- What was answered to questions that changed meanwhile --------------------------------


def change(question: Question, **words: Any) -> Question:
    for name, value in words.items():
        setattr(question, name, value)
    return services.change_question(question, by=UserFactory(staff=True), at=NOW)


def answered(candidature: Candidature, agent: User, value: str, **fields: Any) -> Question:
    """A question of it, answered and deposited."""
    question = QuestionFactory(edition=candidature.edition, **fields)
    services.save_answers(candidature, values={question: (value, 0)}, by=agent, at=NOW)
    deposit(candidature, agent)
    return question


def test_it_is_found_under_the_question_that_took_its_place(
    candidature: Candidature, agent: User
) -> None:
    question = answered(candidature, agent, "Nos écoles")
    change(question, label="Autrement dit")
    last = change(Question.objects.current().get(), label="Une fois encore")
    assert withdraw(candidature, agent) == []
    [one] = asked(candidature)
    assert (one.question, one.value) == (last, "Nos écoles")
    deposit(candidature, agent, at=LATER)


ANYTHING = pytest.mark.parametrize(
    "case",
    [
        ("short_text", "Ici", {"kind": "long_text"}, "Ici", True),
        ("number", "3.00", {"kind": "short_text"}, "3,00", True),
        ("number", "3", {"kind": "amount"}, "3", True),
        ("yes_no", "yes", {"kind": "long_text"}, "Oui", True),
        ("date", "2026-03-12", {"kind": "number"}, "", False),
        ("long_text", "Trois", {"kind": "number"}, "", False),
        ("choice", "A", {"choices": ["A", "C"]}, "A", True),
        ("choice", "A", {"choices": ["B", "C"]}, "", False),
        ("choice", "A", {"kind": "choices"}, from_list(["A"]), True),
        ("choices", from_list(["A", "B"]), {"choices": ["B"]}, from_list(["B"]), False),
        ("choices", from_list(["A", "B"]), {"kind": "choice"}, "A", False),
        ("table", from_rows([["1", "2"]]), {"columns": ["y", "x"]}, from_rows([["2", "1"]]), True),
        ("table", from_rows([["1", "2"]]), {"columns": ["y"]}, from_rows([["2"]]), False),
        ("table", from_rows([["1", ""]]), {"columns": ["x"]}, from_rows([["1"]]), True),
    ],
)


@ANYTHING
def test_as_far_as_its_kind_allows_and_what_does_not_fit_is_said(
    candidature: Candidature, agent: User, case: tuple[str, str, dict[str, Any], str, bool]
) -> None:
    kind, value, changes, becomes, is_whole = case
    question = answered(
        candidature, agent, value, kind=kind, choices=["A", "B"], columns=["x", "y"]
    )
    changed = change(question, label="Autrement dit")
    # Nobody answered the new one yet: the staff may change its kind.
    for name, words in changes.items():
        setattr(changed, name, words)
    changed = services.change_question(changed, by=UserFactory(staff=True), at=NOW)
    left_behind = withdraw(candidature, agent)
    assert left_behind == ([] if is_whole else [changed])
    [one] = asked(candidature)
    assert (one.question, one.value) == (changed, becomes)
    # Whatever became of it, it is read in the deposit.
    [section] = candidature.deposits.get().snapshot["sections"]
    assert section["answers"][0]["value"]


def test_a_question_that_is_asked_no_more_keeps_its_answer(
    candidature: Candidature, agent: User
) -> None:
    question = answered(candidature, agent, "Nos écoles", kind=QuestionKind.SHORT_TEXT)
    services.withdraw_question(question, by=UserFactory(staff=True), at=NOW)
    assert withdraw(candidature, agent) == []
    assert Answer.objects.get().value == "Nos écoles"


# --- The pages ----------------------------------------------------------------------


@pytest.fixture
def opened(client: Client) -> Candidature:
    """Deposited, its edition open by the clock of the machine, its référent·e signed in."""
    edition = EditionFactory(real=True)
    candidature = complete(edition=edition)
    agent = referent(candidature.territory)
    services.deposit(candidature, by=agent, at=edition.closes_at - timedelta(days=2))
    client.force_login(agent)
    return candidature


def test_the_page_asks_for_a_yes_then_says_that_it_is_no_longer_deposited(
    client: Client, opened: Candidature
) -> None:
    address = reverse("candidatures:withdraw", args=[opened.pk])
    page = client.get(address).content.decode()
    assert "Elle n’est plus déposée." in page
    assert client.post(address, {"number": 1}).status_code == 422
    assert Deposit.objects.standing().exists()
    done = client.post(address, {"number": 1, "understood": "on"}, follow=True)
    assert "Votre candidature n’est plus déposée" in done.content.decode()
    assert client.post(address, {"number": 1, "understood": "on"}).status_code == 409


def test_a_deposit_taken_back_is_read_with_its_receipt(client: Client, opened: Candidature) -> None:
    frozen = opened.deposits.get()
    services.send_receipt(frozen.pk, at=frozen.deposited_at)
    standing = reverse("candidatures:receipt", args=[opened.pk])
    assert body_of(client.get(standing)).startswith(b"%PDF")
    withdraw(opened, frozen.deposited_by, at=frozen.deposited_at)
    assert client.get(standing).status_code == 404
    its_own = client.get(reverse("candidatures:receipt_of", args=[opened.pk, 1]))
    assert body_of(its_own).startswith(b"%PDF")
    page = client.get(reverse("candidatures:past_deposit", args=[opened.pk, 1])).content.decode()
    assert frozen.sha256 in page
    assert opened.initiatives.get().title in page
    assert client.get(reverse("candidatures:past_deposit", args=[opened.pk, 2])).status_code == 404


def test_once_the_time_is_over_the_page_offers_nothing(client: Client) -> None:
    candidature = deposited(EditionFactory(real=True, closed=True))
    client.force_login(referent(candidature.territory))
    address = reverse("candidatures:withdraw", args=[candidature.pk])
    page = client.get(address)
    assert page.status_code == 200
    assert "La date limite est passée" in page.content.decode()
    assert client.post(address, {"number": 1, "understood": "on"}).status_code == 409
    detail = client.get(reverse("candidatures:detail", args=[candidature.pk])).content.decode()
    assert address not in detail
