"""The page on which a town decides of its practices, as an agent goes through it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from candidatures.models import Resumption
from candidatures.views.resuming import PER_PAGE
from labels.models import Edition
from tests.candidatures.resuming_cases import DROP, KEEP, Town, service_of
from tests.factories.candidatures import contributor, reader
from tests.factories.labels import DigitalServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town(real=True)


@pytest.fixture
def agent(client: Client, town: Town) -> Client:
    client.force_login(town.agent)
    return client


def address(town: Town, query: str = "") -> str:
    return reverse("candidatures:resume_practices", args=[town.candidature.pk]) + query


def shown(html: str) -> list[str]:
    return re.findall(r'name="vu-([a-z]+-\d+)"', html)


def sent(html: str, **choices: str) -> dict[str, str]:
    """The form of the page, with these choices and all that it hides."""
    hidden = dict(re.findall(r'<input type="hidden" name="(vu-[^"]+)" value="(\d+)"', html))
    return hidden | choices


def test_a_town_with_192_sheets_does_this_in_eight_pages(town: Town, agent: Client) -> None:
    town.sheets(192)
    pages = 0
    while keys := shown(html := agent.get(address(town)).content.decode()):
        pages += 1
        first = {f"c-{keys[0]}": str(DROP)} if pages == 1 else {}
        assert agent.post(address(town), sent(html, tout="", **first)).status_code == 302
    assert pages == 8
    assert town.candidature.initiatives.count() == 191
    done = agent.get(address(town)).content.decode()
    assert "Tout est examiné" in done
    assert "192 sur 192" in done


def test_a_page_follows_what_was_chosen_and_keeps_the_rest(town: Town, agent: Client) -> None:
    town.sheets(3)
    html = agent.get(address(town)).content.decode()
    first, second, third = shown(html)
    agent.post(
        address(town), sent(html, tout="", **{f"c-{first}": "dropped", f"c-{second}": "updated"})
    )
    choices = {f"fiche-{one.sheet_id}": one.choice for one in Resumption.objects.all()}
    assert choices == {first: "dropped", second: "updated", third: "kept"}


def test_without_a_choice_nothing_is_decided(town: Town, agent: Client) -> None:
    town.sheets(2)
    html = agent.get(address(town)).content.decode()
    agent.post(address(town), sent(html))
    assert not Resumption.objects.exists()


def test_keeping_all_leaves_out_what_the_label_does_not_take(town: Town, agent: Client) -> None:
    town.sheets(started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1))
    town.sheets(services=[DigitalServiceFactory(edition=town.published)])
    (fine,) = town.sheets()
    html = agent.get(address(town)).content.decode()
    assert "Est-elle toujours en cours" in html
    agent.post(address(town), sent(html, tout=""))
    assert town.candidature.initiatives.get().source_sheet == fine


def test_updating_one_opens_its_form_which_tells_what_changed(town: Town, agent: Client) -> None:
    town.sheets(title="Le bus")
    html = agent.get(address(town)).content.decode()
    (key,) = shown(html)
    response = agent.post(address(town), sent(html, **{f"c-{key}": "updated"}), follow=True)
    action = town.candidature.initiatives.get()
    assert response.redirect_chain[-1][0].endswith(f"/actions/{action.pk}/")
    page = response.content.decode()
    assert "Ce qui a changé depuis la fiche publiée" in page
    waiting = agent.get(address(town)).content.decode()
    assert "1 action à mettre à jour" in waiting
    action.passages = {"summary": {"version": 1}}
    action.save()
    assert "à mettre à jour</summary>" not in agent.get(address(town)).content.decode()


def test_what_a_colleague_dropped_meanwhile_is_told_and_stays(town: Town, agent: Client) -> None:
    town.sheets(2)
    html = agent.get(address(town)).content.decode()
    first, second = shown(html)
    colleague = contributor(town.territory)
    town.decide(DROP, [first], by=colleague)
    kept = {f"c-{first}": "kept", f"c-{second}": "kept"}
    response = agent.post(address(town), sent(html, **kept))
    assert response.status_code == 409
    assert colleague.full_name in response.content.decode()
    assert town.candidature.initiatives.count() == 1
    assert Resumption.objects.filter(choice="dropped").count() == 1


def test_what_was_dropped_is_found_again_and_taken_back(town: Town, agent: Client) -> None:
    town.sheets()
    town.decide(DROP)
    assert shown(agent.get(address(town)).content.decode()) == []
    html = agent.get(address(town, "?etat=abandonnees")).content.decode()
    (key,) = shown(html)
    agent.post(address(town, "?etat=abandonnees"), sent(html, **{f"c-{key}": "remettre"}))
    assert not Resumption.objects.exists()


def test_what_entered_leads_to_its_action(town: Town, agent: Client) -> None:
    town.sheets()
    town.decide(KEEP)
    html = agent.get(address(town, "?etat=reprises")).content.decode()
    action = town.candidature.initiatives.get()
    assert reverse("candidatures:change_initiative", args=[town.candidature.pk, action.pk]) in html
    assert "c-fiche" not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=MEDIATHEQUE", {"La médiathèque"}),
        ("?enjeu=mediation", {"La médiathèque", "Le bus"}),
        ("?service=bus", {"Le bus"}),
        ("?enjeu=mediation&service=livres", {"La médiathèque"}),
    ],
)
def test_practices_are_found_by_word_enjeu_and_service(
    town: Town, agent: Client, query: str, found: set[str]
) -> None:
    def books(edition: Edition) -> object:
        theme = service_of(edition).theme
        return DigitalServiceFactory(theme=theme, code="livres", name="Livres")

    books(town.edition)
    town.sheets(title="Le bus")
    town.sheets(title="La médiathèque", services=[books(town.published)])
    town.sheets(title="Autre chose", services=[DigitalServiceFactory(edition=town.published)])
    html = agent.get(address(town, query)).content.decode()
    assert set(re.findall(r'<h3 class="row__name">([^<]+)</h3>', html)) == found


def test_who_only_reads_sees_the_list_and_no_choice(client: Client, town: Town) -> None:
    town.sheets(title="Le bus")
    client.force_login(reader(town.territory))
    html = client.get(address(town)).content.decode()
    assert "Le bus" in html
    assert 'type="radio"' not in html
    assert client.post(address(town), sent(html, tout="")).status_code == 403
    assert not Resumption.objects.exists()


def test_the_candidature_leads_there_as_long_as_it_is_written(town: Town, agent: Client) -> None:
    detail = reverse("candidatures:detail", args=[town.candidature.pk])
    way = reverse("candidatures:resume", args=[town.candidature.pk])
    assert way not in agent.get(detail).content.decode()  # nothing to resume
    town.sheets(PER_PAGE)
    page = agent.get(detail).content.decode()
    assert way in page
    assert "0 sur 25" in page
    agent.force_login(reader(town.territory))
    assert way not in agent.get(detail).content.decode()
