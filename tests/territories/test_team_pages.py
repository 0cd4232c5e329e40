"""The page of a team, and the letter that leads to it, without a line of JavaScript."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.candidatures import contributor, reader, referent
from tests.factories.territories import CommuneFactory, InvitationFactory, MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.mail.models import Message
from villes_internet.territories.models import Invitation, Membership, Territory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Territory:
    territory: Territory = CommuneFactory(name="Hazebrouck", code="59295")
    return territory


TEAM = "/rattachements/59295/equipe/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def code_sent_to(email: str) -> str:
    letter = Message.objects.filter(to=email).latest("pk")
    [code] = re.findall(r"^\d{6}$", letter.text, re.MULTILINE)
    return str(code)


def waiting(town: Territory, **fields: object) -> Invitation:
    yesterday = timezone.now() - timedelta(days=1)
    invitation: Invitation = InvitationFactory(
        **{"territory": town, "invited_at": yesterday} | fields
    )
    return invitation


def test_someone_without_an_account_is_invited_signs_up_and_acts(town: Territory) -> None:
    client = signed_in(referent(town))
    sent = {"email": "lea.roy@mairie.example", "role": "contributor"}
    answer = client.post(TEAM, sent, follow=True)
    assert "L’invitation part par courriel à lea.roy@mairie.example." in text_of(answer)
    assert "Invitations sans réponse" in text_of(answer)

    [link] = re.findall(
        r"https?://[^/]+(/rattachements/invitation/\S+)", Message.objects.get().text
    )
    newcomer = Client()
    asked = newcomer.get(link, follow=True)
    [sign_up] = re.findall(r'href="(/comptes/signup/\?next=[^"]+)"', asked.content.decode())
    page = newcomer.get(unescape(sign_up)).content.decode()
    [back] = re.findall(r'name="next" value="([^"]+)"', page)
    assert unescape(back) == link
    newcomer.post(
        "/comptes/signup/",
        {"email": "lea.roy@mairie.example", "full_name": "Léa Roy", "next": unescape(back)},
    )
    code = code_sent_to("lea.roy@mairie.example")
    landed = newcomer.post("/comptes/confirm-email/", {"code": code}, follow=True)
    assert landed.redirect_chain[-1][0] == link
    assert "vous invite à agir pour cette collectivité, comme contributeur·rice" in text_of(landed)
    done = newcomer.post(link, {"function": "Élue au numérique"}, follow=True)
    assert "Vous êtes maintenant contributeur·rice pour Hazebrouck." in text_of(done)
    membership = Membership.objects.get(user__email="lea.roy@mairie.example")
    assert (membership.is_active, membership.function) == (True, "Élue au numérique")
    assert "Invitations sans réponse" not in text_of(client.get(TEAM))


def test_reading_the_letter_accepts_nothing(town: Territory) -> None:
    invitation = waiting(town)
    person = UserFactory(email=invitation.email, verified=True)
    signed_in(person).get(f"/rattachements/invitation/{invitation.token}/")
    assert not Membership.objects.filter(user=person).exists()


def test_another_account_is_told_whose_invitation_it_is(town: Territory) -> None:
    invitation = waiting(town, email="lea.roy@mairie.example")
    client = signed_in(UserFactory(email="autre@mairie.example", verified=True))
    link = f"/rattachements/invitation/{invitation.token}/"
    page = client.get(link)
    assert "destinée à lea.roy@mairie.example" in text_of(page)
    assert "connecté·e avec autre@mairie.example" in text_of(page)
    assert 'name="function"' not in page.content.decode()
    answer = client.post(link, {"function": "Maire"})
    assert answer.status_code == 403
    assert "destinée à lea.roy@mairie.example" in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"invited_at": timezone.now() - timedelta(days=14)}, "Cette invitation a expiré"),
        ({"revoked_at": timezone.now()}, "Cette invitation a été retirée"),
        ({"accepted_at": timezone.now()}, "Cette invitation a déjà été acceptée"),
    ],
    ids=["expired", "revoked", "accepted"],
)
def test_a_dead_letter_says_why_and_what_to_do(
    fields: dict[str, object], said: str, town: Territory
) -> None:
    invitation = waiting(town, **fields)
    client = signed_in(UserFactory(email=invitation.email, verified=True))
    link = f"/rattachements/invitation/{invitation.token}/"
    page = client.get(link)
    assert said in text_of(page)
    assert 'name="function"' not in page.content.decode()
    answer = client.post(link, {"function": "Maire"})
    assert (answer.status_code, said in text_of(answer)) == (409, True)


def test_who_sees_the_team_and_who_composes_it(town: Territory) -> None:
    invitation = waiting(town)
    people = {
        "passer-by": Client(),
        "neighbour": signed_in(referent(CommuneFactory())),
        "pending": signed_in(MembershipFactory(territory=town).user),
        "former": signed_in(MembershipFactory(territory=town, ended=True).user),
        "reader": signed_in(reader(town)),
        "contributor": signed_in(contributor(town)),
        "referent": signed_in(referent(town)),
        "staff": signed_in(UserFactory(staff=True)),
    }
    found = {
        who: (page.status_code, invitation.email in text_of(page), "Envoyer l’inv" in text_of(page))
        for who, page in ((who, client.get(TEAM)) for who, client in people.items())
    }
    assert found == {
        "passer-by": (302, False, False),
        "neighbour": (404, False, False),
        "pending": (404, False, False),
        "former": (404, False, False),
        "reader": (200, False, False),
        "contributor": (200, False, False),
        "referent": (200, True, True),
        "staff": (200, True, True),
    }


def test_a_referent_does_everything_from_the_page(town: Territory) -> None:
    client, colleague = signed_in(referent(town)), MembershipFactory(territory=town, active=True)
    invitation = waiting(town)
    steps = {
        f"{colleague.pk}/role/": f"{colleague.user} est maintenant lecteur·rice.",
        f"{colleague.pk}/terminer/": f"{colleague.user} n’agit plus pour Hazebrouck.",
        f"invitations/{invitation.pk}/renvoyer/": "repart par courriel",
        f"invitations/{invitation.pk}/retirer/": "est retirée",
    }
    for step, said in steps.items():
        answer = client.post(TEAM + step, {"role": "reader"}, follow=True)
        assert said in text_of(answer)
        assert answer.redirect_chain == [(TEAM, 302)]


def test_a_role_that_does_not_exist_is_refused_on_its_row(town: Territory) -> None:
    client, colleague = signed_in(referent(town)), MembershipFactory(territory=town, active=True)
    answer = client.post(f"{TEAM}{colleague.pk}/role/", {"role": "king"})
    assert answer.status_code == 422
    assert f'href="#id_role_{colleague.pk}"' in answer.content.decode()
    assert Membership.objects.get(pk=colleague.pk).role == "contributor"


def test_what_cannot_be_invited_stays_in_the_form(town: Territory) -> None:
    client, colleague = signed_in(referent(town)), contributor(town)
    answer = client.post(TEAM, {"email": colleague.email, "role": "reader"})
    assert answer.status_code == 409
    assert "agit déjà pour la collectivité" in text_of(answer)
    assert f'value="{colleague.email}"' in answer.content.decode()


def test_my_rattachements_lead_to_each_team(town: Territory) -> None:
    page = signed_in(reader(town)).get("/rattachements/").content.decode()
    assert f'href="{TEAM}"' in page
    pending = signed_in(MembershipFactory(territory=town).user).get("/rattachements/")
    assert f'href="{TEAM}"' not in pending.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_team(rows: int, town: Territory, django_assert_num_queries: Any) -> None:
    by = referent(town)
    MembershipFactory.create_batch(rows, territory=town, active=True, decided_by=by)
    InvitationFactory.create_batch(rows, territory=town, invited_by=by)
    client = signed_in(by)
    # session, person, territory, seen, composed, members, invitations, spaces
    with django_assert_num_queries(8):
        client.get(TEAM)
