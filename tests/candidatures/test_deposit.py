"""Depositing a candidature: who, until when, what freezes, what leaves."""

import threading
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core import mail as letters
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from candidatures import services, snapshot
from candidatures.models import Candidature, Deposit
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    contributor,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, EpciFactory, PerimeterFactory
from villes_internet.calendar import end_of
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_the_last_second_of_the_closing_day_in_paris_is_in_time() -> None:
    candidature = complete()
    last = end_of(candidature.edition.closes_on) - timedelta(seconds=1)
    assert last.strftime("%H:%M:%S %Z") == "23:59:59 CET"
    services.deposit(candidature, by=referent(candidature.territory), at=last)
    candidature.refresh_from_db()
    assert candidature.is_deposited


def test_one_second_later_is_too_late_and_nothing_is_deposited() -> None:
    candidature = complete()
    too_late = end_of(candidature.edition.closes_on)
    with pytest.raises(Refusal, match="closes"):
        services.deposit(candidature, by=referent(candidature.territory), at=too_late)
    candidature.refresh_from_db()
    assert not candidature.is_deposited
    assert not Deposit.objects.exists()


@pytest.mark.parametrize("closes_on", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_the_deadline_is_midnight_in_paris_whatever_the_season(closes_on: str) -> None:
    edition = EditionFactory.build()
    edition.closes_on = date.fromisoformat(closes_on)
    assert edition.closes_at.strftime("%H:%M:%S") == "00:00:00"
    assert edition.takes_candidatures(at=edition.closes_at - timedelta(seconds=1))
    assert not edition.takes_candidatures(at=edition.closes_at)


def test_only_a_referent_deposits() -> None:
    candidature = complete()
    colleague = contributor(candidature.territory)
    with pytest.raises(Refusal, match="référent"):
        services.deposit(candidature, by=colleague, at=NOW)
    assert not Deposit.objects.exists()


def test_a_candidature_without_an_action_or_a_required_answer_is_not_deposited() -> None:
    candidature = CandidatureFactory()
    agent = referent(candidature.territory)
    with pytest.raises(Refusal, match="manque"):
        services.deposit(candidature, by=agent, at=NOW)
    InitiativeFactory(candidature=candidature)
    question = QuestionFactory(edition=candidature.edition)
    with pytest.raises(Refusal, match="manque"):
        services.deposit(candidature, by=agent, at=NOW)
    services.save_answers(candidature, values={question: ("Tout", 0)}, by=agent, at=NOW)
    services.deposit(candidature, by=agent, at=NOW)


def test_a_question_for_territoires_is_not_asked_to_a_village() -> None:
    candidature = complete()
    QuestionFactory(edition=candidature.edition, candidate_types=["territoire"])
    services.deposit(candidature, by=referent(candidature.territory), at=NOW)


def test_a_second_deposit_is_refused_and_the_first_one_stays() -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    first = services.deposit(candidature, by=agent, at=NOW)
    with pytest.raises(Refusal, match="déposée"):
        services.deposit(candidature, by=agent, at=NOW + timedelta(minutes=1))
    assert Deposit.objects.get().deposited_at == first.deposited_at


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_deposit_at_once_one_wins() -> None:
    candidature = complete()
    agents = [referent(candidature.territory), referent(candidature.territory)]
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def deposit(agent: object) -> None:
        together.wait()
        try:
            services.deposit(candidature, by=agent, at=NOW)  # type: ignore[arg-type]
            outcomes.append("deposited")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=deposit, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["deposited", "refused"]
    assert Deposit.objects.count() == 1
    assert candidature.journal.filter(what="Candidature déposée").count() == 1


def test_type_population_and_perimeter_freeze_with_the_dossier() -> None:
    epci = EpciFactory(population=3_000)
    members = [PerimeterFactory(epci=epci).commune for _ in range(2)]
    candidature = complete(territory=epci)
    deposit = services.deposit(candidature, by=referent(epci), at=NOW)
    members[0].population = 9_999
    members[0].save()
    epci.population = 12_199
    epci.save()
    deposit.refresh_from_db()
    assert deposit.candidate_type == "territoire"
    assert deposit.population == 3_000
    assert [row["population"] for row in deposit.perimeter] == [800, 800]
    assert deposit.sha256 == snapshot.digest(deposit.snapshot)
    assert deposit.snapshot["territory"]["population"] == 3_000


@pytest.mark.parametrize(("population", "expected"), [(2_999, "village"), (3_000, "ville")])
def test_a_village_has_less_than_three_thousand_inhabitants(population: int, expected: str) -> None:
    territory = CommuneFactory(population=population)
    candidature = complete(territory=territory)
    assert services.deposit(candidature, by=referent(territory), at=NOW).candidate_type == expected


def test_what_is_deposited_can_no_longer_be_written() -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    initiative = candidature.initiatives.get()
    services.deposit(candidature, by=agent, at=NOW)
    with pytest.raises(Refusal, match="déposée"):
        services.remove_initiative(initiative, by=agent, at=NOW)
    assert candidature.initiatives.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_receipt_leaves_by_mail_with_the_whole_dossier_in_pdf() -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    deposit = services.deposit(
        candidature,
        by=agent,
        at=timezone.now().replace(year=NOW.year, month=NOW.month, day=NOW.day),
    )
    deposit.refresh_from_db()
    letter = letters.outbox[0]
    assert letter.to == [agent.email]
    assert candidature.territory.name in letter.subject
    name, content, content_type = letter.attachments[0]
    assert content_type == "application/pdf"
    assert name == f"accuse-de-reception-2027-{candidature.territory.code}.pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert candidature.initiatives.get().title in text
    assert deposit.receipt is not None


@pytest.mark.django_db(transaction=True)
def test_a_receipt_asked_for_twice_leaves_once() -> None:
    candidature = complete()
    deposit = services.deposit(candidature, by=referent(candidature.territory), at=NOW)
    services.send_receipt(deposit.pk, at=NOW)
    assert Message.objects.filter(key__startswith="receipt:").count() == 1


def test_a_receipt_lost_with_its_broker_is_caught_up() -> None:
    candidature = complete()
    services.deposit(candidature, by=referent(candidature.territory), at=NOW)
    assert services.catch_up_receipts(at=NOW) == 0
    assert services.catch_up_receipts(at=NOW + timedelta(minutes=5)) == 1


def test_the_page_says_why_a_deposit_is_refused_with_status_409(client: Client) -> None:
    candidature: Candidature = complete(edition=EditionFactory(closed=True, real=True))
    client.force_login(referent(candidature.territory))
    answer = client.post(reverse("candidatures:deposit", args=[candidature.pk]))
    assert answer.status_code == 409
    assert "Les candidatures à cette édition sont closes" in answer.content.decode()


def test_a_get_deposits_nothing(client: Client) -> None:
    candidature = complete(edition=EditionFactory(real=True))
    client.force_login(referent(candidature.territory))
    assert client.get(reverse("candidatures:deposit", args=[candidature.pk])).status_code == 200
    assert not Deposit.objects.exists()
    assert client.get(reverse("candidatures:start")).status_code == 405
