"""The word of the mayor before a deposit: asked by letter, given once, for one content."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from candidatures import services, snapshot
from candidatures.models import Approval, Candidature, Deposit
from labels import services as labels
from labels.models import Edition
from tests.factories.candidatures import (
    ApprovalFactory,
    CandidatureFactory,
    InitiativeFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.users import UserFactory
from tests.walk.cast import body_of
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
MAYOR = {"name": "Jeanne Morel", "function": "maire", "email": "maire@mairie.example"}


@pytest.fixture
def candidature() -> Candidature:
    """A whole dossier of an edition that asks for approval."""
    return complete(edition=EditionFactory(approval_asked=True))


@pytest.fixture
def agent(candidature: Candidature) -> User:
    return referent(candidature.territory)


def seal(candidature: Candidature) -> str:
    return snapshot.digest(snapshot.take(candidature))


def ask(candidature: Candidature, by: User, **fields: object) -> Approval:
    at = fields.pop("at", NOW)
    return services.ask_approval(candidature, **(MAYOR | fields), by=by, at=at)  # type: ignore[arg-type]


def grant(approval: Approval) -> Approval:
    return services.answer_approval(
        approval, is_granted=True, word="", seen=seal(approval.candidature), at=LATER
    )


def refuse(approval: Approval) -> Approval:
    return services.answer_approval(
        approval, is_granted=False, word="Parlez du bus", seen="", at=LATER
    )


# --- What it opens -------------------------------------------------------------------


def test_without_it_nothing_is_deposited_and_with_it_the_deposit_names_it(
    candidature: Candidature, agent: User
) -> None:
    with pytest.raises(Refusal, match="demande l’accord"):
        services.deposit(candidature, by=agent, at=NOW)
    approval = ask(candidature, agent)
    with pytest.raises(Refusal, match="pas encore arrivée"):
        services.deposit(candidature, by=agent, at=NOW)
    grant(approval)
    assert services.deposit(candidature, by=agent, at=LATER).approval == approval


def test_an_edition_that_asks_for_none_needs_none() -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    with pytest.raises(Refusal, match="ne demande pas d’accord"):
        ask(candidature, agent)
    assert services.deposit(candidature, by=agent, at=NOW).approval is None


def test_it_holds_for_what_was_read_and_for_nothing_else(
    candidature: Candidature, agent: User
) -> None:
    grant(ask(candidature, agent))
    added = InitiativeFactory(candidature=candidature)
    with pytest.raises(Refusal, match="a changé depuis l’accord de Jeanne Morel"):
        services.deposit(candidature, by=agent, at=LATER)
    added.delete()
    services.deposit(candidature, by=agent, at=LATER)


def test_taken_back_and_deposited_again_unchanged_it_still_holds(
    candidature: Candidature, agent: User
) -> None:
    grant(ask(candidature, agent))
    services.deposit(candidature, by=agent, at=LATER)
    services.withdraw_deposit(candidature, number=1, by=agent, at=LATER)
    services.deposit(candidature, by=agent, at=LATER)
    assert Deposit.objects.count() == 2


def test_changes_asked_for_refuse_the_deposit_and_reach_the_referents(
    candidature: Candidature, agent: User
) -> None:
    refuse(ask(candidature, agent))
    with pytest.raises(Refusal, match="Jeanne Morel demande des changements"):
        services.deposit(candidature, by=agent, at=LATER)
    letter = Message.objects.get(to=agent.email)
    assert "Parlez du bus" in letter.text
    assert candidature.journal.filter(what="Changements demandés par Jeanne Morel, maire").exists()


# --- Asking ---------------------------------------------------------------------------


@pytest.mark.parametrize("colleague", [contributor, reader])
def test_only_a_referent_asks(candidature: Candidature, colleague: object) -> None:
    assert callable(colleague)
    with pytest.raises(Forbidden):
        ask(candidature, colleague(candidature.territory))
    assert not Message.objects.exists()


def test_an_incomplete_dossier_is_not_sent_to_the_mayor() -> None:
    candidature = CandidatureFactory(edition=EditionFactory(approval_asked=True))
    with pytest.raises(Refusal, match="complétez-la d’abord"):
        ask(candidature, referent(candidature.territory))


def test_asked_again_the_former_link_is_worth_nothing(
    candidature: Candidature, agent: User
) -> None:
    first = ask(candidature, agent)
    with pytest.raises(Refusal, match="vient de partir"):
        ask(candidature, agent)
    second = ask(candidature, agent, email="adjoint@mairie.example")
    with pytest.raises(Refusal, match="lien plus récent"):
        grant(first)
    grant(second)
    assert Message.objects.filter(to__in=[first.email, second.email]).count() == 2


def test_it_waits_for_one_answer_at_a_time(candidature: Candidature) -> None:
    ApprovalFactory(candidature=candidature)
    with pytest.raises(IntegrityError, match="approval_one_waits"), transaction.atomic():
        ApprovalFactory(candidature=candidature)


def test_strangers_are_not_written_to_without_end(candidature: Candidature, agent: User) -> None:
    for number in range(20):
        ask(candidature, agent, email=f"elu{number}@mairie.example")
    with pytest.raises(Refusal, match="20 fois"):
        ask(candidature, agent, email="encore@mairie.example")


# --- The link --------------------------------------------------------------------------


def test_it_is_answered_once(candidature: Candidature, agent: User) -> None:
    approval = ask(candidature, agent)
    grant(approval)
    with pytest.raises(Refusal, match="ce lien a fait son office"):
        refuse(approval)
    assert Approval.objects.get().is_granted


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept() -> None:
    candidature = complete()
    approval = ApprovalFactory(candidature=candidature)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def answer(*, is_granted: bool) -> None:
        together.wait()
        try:
            (grant if is_granted else refuse)(Approval.objects.get(pk=approval.pk))
            outcomes.append("answered")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=answer, kwargs={"is_granted": granted}) for granted in (True, False)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["answered", "refused"]


def test_it_expires_to_the_instant_and_never_after_the_deadline(
    candidature: Candidature, agent: User
) -> None:
    approval = ask(candidature, agent)
    assert approval.expires_at == min(NOW + timedelta(days=14), candidature.closes_at)
    Approval.objects.update(expires_at=LATER)
    approval.refresh_from_db()
    with pytest.raises(Refusal, match="Ce lien a expiré"):
        grant(approval)
    with pytest.raises(Refusal, match="a expiré sans réponse"):
        services.deposit(candidature, by=agent, at=LATER)


def test_what_changed_while_it_was_read_is_not_approved(
    candidature: Candidature, agent: User
) -> None:
    approval, seen = ask(candidature, agent), seal(candidature)
    InitiativeFactory(candidature=candidature)
    with pytest.raises(Refusal, match="a changé pendant que vous le lisiez"):
        services.answer_approval(approval, is_granted=True, word="", seen=seen, at=LATER)
    assert Approval.objects.get().answered_at is None


# --- The pages --------------------------------------------------------------------------


@pytest.fixture
def real() -> Candidature:
    """Its edition is open by the clock of the machine."""
    return complete(edition=EditionFactory(real=True, approval_asked=True))


def link(candidature: Candidature) -> tuple[Approval, str]:
    approval = ApprovalFactory(
        candidature=candidature, asked_at=candidature.edition.closes_at - timedelta(days=13)
    )
    return approval, reverse("candidatures:approve", args=[approval.token])


def test_without_an_account_the_mayor_reads_and_answers_and_reading_changes_nothing(
    client: Client, real: Candidature
) -> None:
    approval, address = link(real)
    page = client.get(address)
    html = page.content.decode()
    assert real.initiatives.get().title in html
    assert '<meta name="robots" content="noindex">' in html
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert set(client.cookies) == {"csrftoken"}
    approval.refresh_from_db()
    assert approval.answered_at is None
    seen = page.context["form"]["seen"].value()
    assert client.post(address, {"seen": seen}).status_code == 422
    assert client.post(address, {"seen": seen, "answer": "changes"}).status_code == 422
    done = client.post(address, {"seen": seen, "answer": "granted"}, follow=True)
    assert "Votre réponse est enregistrée" in done.content.decode()
    assert real.initiatives.get().title not in done.content.decode()
    assert Approval.objects.get().sha256 == seal(real)
    again = client.post(address, {"seen": seen, "answer": "changes", "word": "Non"})
    assert "ce lien a fait son office" in again.content.decode()
    assert Approval.objects.get().is_granted


def test_a_dossier_that_changes_meanwhile_is_shown_again_with_what_was_typed(
    client: Client, real: Candidature
) -> None:
    _, address = link(real)
    seen = client.get(address).context["form"]["seen"].value()
    added = InitiativeFactory(candidature=real, title="Une action de plus")
    typed = {"seen": seen, "answer": "granted", "word": "Très bien"}
    late = client.post(address, typed)
    assert late.status_code == 409
    for words in (added.title, "Très bien", "a changé pendant que vous le lisiez"):
        assert words in late.content.decode()
    typed["seen"] = late.context["form"]["seen"].value()
    assert client.post(address, typed).status_code == 302


def test_a_link_that_is_over_shows_nothing_of_the_dossier(
    client: Client, real: Candidature
) -> None:
    approval, address = link(real)
    Approval.objects.update(replaced_at=approval.asked_at)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Ce lien ne sert plus" in answer.content.decode()
    assert real.initiatives.get().title not in answer.content.decode()
    assert client.post(address, {"answer": "granted"}).status_code == 410
    assert client.get(address[:-2] + "x/").status_code == 404


def test_the_referent_asks_from_the_dossier_and_sees_where_it_stands(
    client: Client, real: Candidature
) -> None:
    client.force_login(referent(real.territory))
    detail = reverse("candidatures:detail", args=[real.pk])
    address = reverse("candidatures:ask_approval", args=[real.pk])
    assert address in client.get(detail).content.decode()
    assert client.post(address, MAYOR | {"email": "zut"}).status_code == 422
    assert client.post(address, MAYOR).status_code == 302
    assert "L’accord est demandé à Jeanne Morel" in client.get(detail).content.decode()
    assert client.post(address, MAYOR).status_code == 409
    deposit = client.get(reverse("candidatures:deposit", args=[real.pk])).content.decode()
    assert "Déposer la candidature</button>" not in deposit
    letter = Message.objects.get()
    path = next(word for word in letter.text.split() if "/approbation/" in word)
    page = Client().get(path.partition("//")[2].partition("/")[2].join(["/", ""]))
    assert page.status_code == 200


def test_the_staff_ask_for_it_edition_by_edition_and_the_next_one_does_too(
    client: Client,
) -> None:
    edition = EditionFactory(real=True)
    odile = UserFactory(staff=True)
    client.force_login(odile)
    for _ in range(2):
        client.post(reverse("depositing:ask_approval", args=[edition.year]))
    edition.refresh_from_db()
    assert edition.approval_asked
    assert edition.journal.filter(what__contains="accord").count() == 1
    following = EditionFactory.build(year=edition.year + 1, real=True)
    labels.create_edition(following, by=odile, at=NOW)
    assert Edition.objects.get(year=following.year).approval_asked
    client.post(reverse("depositing:stop_approval", args=[edition.year]))
    edition.refresh_from_db()
    assert not edition.approval_asked


def test_its_documents_open_by_the_link_alone(client: Client, real: Candidature) -> None:
    approval, _ = link(real)
    answer = client.get(reverse("candidatures:approval_attachment", args=[approval.token, 999_999]))
    assert answer.status_code == 404
    assert body_of(answer)
