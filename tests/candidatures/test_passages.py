"""An action that several people write: passage by passage, and no text lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import passages, services
from candidatures.models import Candidature, EarlierPassage, Initiative
from candidatures.passages import PASSAGES
from tests.costs import costs
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    reader,
    referent,
)
from tests.factories.labels import NOW, DigitalServiceFactory, EditionFactory
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def candidature() -> Candidature:
    found: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return found


@pytest.fixture
def initiative(candidature: Candidature) -> Initiative:
    found: Initiative = InitiativeFactory(
        candidature=candidature,
        title="Le bus du soir",
        services=[DigitalServiceFactory(edition=candidature.edition)],
    )
    return found


@pytest.fixture
def me(candidature: Candidature) -> User:
    return referent(candidature.territory)


@pytest.fixture
def colleague(candidature: Candidature) -> User:
    return contributor(candidature.territory)


def save(
    initiative: Initiative, by: User, *, over: int = 0, at: Any = NOW, **fields: str
) -> services.SavedPassages:
    values = {name: ({name: text}, over) for name, text in fields.items()}
    return services.save_passages(initiative, values=values, by=by, at=at)


def address(initiative: Initiative, code: str) -> str:
    return reverse("candidatures:passage", args=[initiative.candidature_id, initiative.pk, code])


def form_of(initiative: Initiative, **changed: Any) -> dict[str, Any]:
    """What the whole page sends, as it was when nobody had changed anything."""
    return {
        "title": initiative.title,
        "summary": initiative.summary,
        "services": [service.pk for service in initiative.services.all()],
        "kind": initiative.kind,
        "mode": initiative.mode,
        "started_on": initiative.started_on.isoformat(),
        "still_running": "on",
        "is_shared": "on",
        **{f"v{code}": 0 for code in PASSAGES},
        **changed,
    }


def test_every_field_that_an_agent_writes_belongs_to_one_passage() -> None:
    written = [name for names in PASSAGES.values() for name in names]
    assert sorted(written) == sorted([*Initiative.WRITTEN_FIELDS, "services"])


def test_two_colleagues_on_two_passages_never_meet(
    initiative: Initiative, me: User, colleague: User
) -> None:
    assert not save(initiative, colleague, summary="Son résumé").conflicts
    assert not save(initiative, me, title="Mon titre").conflicts
    initiative.refresh_from_db()
    assert (initiative.title, initiative.summary) == ("Mon titre", "Son résumé")


def test_two_colleagues_on_one_passage_lose_neither_text(
    initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, colleague, summary="Son résumé")
    [conflict] = save(initiative, me, summary="Mon résumé", at=LATER).conflicts
    assert (conflict.words, conflict.by, conflict.at) == ("Son résumé", colleague, NOW)
    initiative.refresh_from_db()
    assert initiative.summary == "Son résumé"
    assert not save(initiative, me, summary="Mon résumé", over=conflict.version).conflicts
    kept = initiative.earlier_passages.latest_first()[0]
    assert (kept.value, kept.written_by) == ({"summary": "Son résumé"}, colleague)


def test_the_same_text_from_two_people_is_no_conflict(
    initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, colleague, summary="Le même")
    assert not save(initiative, me, summary="Le même").conflicts


def test_going_on_typing_keeps_the_first_text_and_not_each_step(
    initiative: Initiative, me: User
) -> None:
    before = initiative.summary
    for version, text in enumerate(
        ["Nous avons ouv", "Nous avons ouvert", "Nous avons ouvert tôt"]
    ):
        save(initiative, me, summary=text, over=version, at=NOW + timedelta(seconds=version))
    assert [one.value for one in EarlierPassage.objects.all()] == [{"summary": before}]


def test_what_is_erased_can_be_put_back(initiative: Initiative, me: User) -> None:
    save(initiative, me, context="Un long récit de nos débuts.")
    save(initiative, me, context="", over=1, at=NOW + timedelta(seconds=5))
    earlier = initiative.earlier_passages.get(code="context")
    services.restore_passage(earlier, over=2, by=me, at=LATER)
    initiative.refresh_from_db()
    assert initiative.context == "Un long récit de nos débuts."


def test_services_are_put_back_too(initiative: Initiative, me: User) -> None:
    other = DigitalServiceFactory(edition=initiative.candidature.edition)
    first = initiative.services.get()
    values = {"services": ({"services": [other.pk]}, 0)}
    services.save_passages(initiative, values=values, by=me, at=NOW)
    assert initiative.services.get() == other
    services.restore_passage(initiative.earlier_passages.get(), over=1, by=me, at=LATER)
    assert initiative.services.get() == first


def test_a_text_put_back_takes_no_colleague_by_surprise(
    initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, me, summary="Mon résumé")
    save(initiative, colleague, summary="Son résumé", over=1)
    with pytest.raises(Refusal, match="collègue"):
        services.restore_passage(
            initiative.earlier_passages.get(version=0), over=1, by=me, at=LATER
        )


def test_an_action_removed_meanwhile_is_said_and_nothing_is_written(
    initiative: Initiative, me: User, colleague: User
) -> None:
    services.remove_initiative(initiative, by=colleague, at=NOW)
    with pytest.raises(Refusal, match="a retiré cette action"):
        save(initiative, me, summary="Mon résumé")


# --- As it is typed ------------------------------------------------------------------------------


def test_saving_a_passage_as_it_is_typed_costs_at_most_eight_queries(
    client: Client, initiative: Initiative, me: User
) -> None:
    client.force_login(me)
    here = address(initiative, "summary")
    with costs(8):  # what the action said when it was added is kept
        client.post(here, {"summary": "Un bus, chaque soir.", "vsummary": 0})
    with costs(7):
        client.post(here, {"summary": "Un bus, chaque soir d’été.", "vsummary": 1})


def test_dates_and_services_cost_a_few_more(
    client: Client, initiative: Initiative, me: User
) -> None:
    client.force_login(me)
    edition = initiative.candidature.edition
    ticked = [initiative.services.get().pk, DigitalServiceFactory(edition=edition).pk]
    with costs(11):  # they are rows of their own
        client.post(address(initiative, "services"), {"services": ticked, "vservices": 0})
    assert initiative.services.count() == 2
    dates = {"started_on": "2026-03-01", "still_running": "on", "vdates": 0}
    with costs(9):  # the database says whether they are in order
        client.post(address(initiative, "dates"), dates)


def test_a_passage_that_is_not_right_is_refused_with_its_reason(
    client: Client, initiative: Initiative, me: User
) -> None:
    client.force_login(me)
    answer = client.post(address(initiative, "title"), {"title": "", "vtitle": 0})
    assert answer.status_code == 422
    dates = {"started_on": "2020-01-01", "ended_on": "2020-02-01", "vdates": 0}
    answer = client.post(address(initiative, "dates"), dates)
    assert answer.status_code == 422
    assert "deux ans" in answer.json()["problem"]
    initiative.refresh_from_db()
    assert initiative.title == "Le bus du soir"


def test_a_conflict_is_shown_with_both_texts_to_choose_from(
    client: Client, initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, colleague, summary="Son résumé", at=timezone.now())
    client.force_login(me)
    answer = client.post(address(initiative, "summary"), {"summary": "Le mien", "vsummary": 0})
    assert answer.status_code == 409
    said = answer.json()
    assert said["version"] == 1
    assert "Son résumé" in said["problem"]
    assert colleague.get_full_name() in said["problem"]
    mine = client.post(address(initiative, "summary"), {"summary": "Le mien", "vsummary": 1})
    assert mine.json() == {"version": 2}
    earlier = reverse(
        "candidatures:earlier_passages",
        args=[initiative.candidature_id, initiative.pk, "summary"],
    )
    assert "Son résumé" in client.get(earlier).content.decode()
    client.post(earlier, {"version": 1, "over": 2})
    initiative.refresh_from_db()
    assert initiative.summary == "Son résumé"


def test_a_passage_that_one_sets_aside_is_an_earlier_one_and_that_of_the_colleague_stays(
    client: Client, initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, colleague, summary="", at=timezone.now())
    client.force_login(me)
    mine = {"summary": "Le mien", "vsummary": 1, "laisser": "oui"}
    assert client.post(address(initiative, "summary"), mine).json() == {"version": 2}
    initiative.refresh_from_db()
    assert initiative.summary == ""
    assert passages.writer(initiative, "summary")[0] == colleague.pk
    assert {"summary": "Le mien"} in initiative.earlier_passages.values_list("value", flat=True)
    again = client.post(address(initiative, "summary"), mine)
    assert again.status_code == 409


def test_nobody_else_writes_a_passage(client: Client, initiative: Initiative) -> None:
    sent = {"summary": "Pirate", "vsummary": 0}
    client.force_login(reader(initiative.candidature.territory))
    assert client.post(address(initiative, "summary"), sent).status_code == 403
    client.force_login(contributor(CandidatureFactory().territory))
    assert client.post(address(initiative, "summary"), sent).status_code == 404
    assert client.post(address(initiative, "pk"), sent).status_code == 404
    initiative.refresh_from_db()
    assert initiative.summary != "Pirate"


def test_an_open_action_is_told_that_a_colleague_changed_it(
    client: Client, initiative: Initiative, me: User, colleague: User
) -> None:
    """And not that one did oneself, nor that another action changed."""
    other = InitiativeFactory(candidature=initiative.candidature)
    here = reverse("candidatures:presence", args=[initiative.candidature_id])
    client.force_login(me)

    def told(since: str, action: int = initiative.pk) -> bool:
        sent = {"since": since, "action": action}
        return bool(client.post(here, sent).json()["changed"])

    since = timezone.now().isoformat()
    save(initiative, me, summary="Mon résumé", at=timezone.now())
    save(other, colleague, summary="Ailleurs", at=timezone.now())
    assert not told(since)
    save(initiative, colleague, audience="Son public", at=timezone.now())
    assert told(since)
    assert not told(timezone.now().isoformat())
    assert not told(since, action=0)


# --- With the button -----------------------------------------------------------------------------


def test_the_button_saves_what_is_right_and_shows_again_what_is_not(
    client: Client, initiative: Initiative, me: User
) -> None:
    client.force_login(me)
    page = reverse(
        "candidatures:change_initiative", args=[initiative.candidature_id, initiative.pk]
    )
    sent = form_of(initiative, title="", audience="Les habitants des hameaux")
    answer = client.post(page, sent)
    assert answer.status_code == 422
    initiative.refresh_from_db()
    assert (initiative.title, initiative.audience) == (
        "Le bus du soir",
        "Les habitants des hameaux",
    )


def test_the_button_keeps_what_a_colleague_wrote_elsewhere_and_shows_a_conflict_where_both_did(
    client: Client, initiative: Initiative, me: User, colleague: User
) -> None:
    save(initiative, colleague, summary="Son résumé", audience="Son public")
    client.force_login(me)
    page = reverse(
        "candidatures:change_initiative", args=[initiative.candidature_id, initiative.pk]
    )
    answer = client.post(page, form_of(initiative, audience="Mon public", partners="Une école"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Son public" in said
    assert "Mon public" in said
    initiative.refresh_from_db()
    assert (initiative.audience, initiative.partners) == ("Son public", "Une école")
    assert initiative.summary == "Son résumé"


def test_words_read_as_french() -> None:
    dates = {"started_on": "2026-03-01", "ended_on": None}
    assert (
        passages.words("dates", dates, names={}) == "Commencée le 1er mars 2026, toujours en cours"
    )
    tools = {"tools": [["Une carte", "ODbL"], ["Un tableur", ""]]}
    assert passages.words("tools", tools, names={}) == "Une carte (ODbL)\nUn tableur"
    assert passages.words("services", {"services": [3]}, names={3: "Le vote"}) == "Le vote"
    assert passages.label("dates") == "Les dates"
