"""The staff distribute the readings: foreseen, explained, confirmed once, never moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from candidatures.models import Candidature
from jury import services
from jury.assignment import Proposal
from jury.distribution import foresee, gather
from jury.models import Assignment, Juror, JuryEntry, JuryRules
from labels.models import Edition
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    deposit_last_day,
    deposited,
)
from tests.factories.jury import (
    CriterionFactory,
    JurorFactory,
    assigned,
    opinion,
    reading_day,
    reviewed,
)
from tests.factories.labels import DigitalServiceFactory, EditionFactory, ThemeFactory
from tests.factories.users import UserFactory
from villes_internet.calendar import start_of
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made: Edition = EditionFactory(reading=True)
    JuryRules.objects.create(edition=made, readers_per_dossier=2)
    return made


def jurors(edition: Edition, *loads: int) -> list[Juror]:
    return [JurorFactory(edition=edition, max_load=load) for load in loads]


def dossiers(edition: Edition, number: int) -> list[Candidature]:
    return [deposited(edition) for _ in range(number)]


def distribute(edition: Edition, *, seen: str | None = None, seed: int = 1) -> Proposal:
    return services.distribute(
        edition,
        seen=gather(edition, seed=seed).problem.digest if seen is None else seen,
        seed=seed,
        by=UserFactory(staff=True),
        at=reading_day(edition),
    )


def pairs(edition: Edition) -> set[tuple[int, int]]:
    return set(
        Assignment.objects.filter(juror__edition=edition).values_list("juror", "candidature")
    )


def test_each_dossier_gets_its_readers_and_the_journal_says_how_many(edition: Edition) -> None:
    jurors(edition, 4, 4, 4)
    read = dossiers(edition, 4)
    CandidatureFactory(edition=edition)  # a draft has no reader
    distribute(edition)
    found = pairs(edition)
    assert len(found) == 8
    assert all(sum(pk == dossier.pk for _, pk in found) == 2 for dossier in read)
    assert "8 lectures réparties (tirage 1, " in JuryEntry.objects.latest("pk").what


def test_what_is_confirmed_is_what_was_shown(edition: Edition) -> None:
    jurors(edition, 9, 9, 9, 9)
    dossiers(edition, 3)
    shown = foresee(gather(edition, seed=5)).simulation.proposal.pairs
    distribute(edition, seed=5)
    assert pairs(edition) == set(shown)


def test_confirming_twice_entrusts_once(edition: Edition) -> None:
    jurors(edition, 9, 9, 9, 9)
    dossiers(edition, 2)
    seen = gather(edition, seed=1).problem.digest
    distribute(edition, seen=seen)
    before = pairs(edition)
    with pytest.raises(Refusal, match="a changé depuis"):
        distribute(edition, seen=seen)
    assert pairs(edition) == before


Change = Callable[[Juror, Candidature, User, datetime], object]
CHANGES: dict[str, Change] = {
    "a recusal": lambda juror, dossier, by, at: services.recuse(
        juror, dossier, reason="Un mandat", by=by, at=at
    ),
    "a load": lambda juror, dossier, by, at: services.change_load(
        juror, max_load=3, expertise=[], by=by, at=at
    ),
    "an expertise": lambda juror, dossier, by, at: services.change_load(
        juror, max_load=9, expertise=[ThemeFactory(edition=juror.edition)], by=by, at=at
    ),
    "a reading": lambda juror, dossier, by, at: services.assign(juror, dossier, by=by, at=at),
    "a juror": lambda juror, dossier, by, at: JurorFactory(edition=juror.edition),
    "a dossier": lambda juror, dossier, by, at: deposited(juror.edition),
    "a rule": lambda juror, dossier, by, at: services.change_readers_per_dossier(
        juror.edition, readers=1, by=by, at=at
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_entrusted_when_something_changed_since(edition: Edition, change: str) -> None:
    juror, *_ = jurors(edition, 9, 9, 9)
    dossier, *_ = dossiers(edition, 2)
    seen = gather(edition, seed=1).problem.digest
    CHANGES[change](juror, dossier, UserFactory(staff=True), reading_day(edition))
    before = pairs(edition)
    with pytest.raises(Refusal, match="relisez la nouvelle proposition"):
        distribute(edition, seen=seen)
    assert pairs(edition) == before
    distribute(edition)


def test_recusals_and_loads_hold(edition: Edition) -> None:
    recused, full, *_ = jurors(edition, 9, 1, 9, 9)
    first, *_ = dossiers(edition, 3)
    services.recuse(recused, first, reason="Un mandat", by=UserFactory(), at=reading_day(edition))
    distribute(edition)
    assert (recused.pk, first.pk) not in pairs(edition)
    assert Assignment.objects.filter(juror=full).count() <= 1


def test_a_recusal_that_was_lifted_no_longer_forbids(edition: Edition) -> None:
    juror, other = jurors(edition, 9, 9)
    [dossier] = dossiers(edition, 1)
    at = reading_day(edition)
    recusal = services.recuse(juror, dossier, reason="Erreur", by=UserFactory(), at=at)
    recusal.lifted_at, recusal.lifted_by, recusal.lift_reason = at, UserFactory(), "Homonyme"
    recusal.save()
    distribute(edition)
    assert pairs(edition) == {(juror.pk, dossier.pk), (other.pk, dossier.pk)}


def test_who_knows_the_subject_of_the_actions_deposited_reads_first(edition: Edition) -> None:
    JuryRules.objects.update(readers_per_dossier=1)
    service = DigitalServiceFactory(edition=edition)
    _, expert = jurors(edition, 9, 9)
    expert.expertise.set([service.theme])
    dossier = CandidatureFactory(edition=edition)
    InitiativeFactory(candidature=dossier, services=[service])
    deposit_last_day(dossier)
    distribute(edition)
    assert pairs(edition) == {(expert.pk, dossier.pk)}


@pytest.mark.parametrize("when", ["opens_on", "deliberates_on"])
def test_readings_are_distributed_between_the_closing_and_the_deliberation(
    edition: Edition, when: str
) -> None:
    jurors(edition, 9, 9)
    dossiers(edition, 1)
    seen = gather(edition, seed=1).problem.digest
    with pytest.raises(Refusal, match="entre la clôture"):
        services.distribute(
            edition, seen=seen, seed=1, by=UserFactory(), at=start_of(getattr(edition, when))
        )
    assert pairs(edition) == set()


def test_a_dropout_is_topped_up_without_moving_what_is_under_way(edition: Edition) -> None:
    CriterionFactory(edition=edition)
    gone, *others = jurors(edition, 9, 9, 9)
    read = dossiers(edition, 4)
    begun, handed_in, untouched = read[:3]
    at = reading_day(edition)
    assigned(gone, begun)
    services.save_review(gone, begun, content=opinion(edition), at=at)
    reviewed(gone, handed_in)
    assigned(gone, untouched)
    assigned(others[0], untouched)
    staff = UserFactory(staff=True)
    services.change_load(gone, max_load=0, expertise=[], by=staff, at=at)
    assert services.release(gone, by=staff, at=at) == 1
    kept = {(gone.pk, begun.pk), (gone.pk, handed_in.pk), (others[0].pk, untouched.pk)}
    assert pairs(edition) == kept
    distribute(edition)
    found = pairs(edition)
    assert kept < found
    assert {pk for juror, pk in found if juror == gone.pk} == {begun.pk, handed_in.pk}
    assert (others[1].pk, untouched.pk) in found
    assert services.release(gone, by=staff, at=at) == 0


def test_an_enjeu_of_another_edition_is_nobodys_expertise(edition: Edition) -> None:
    [juror] = jurors(edition, 9)
    foreign = ThemeFactory(edition=EditionFactory(year=2031))
    with pytest.raises(Refusal, match="autre édition"):
        services.change_load(
            juror, max_load=1, expertise=[foreign], by=UserFactory(), at=reading_day(edition)
        )
    juror.refresh_from_db()
    assert juror.max_load == 9


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(staff=True))
    return client


def test_the_page_says_what_is_lacking_and_why(staff: Client, edition: Edition) -> None:
    first, *_ = jurors(edition, 9, 9)
    dossier, *_ = dossiers(edition, 2)
    services.recuse(first, dossier, reason="Un mandat", by=UserFactory(), at=reading_day(edition))
    response = staff.get(reverse("jury_staff:distribution", args=[edition.year]))
    page = " ".join(response.content.decode().split())
    assert "il manquerait 1 lecture<" in page
    assert "1 déport : une seule personne peut le lire." in page
    assert "suffirait pour que chaque dossier ait toutes ses lectures" in page


def test_the_page_says_that_all_is_well(staff: Client, edition: Edition) -> None:
    jurors(edition, 9, 9)
    dossiers(edition, 2)
    url = reverse("jury_staff:distribution", args=[edition.year])
    assert "Chaque dossier aurait toutes ses lectures" in staff.get(url).content.decode()
    distribute(edition)
    assert "Il n’y a rien à répartir" in staff.get(url).content.decode()


def test_the_proposal_is_confirmed_from_its_own_page(staff: Client, edition: Edition) -> None:
    edition = EditionFactory(year=2031, real=True, reading=True)
    jurors(edition, 9, 9, 9, 9)
    dossiers(edition, 2)
    page = staff.get(reverse("jury_staff:proposal", args=[edition.year]), {"tirage": 12})
    problem = page.context["verdict"].problem
    assert problem.seed == 12
    sent = {"seen": problem.digest, "tirage": "12"}
    staff.post(reverse("jury_staff:distribute", args=[edition.year]), sent)
    assert pairs(edition) == set(page.context["verdict"].simulation.proposal.pairs)


@pytest.mark.parametrize("typed", ["0", "10", "", "trois"])
def test_a_wrong_number_of_readers_is_said_and_changes_nothing(
    staff: Client, edition: Edition, typed: str
) -> None:
    url = reverse("jury_staff:distribution", args=[edition.year])
    assert staff.post(url, {"readers": typed}).status_code == 422
    assert JuryRules.of(edition).readers_per_dossier == 2


def test_no_score_is_shown_to_the_staff(staff: Client, edition: Edition) -> None:
    CriterionFactory(edition=edition)
    juror, *_ = jurors(edition, 9, 9, 9)
    [dossier] = dossiers(edition, 1)
    reviewed(juror, dossier, words="Un avis secret")
    for name in ("distribution", "proposal"):
        page = staff.get(reverse(f"jury_staff:{name}", args=[edition.year])).content.decode()
        assert "Un avis secret" not in page
        assert str(juror) in page


def test_a_page_of_dossiers_says_of_each_why_and_who_else(staff: Client, edition: Edition) -> None:
    JuryRules.objects.update(readers_per_dossier=1)
    jurors(edition, 9, 9)
    dossiers(edition, 1)
    page = staff.get(reverse("jury_staff:proposal", args=[edition.year]))
    [row] = page.context["rows"]
    [reading] = row.readings
    assert reading.reason.cost == 111  # knows no enjeu: 100; first of nine readings: 11
    assert reading.next_best != reading.juror
    words = page.content.decode()
    assert "111 points en tout" in words
    assert "au même prix" in words
