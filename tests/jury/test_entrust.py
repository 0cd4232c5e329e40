"""Readings listed in a spreadsheet: each wrong line is told, and nothing is half entrusted."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from candidatures.models import Candidature
from jury import services
from jury.models import Assignment, Juror, JuryEntry
from labels.models import Edition
from tests.factories.candidatures import CandidatureFactory, deposited
from tests.factories.jury import JurorFactory, assigned, reading_day
from tests.factories.labels import EditionFactory
from tests.factories.territories import CommuneFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made: Edition = EditionFactory(reading=True)
    return made


@pytest.fixture
def dossier(edition: Edition) -> Candidature:
    return deposited(edition, territory=CommuneFactory(code="01004"))


@pytest.fixture
def juror(edition: Edition) -> Juror:
    made: Juror = JurorFactory(edition=edition, max_load=2)
    return made


def send(client: Client, edition: Edition, *lines: str, head: str = "code;adresse") -> list[str]:
    """What is said of each line; nothing when all is entrusted."""
    client.force_login(UserFactory(staff=True))
    table = SimpleUploadedFile("lectures.csv", "\n".join([head, *lines]).encode())
    answer = client.post(reverse("jury_staff:entrust", args=[edition.year]), {"file": table})
    if answer.status_code == 302:
        return []
    assert answer.status_code == 422
    if "listed" not in answer.context:
        return [str(error) for error in answer.context["form"].errors["file"]]
    return [f"{fault.line} {fault.sentence}" for fault in answer.context["listed"].faults]


def test_what_is_listed_is_entrusted_and_the_journal_says_so(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    address = juror.user.email.upper()
    assert send(client, edition, f"{dossier.territory.code};{address}") == []
    assert Assignment.objects.get().juror == juror
    assert JuryEntry.objects.latest("pk").what == "1 lecture confiée par un tableau"


def test_a_code_whose_first_zero_is_lost_and_columns_in_another_order_are_understood(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    line = f"{juror.user.email};à voir;1004"
    assert send(client, edition, line, head="Adresse;Note;Code") == []
    assert Assignment.objects.get().candidature == dossier


def test_one_wrong_line_and_nothing_is_entrusted(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    right = f"{dossier.territory.code};{juror.user.email}"
    draft = CandidatureFactory(edition=edition).territory.code
    elsewhere = JurorFactory(edition=EditionFactory(year=2031, reading=True)).user.email
    told = send(
        client,
        edition,
        right,
        f"{draft};{juror.user.email}",
        f"{dossier.territory.code};{elsewhere}",
        f"{dossier.territory.code};",
        f";{juror.user.email}",
    )
    assert told == [
        f"3 Aucun dossier n’est déposé par une collectivité de code {draft}.",
        f"4 Personne ne siège au jury de cette édition avec l’adresse {elsewhere}.",
        "5 L’adresse manque.",
        "6 Le code manque.",
    ]
    assert not Assignment.objects.exists()


def test_a_recused_juror_is_not_entrusted_with_the_dossier(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    at = reading_day(edition)
    services.recuse(juror, dossier, reason="Un mandat", by=UserFactory(), at=at)
    [told] = send(client, edition, f"{dossier.territory.code};{juror.user.email}")
    assert "est déporté·e du dossier" in told
    assert not Assignment.objects.exists()


def test_nobody_is_listed_beyond_what_they_take(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    codes = [deposited(edition).territory.code for _ in range(2)]
    assigned(juror, dossier)
    [told] = send(client, edition, *(f"{code};{juror.user.email}" for code in codes))
    assert told == f"3 {juror} prend 2 lectures au plus, et celle-ci serait de trop."


def test_sending_the_same_table_twice_entrusts_once(
    client: Client, edition: Edition, dossier: Candidature, juror: Juror
) -> None:
    line = f"{dossier.territory.code};{juror.user.email}"
    for _ in range(2):
        assert send(client, edition, line, line) == []
    assert Assignment.objects.count() == 1
    assert JuryEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("head", "lines", "said"),
    [("ville;personne", ("01004;a@b.fr",), "nommer deux colonnes"), ("code;adresse", (), "aucune")],
)
def test_a_table_that_says_nothing_is_refused(
    client: Client, edition: Edition, head: str, lines: tuple[str, ...], said: str
) -> None:
    [told] = send(client, edition, *lines, head=head)
    assert said in told
