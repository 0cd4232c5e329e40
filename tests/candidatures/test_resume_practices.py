"""Resuming practices: each sheet of the territory kept, updated or dropped, once and knowingly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from atlaas.models import Sheet
from candidatures import services
from candidatures.completeness import missing
from candidatures.models import Candidature, Initiative, InitiativeIllustration, Resumption
from candidatures.resuming import details_of, offer, previous, resumed, sources
from tests.candidatures.resuming_cases import DROP, KEEP, UPDATE, Town, service_of
from tests.factories.atlaas import SheetContactFactory, SheetFactory, SheetIllustrationFactory
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    deposit_last_day,
    reader,
)
from tests.factories.labels import NOW, DigitalServiceFactory, EditionFactory
from tests.factories.territories import CommuneFactory
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_kept_sheet_enters_with_all_that_it_says(town: Town) -> None:
    (sheet,) = town.sheets(context="Le contexte", tools=[["QGIS", "libre"]])
    SheetContactFactory(sheet=sheet, email="bus@mairie.example")
    picture = SheetIllustrationFactory(sheet=sheet)
    town.decide(KEEP)
    action = town.candidature.initiatives.get()
    told = ("title", "summary", "context", "tools", "started_on", "ended_on")
    assert [getattr(action, name) for name in told] == [getattr(sheet, name) for name in told]
    assert list(action.services.all()) == [service_of(town.edition)]
    assert (action.contact_email, action.source_sheet) == ("bus@mairie.example", sheet)
    assert [one.file_id for one in action.illustrations.all()] == [picture.file_id]


def test_a_sheet_enters_once_however_often_it_is_asked(town: Town) -> None:
    town.sheets(3)
    keys = town.keys()
    town.decide(KEEP, keys)
    again = town.decide(KEEP, keys)
    assert (again.changed, again.conflicts) == (0, [])
    assert town.candidature.initiatives.count() == 3


def test_the_database_itself_refuses_a_sheet_twice(town: Town) -> None:
    (sheet,) = town.sheets()
    town.decide(KEEP)
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeFactory(candidature=town.candidature, source_sheet=sheet)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resumption.objects.create(
            candidature=town.candidature,
            sheet=sheet,
            choice=DROP,
            decided_at=NOW,
            decided_by=town.agent,
        )


def test_what_a_colleague_decided_otherwise_meanwhile_stays(town: Town) -> None:
    town.sheets(2)
    first, second = town.keys()
    colleague = contributor(town.territory)
    town.decide(DROP, [first], by=colleague)
    decided = town.decide(KEEP, [first, second])
    assert [one.key for one in decided.conflicts] == [first]
    assert decided.conflicts[0].resumption
    assert decided.conflicts[0].resumption.decided_by == colleague
    assert town.candidature.initiatives.count() == 1


def test_an_action_that_entered_is_not_dropped_from_a_page_that_is_late(town: Town) -> None:
    town.sheets()
    town.decide(KEEP)
    decided = town.decide(DROP)
    assert (len(decided.conflicts), decided.dropped) == (1, 0)
    assert town.candidature.initiatives.count() == 1


def test_what_is_dropped_is_remembered_and_can_be_taken_back(town: Town) -> None:
    town.sheets()
    town.decide(DROP)
    assert [one.is_dropped for one in sources(town.candidature, None)] == [True]
    seen = Resumption.objects.get().pk
    decided = town.decide(None, seen=seen)
    assert decided.restored == 1
    assert not Resumption.objects.exists()
    assert town.decide(None).changed == 0


def test_what_is_dropped_may_enter_after_all(town: Town) -> None:
    town.sheets()
    town.decide(DROP)
    decided = town.decide(KEEP, seen=Resumption.objects.get().pk)
    assert (len(decided.entered), decided.restored) == (1, 0)
    assert Resumption.objects.get().choice == KEEP


def test_taking_the_action_out_puts_its_sheet_back_among_those_to_examine(town: Town) -> None:
    town.sheets()
    town.decide(KEEP)
    services.remove_initiative(town.candidature.initiatives.get(), by=town.agent, at=NOW)
    assert [one.resumption for one in sources(town.candidature, None)] == [None]
    town.decide(KEEP)
    assert town.candidature.initiatives.count() == 1


def test_one_too_old_enters_only_to_be_updated_as_still_running(town: Town) -> None:
    town.sheets(started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1))
    assert len(town.decide(KEEP).refused) == 1
    assert not town.candidature.initiatives.exists()
    town.decide(UPDATE)
    assert town.candidature.initiatives.get().ended_on is None


def test_one_whose_services_are_gone_lacks_a_service_until_it_has_one(town: Town) -> None:
    town.sheets(services=[DigitalServiceFactory(edition=town.published, name="Fax pour tous")])
    (found,) = details_of(sources(town.candidature, None), edition=town.edition, whole=False)
    assert (found.lost, found.can_keep) == (["Fax pour tous"], False)
    assert len(town.decide(KEEP).refused) == 1
    town.decide(UPDATE)
    action = town.candidature.initiatives.get()
    (lacking,) = missing(town.candidature)
    assert action.title in lacking.sentence
    assert lacking.url.endswith(f"/actions/{action.pk}/#id_services")
    action.services.set([service_of(town.edition)])
    assert missing(town.candidature) == []


def test_only_the_territory_s_own_practices_are_offered(town: Town) -> None:
    mine = town.sheets()
    merged = CommuneFactory(vanished_on=date(2026, 1, 1), successor=town.territory)
    inherited = SheetFactory(edition=town.published, territory=merged)
    SheetFactory(edition=town.published)  # another's
    neighbour = CandidatureFactory(edition=town.before)
    InitiativeFactory(candidature=neighbour)
    deposit_last_day(neighbour)
    assert set(town.keys()) == {f"fiche-{mine[0].pk}", f"fiche-{inherited.pk}"}


def test_a_key_of_another_territory_enters_nothing(town: Town) -> None:
    other = SheetFactory(edition=town.published)
    assert town.decide(KEEP, [f"fiche-{other.pk}", "action-1", "zut"]).changed == 0
    assert not Initiative.objects.exists()


def test_the_actions_of_a_draft_never_deposited_are_not_offered(town: Town) -> None:
    draft = CandidatureFactory(edition=town.before, territory=town.territory)
    InitiativeFactory(candidature=draft)
    assert town.keys() == []
    assert offer(town.candidature) is None


def test_an_action_not_published_yet_is_offered_in_place_of_its_older_sheet(town: Town) -> None:
    told, other = town.sheets(2)
    dossier = CandidatureFactory(edition=town.before, territory=town.territory)
    action = InitiativeFactory(
        candidature=dossier, source_sheet=told, services=[service_of(town.before)]
    )
    deposit_last_day(dossier)
    assert set(town.keys()) == {f"action-{action.pk}", f"fiche-{other.pk}"}
    town.decide(KEEP)
    again = town.candidature.initiatives.get(title=action.title)
    assert again.source_sheet == told


def test_an_action_kept_for_the_jury_stays_so(town: Town) -> None:
    dossier = CandidatureFactory(edition=town.before, territory=town.territory)
    InitiativeFactory(
        candidature=dossier,
        is_shared=False,
        contact_email="a@b.example",
        services=[service_of(town.before)],
    )
    deposit_last_day(dossier)
    town.decide(KEEP)
    action = town.candidature.initiatives.get()
    assert (action.is_shared, action.contact_email) == (False, "a@b.example")


def test_who_only_reads_resumes_nothing_and_a_stranger_finds_nothing(town: Town) -> None:
    town.sheets()
    with pytest.raises(Forbidden):
        town.decide(KEEP, by=reader(town.territory))
    with pytest.raises(Candidature.DoesNotExist):
        town.decide(KEEP, by=contributor(CommuneFactory()))
    assert not Initiative.objects.exists()


def test_nothing_enters_a_deposited_candidature(town: Town) -> None:
    town.sheets()
    InitiativeFactory(candidature=town.candidature)
    deposit_last_day(town.candidature)
    with pytest.raises(Refusal):
        town.decide(KEEP)


def test_a_copy_of_a_resumed_action_is_another_practice(town: Town) -> None:
    town.sheets()
    town.decide(KEEP)
    copy = services.duplicate_initiative(town.candidature.initiatives.get(), by=town.agent, at=NOW)
    assert copy.source_sheet is None


@pytest.mark.parametrize("count", [1, 192])
def test_192_sheets_enter_at_once_for_as_many_queries_as_one(
    town: Town, count: int, record_property: Callable[[str, object], None]
) -> None:
    for sheet in town.sheets(count):
        SheetContactFactory(sheet=sheet)
    one = SheetIllustrationFactory(sheet=town.sheets()[0])
    keys = town.keys()
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        decided = town.decide(KEEP, keys)
    spent = round((time.perf_counter() - began) * 1_000)
    record_property(
        f"{count + 1} fiches reprises d’un coup", f"{len(captured)} requêtes, {spent} ms"
    )
    assert (len(decided.entered), len(captured)) == (count + 1, 17)
    assert town.candidature.initiatives.count() == count + 1
    assert InitiativeIllustration.objects.get().file_id == one.file_id


def test_what_changed_since_the_sheet_is_told_field_by_field(town: Town) -> None:
    town.sheets(summary="Un minibus passe le mardi.", audience="Tous")
    town.decide(KEEP)
    action = town.candidature.initiatives.get()
    before = resumed(action)
    assert before
    assert before.changes == []
    action.summary, action.ended_on = "Un minibus passe le jeudi.", date(2026, 9, 1)
    action.save()
    found = resumed(action)
    assert found
    assert {change.label: change.before for change in found.changes} == {
        "Résumé": "Un minibus passe le mardi.",
        "Date de fin": "toujours en cours",
    }
    (summary,) = [change for change in found.changes if change.label == "Résumé"]
    marked = [
        (one.text.strip(), one.is_removed, one.is_added)
        for one in summary.pieces
        if one.text.strip()
    ]
    assert marked == [
        ("Un minibus passe le", False, False),
        ("mardi.", True, False),
        ("jeudi.", False, True),
    ]


def test_a_sheet_updated_since_it_was_resumed_is_told(town: Town) -> None:
    (sheet,) = town.sheets()
    town.decide(KEEP)
    action = town.candidature.initiatives.get()
    assert [one.is_newer for one in [resumed(action)] if one] == [False]
    Sheet.objects.filter(pk=sheet.pk).update(updated_at=NOW + timedelta(days=1))
    assert [one.is_newer for one in [resumed(action)] if one] == [True]


def test_an_action_written_here_comes_from_nowhere(town: Town) -> None:
    assert resumed(InitiativeFactory(candidature=town.candidature)) is None


def test_what_is_offered_is_counted_as_it_is_examined(town: Town) -> None:
    town.sheets(3)
    town.decide(DROP, town.keys()[:1])
    found = offer(town.candidature)
    assert found
    assert (found.practices, found.examined, found.earlier) == (3, 1, None)


def test_the_last_deposited_candidature_is_that_of_the_latest_earlier_edition(town: Town) -> None:
    old = CandidatureFactory(edition=EditionFactory(year=2025), territory=town.territory)
    InitiativeFactory(candidature=old)
    deposit_last_day(old)
    assert previous(town.candidature) == old
    last = CandidatureFactory(edition=town.before, territory=town.territory)
    InitiativeFactory(candidature=last)
    assert previous(town.candidature) == old
    deposit_last_day(last)
    assert previous(town.candidature) == last


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_once_each_sheet_enters_once(town: Town) -> None:
    town.sheets(5)
    keys, people = town.keys(), [town.agent, contributor(town.territory)]
    together = threading.Barrier(2)
    entered: list[int] = []

    def keep(by: User) -> None:
        together.wait()
        try:
            entered.append(len(town.decide(KEEP, keys, by=by).entered))
        finally:
            connection.close()

    threads = [threading.Thread(target=keep, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entered) == [0, 5]
    assert town.candidature.initiatives.count() == 5
