"""The pages of rattachements, for agents and for the staff."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.territories import CommuneFactory, EpciFactory, MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

MINE = "/rattachements/"
SEARCH = "/rattachements/nouveau/"
STAFF = "/gestion/rattachements/"


@pytest.fixture
def agent() -> User:
    user: User = UserFactory(full_name="Awa Diallo")
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    """What is read on the page: tags out, spaces made one."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


# --- An agent's journey -----------------------------------------------------


def test_an_agent_finds_their_town_asks_for_it_and_waits(agent: User) -> None:
    town = CommuneFactory(code="59295", name="Hazebrouck", town=True)
    client = signed_in(agent)
    assert "Vous n’êtes rattaché·e à aucune collectivité" in text_of(client.get(MINE))

    results = client.get(SEARCH, {"q": "hazebrouk"})
    assert f'href="{SEARCH}59295/"' in results.content.decode()
    form = client.get(f"{SEARCH}59295/")
    assert "Votre rôle pour cette collectivité" in text_of(form)

    answer = client.post(
        f"{SEARCH}59295/", {"function": "Adjointe au numérique", "role": "referent"}, follow=True
    )
    assert answer.redirect_chain == [(MINE, 302)]
    assert "Votre demande est envoyée à l’association." in text_of(answer)
    assert "Adjointe au numérique, référent·e" in text_of(answer)
    assert "demandé" in text_of(answer)
    membership = Membership.objects.get()
    assert (membership.user, membership.territory) == (agent, town)
    assert membership.is_requested


def test_a_request_says_a_function(agent: User) -> None:
    territory = CommuneFactory()
    answer = signed_in(agent).post(f"{SEARCH}{territory.code}/", {"function": " "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Membership.objects.exists()


def test_who_asked_already_is_told_so_instead_of_a_form(agent: User) -> None:
    membership = MembershipFactory(user=agent)
    page = signed_in(agent).get(f"{SEARCH}{membership.territory.code}/")
    assert "Vous avez déjà demandé ce rattachement" in text_of(page)
    assert 'name="function"' not in page.content.decode()
    answer = signed_in(agent).post(
        f"{SEARCH}{membership.territory.code}/",
        {"function": "Maire", "role": "reader"},
        follow=True,
    )
    assert "Vous avez déjà demandé ce rattachement" in text_of(answer)
    assert Membership.objects.count() == 1


def test_a_territory_that_vanished_leads_to_its_successor(agent: User) -> None:
    heir = CommuneFactory(name="Arboys en Bugey")
    gone = CommuneFactory(name="Arbignieu", vanished=True, successor=heir)
    client = signed_in(agent)
    assert (
        f'href="{SEARCH}{gone.code}/"'
        not in client.get(SEARCH, {"q": "arbignieu"}).content.decode()
    )
    page = client.get(f"{SEARCH}{gone.code}/").content.decode()
    assert f'href="{SEARCH}{heir.code}/"' in page


def test_an_agent_withdraws_a_request(agent: User) -> None:
    membership = MembershipFactory(user=agent)
    answer = signed_in(agent).post(f"{MINE}{membership.pk}/terminer/", follow=True)
    assert "a pris fin" in text_of(answer)
    assert Membership.objects.get().state == "ended"


def test_a_refusal_shows_its_reason_to_the_person(agent: User) -> None:
    MembershipFactory(user=agent, refused=True, reason="Écrivez depuis l’adresse de la mairie.")
    page = signed_in(agent).get(MINE)
    assert "Écrivez depuis l’adresse de la mairie." in text_of(page)


def test_nobody_sees_the_rattachements_of_others(agent: User) -> None:
    MembershipFactory(function="Secrétaire très secrète")
    assert "très secrète" not in text_of(signed_in(agent).get(MINE))


# --- Searching --------------------------------------------------------------


def test_results_tell_homonyms_apart(agent: User) -> None:
    CommuneFactory(code="70450", name="La Rochelle", population=40)
    EpciFactory(name="Communauté de communes de La Rochelle", population=1200)
    page = text_of(signed_in(agent).get(SEARCH, {"q": "la rochelle"}))
    assert "2 résultats pour « la rochelle »" in page
    assert "Choisir La Rochelle (70) Haute-Saône · 40 habitants" in page
    assert "Communauté de communes · Haute-Saône · 1 200 habitants" in page


def test_a_search_without_results_says_what_to_try(agent: User) -> None:
    page = text_of(signed_in(agent).get(SEARCH, {"q": "zzzz"}))
    assert "0 résultat pour « zzzz »" in page
    assert "Aucune collectivité ne correspond" in page


def test_too_many_results_ask_for_more_letters(agent: User) -> None:
    CommuneFactory.create_batch(11, name="Saint-Martin")
    page = text_of(signed_in(agent).get(SEARCH, {"q": "saint martin"}))
    assert "Les 10 plus proches" in page
    assert "Précisez le nom" in page


def test_htmx_gets_the_results_alone_and_the_count_aside(agent: User) -> None:
    CommuneFactory(code="59295", name="Hazebrouck")
    answer = signed_in(agent).get(SEARCH, {"q": "haze"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert f'href="{SEARCH}59295/"' in html
    assert re.search(r'hx-swap-oob="innerHTML:#count">\s*1 résultat pour', html)
    assert "HX-Request" in answer["Vary"]


def test_the_page_holds_the_live_count_and_no_fragment_meant_for_htmx(agent: User) -> None:
    html = signed_in(agent).get(SEARCH, {"q": "haze"}).content.decode()
    assert re.search(r'id="count" role="status" aria-live="polite">', html)
    assert "hx-swap-oob" not in html


def test_what_is_searched_is_escaped(agent: User) -> None:
    html = signed_in(agent).get(SEARCH, {"q": '"><script>x'}).content.decode()
    assert "<script>x" not in html


# --- The staff --------------------------------------------------------------


@pytest.fixture
def staff() -> User:
    user: User = UserFactory(staff=True, full_name="Inès Moreau")
    return user


def test_the_staff_accept_and_say_in_which_role(staff: User) -> None:
    membership = MembershipFactory()
    page = signed_in(staff).get(STAFF).content.decode()
    assert f'id="role-{membership.pk}"' in page
    answer = signed_in(staff).post(
        f"{STAFF}{membership.pk}/accepter/", {"role": "referent"}, follow=True
    )
    assert f"{membership.user} est rattaché·e à {membership.territory}." in text_of(answer)
    membership.refresh_from_db()
    assert membership.is_active
    assert membership.is_referent


def test_no_role_grants_nothing(staff: User) -> None:
    membership = MembershipFactory(referent=True)
    answer = signed_in(staff).post(f"{STAFF}{membership.pk}/accepter/", follow=True)
    assert "Choisissez un rôle" in text_of(answer)
    membership.refresh_from_db()
    assert membership.is_requested


def test_the_staff_refuse_with_a_reason(staff: User) -> None:
    membership = MembershipFactory()
    answer = signed_in(staff).post(
        f"{STAFF}{membership.pk}/refuser/", {"reason": "Adresse personnelle."}, follow=True
    )
    assert "est refusée." in text_of(answer)
    membership.refresh_from_db()
    assert (membership.state, membership.reason) == ("refused", "Adresse personnelle.")


def test_the_second_of_two_answers_is_told_that_it_came_too_late(staff: User) -> None:
    membership = MembershipFactory(active=True)
    answer = signed_in(staff).post(f"{STAFF}{membership.pk}/refuser/", follow=True)
    assert "Cette demande a déjà reçu une réponse" in text_of(answer)
    assert Membership.objects.get().is_active


def test_pending_requests_come_first_the_oldest_on_top(staff: User) -> None:
    done = MembershipFactory(active=True)
    young = MembershipFactory(requested_at="2026-03-05T09:00Z")
    old = MembershipFactory(requested_at="2026-03-01T09:00Z")
    page = signed_in(staff).get(STAFF)
    assert list(page.context["page_obj"]) == [old, young, done]


def test_the_staff_filter_by_state_role_and_name(staff: User) -> None:
    requested = MembershipFactory(territory__name="L’Haÿ-les-Roses", reader=True)
    MembershipFactory(active=True)
    client = signed_in(staff)
    for query in (
        {"etat": "requested"},
        {"role": "reader"},
        {"q": "l hay"},
        {"q": requested.user.email},
    ):
        assert list(client.get(STAFF, query).context["page_obj"]) == [requested]


def test_thirty_rattachements_make_a_page(staff: User) -> None:
    MembershipFactory.create_batch(31)
    page = signed_in(staff).get(STAFF)
    assert len(page.context["page_obj"]) == 30
    assert "31 rattachements" in text_of(page)


def test_the_home_page_of_the_staff_counts_the_requests(staff: User) -> None:
    MembershipFactory.create_batch(2)
    MembershipFactory(active=True)
    page = signed_in(staff).get("/gestion/")
    assert f'href="{STAFF}"' in page.content.decode()
    assert "2 demandes en attente" in text_of(page)


# --- Who may what -----------------------------------------------------------


def status(client: Client, method: str, path: str) -> int:
    code: int = getattr(client, method)(path).status_code
    return code


def test_the_rights_on_every_page() -> None:
    """Of a person's rattachement: what nobody, another agent, that person and the staff get."""
    membership = MembershipFactory()
    people = (
        Client(),
        signed_in(UserFactory()),
        signed_in(membership.user),
        signed_in(UserFactory(staff=True)),
    )
    code, pk = CommuneFactory().code, membership.pk
    table = {
        ("get", MINE): (302, 200, 200, 200),
        ("get", SEARCH): (302, 200, 200, 200),
        ("get", f"{SEARCH}{code}/"): (302, 200, 200, 200),
        ("get", f"{SEARCH}00000/"): (302, 404, 404, 404),
        ("get", f"{MINE}{pk}/terminer/"): (302, 405, 405, 405),
        ("get", STAFF): (302, 403, 403, 200),
        ("get", f"{STAFF}{pk}/accepter/"): (302, 405, 405, 405),
        ("post", f"{STAFF}{pk}/accepter/"): (302, 403, 403, 302),
        ("post", f"{STAFF}{pk}/refuser/"): (302, 403, 403, 302),
        ("post", f"{STAFF}{pk}/terminer/"): (302, 403, 403, 302),
        ("post", f"{MINE}{pk}/terminer/"): (302, 404, 302, 302),
    }
    found = {asked: tuple(status(person, *asked) for person in people) for asked in table}
    assert found == table


def test_a_stranger_never_ends_the_rattachement_of_another(agent: User) -> None:
    membership = MembershipFactory(active=True)
    assert signed_in(agent).post(f"{MINE}{membership.pk}/terminer/").status_code == 404
    assert signed_in(agent).post(f"{STAFF}{membership.pk}/accepter/").status_code == 403
    membership.refresh_from_db()
    assert membership.is_active


def test_a_pending_member_sees_nothing_of_the_dossier(agent: User) -> None:
    MembershipFactory(user=agent, territory__name="Villesecrète")
    page = signed_in(agent).get(reverse("candidatures:index"))
    assert not page.context["page_obj"].object_list
    assert not page.context["startable"]


# --- As many queries for three rows as for one ------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_my_rattachements(
    agent: User, rows: int, django_assert_num_queries: Any
) -> None:
    MembershipFactory.create_batch(rows, user=agent, active=True)
    client = signed_in(agent)
    with django_assert_num_queries(4):  # session, person, spaces, rattachements
        client.get(MINE)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_search(agent: User, rows: int, django_assert_num_queries: Any) -> None:
    CommuneFactory.create_batch(rows, name="Saint-Martin")
    client = signed_in(agent)
    with django_assert_num_queries(4):  # session, person, spaces, results
        client.get(SEARCH, {"q": "saint martin"})


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_staff_page(staff: User, rows: int, django_assert_num_queries: Any) -> None:
    MembershipFactory.create_batch(rows, active=True, decided_by=staff)
    client = signed_in(staff)
    with django_assert_num_queries(5):  # session, person, spaces, count, rattachements
        client.get(STAFF)
