"""The staff write to many: read before it leaves, once, to each as they should be written to."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.urls import reverse

from candidatures import mailings, services
from candidatures.choices import Audience
from candidatures.models import Candidature, Mailing, MailingLetter
from candidatures.services.mailings import LATE
from tests.factories.candidatures import CandidatureFactory, referent
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, MembershipFactory
from tests.factories.users import UserFactory
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal
from villes_internet.territories.choices import MembershipState, Role
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

ABOUT_ONE = "Il reste {jours restants} à {collectivité}."
ABOUT_NONE = "Les permanences de l’édition {édition} reprennent."


def mailing(
    *candidatures: Candidature,
    body: str = ABOUT_ONE,
    audience: str = Audience.REFERENTS,
    is_reminder: bool = False,
) -> Mailing:
    return services.write_mailing(
        candidatures[0].edition,
        candidatures=[one.pk for one in candidatures],
        criteria="Toutes les candidatures",
        subject="Votre dossier, {collectivité}" if "{coll" in body else "Nos permanences",
        body=body,
        audience=audience,
        is_reminder=is_reminder,
        by=UserFactory(staff=True),
        at=NOW,
    )


def addresses(found: Mailing) -> list[str]:
    return [letter.user.email for letter in services.addressed(found).letters]


def held_by(user: User, name: str, role: Role = Role.REFERENT) -> Candidature:
    edition = EditionFactory()
    made: Candidature = CandidatureFactory(edition=edition, territory=CommuneFactory(name=name))
    MembershipFactory(user=user, territory=made.territory, active=True, role=role)
    return made


def sent(found: Mailing) -> list[Message]:
    services.confirm_mailing(found, by=UserFactory(staff=True), at=NOW)
    services.send_mailing(found.pk, at=NOW)
    return list(Message.objects.filter(key__startswith="mailing:").order_by("pk"))


# --- To whom --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "roles"),
    [
        (Audience.REFERENTS, {Role.REFERENT}),
        (Audience.WRITERS, {Role.REFERENT, Role.CONTRIBUTOR}),
        (Audience.MEMBERS, set(Role)),
    ],
)
def test_the_audience_is_those_roles_and_no_one_who_left(
    audience: Audience, roles: set[Role]
) -> None:
    candidature = CandidatureFactory()
    emails = {
        role: MembershipFactory(territory=candidature.territory, active=True, role=role).user.email
        for role in Role
    }
    gone = {"territory": candidature.territory, "role": Role.REFERENT}
    MembershipFactory(ended=True, **gone)
    MembershipFactory(**gone)
    MembershipFactory(active=True, user=UserFactory(inactive=True), **gone)
    referent(CandidatureFactory(edition=candidature.edition).territory)
    found = mailing(candidature, audience=audience)
    assert set(addresses(found)) == {emails[role] for role in roles}


def test_a_text_about_one_candidature_makes_a_letter_for_each() -> None:
    user = UserFactory()
    dossiers = [held_by(user, "Arcueil"), held_by(user, "Bièvres")]
    letters = sent(mailing(*dossiers))
    assert [letter.to for letter in letters] == [user.email, user.email]
    assert [letter.subject for letter in letters] == [
        "Votre dossier, Arcueil",
        "Votre dossier, Bièvres",
    ]
    assert "Il reste 13\N{NO-BREAK SPACE}jours à Arcueil." in letters[0].text
    assert f"/candidatures/{dossiers[0].pk}/" in letters[0].text


def test_a_text_about_none_makes_one_letter_a_person() -> None:
    user = UserFactory()
    dossiers = [held_by(user, "Arcueil"), held_by(user, "Bièvres")]
    [letter] = sent(mailing(*dossiers, body=ABOUT_NONE))
    assert "Les permanences de l’édition 2027 reprennent." in letter.text
    for dossier in dossiers:
        assert "à 1 personne" in dossier.journal.get().what


def test_a_reminder_leaves_in_peace_who_stopped_those_of_that_candidature() -> None:
    user, other = UserFactory(), UserFactory()
    first, second = held_by(user, "Arcueil"), held_by(user, "Bièvres")
    MembershipFactory(user=other, territory=first.territory, active=True, referent=True)
    services.stop_reminders(first, by=user, at=NOW)
    reminder = mailing(first, second, body=ABOUT_NONE, is_reminder=True)
    found = services.addressed(reminder)
    assert {(one.user, one.candidature) for one in found.letters} == {
        (other, first),
        (user, second),
    }
    assert found.stopped == 1
    news = mailing(first, second, body=ABOUT_NONE)
    assert {one.user for one in services.addressed(news).letters} == {user, other}


def test_only_a_reminder_says_how_to_stop_them() -> None:
    candidature = held_by(UserFactory(), "Arcueil")
    [news] = sent(mailing(candidature))
    [_, reminder] = sent(mailing(candidature, is_reminder=True))
    assert "/rappels/" not in news.text + news.html + news.unsubscribe_url
    assert reminder.unsubscribe_url in reminder.text
    assert "/rappels/" in reminder.unsubscribe_url


def test_a_territory_without_anybody_is_said() -> None:
    alone = CandidatureFactory()
    found = services.addressed(mailing(alone, held_by(UserFactory(), "Arcueil")))
    assert found.without_anybody == [alone]


# --- Once -----------------------------------------------------------------------


def test_it_leaves_once_however_often_it_is_confirmed() -> None:
    candidature = held_by(UserFactory(), "Arcueil")
    found = mailing(candidature)
    assert len(sent(found)) == 1
    with pytest.raises(Refusal, match="déjà parti"):
        services.confirm_mailing(found, by=UserFactory(), at=NOW)
    services.send_mailing(found.pk, at=NOW)
    assert Message.objects.count() == 1
    assert candidature.journal.count() == 1


def test_what_left_no_longer_changes() -> None:
    found = mailing(held_by(UserFactory(), "Arcueil"))
    sent(found)
    with pytest.raises(Refusal, match="ne peut plus changer"):
        services.change_mailing(
            found,
            subject="Autre",
            body="Autre",
            audience=Audience.MEMBERS,
            is_reminder=False,
            by=UserFactory(),
            at=NOW,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Autre objet"},
        {"body": "Autre texte"},
        {"audience": Audience.MEMBERS},
        {"is_reminder": True},
    ],
)
def test_what_a_colleague_changed_since_it_was_read_does_not_leave(
    client: Client, change: dict[str, Any]
) -> None:
    found = mailing(held_by(UserFactory(), "Arcueil"))
    client.force_login(UserFactory(staff=True))
    address = reverse("candidatures_staff:mailing", args=[found.edition.year, found.pk])
    page = client.get(address).content.decode()
    [seen] = re.findall(r'name="seen" value="(\w+)"', page)
    told = {name: getattr(found, name) for name in ("subject", "body", "audience", "is_reminder")}
    services.change_mailing(found, **(told | change), by=UserFactory(staff=True), at=NOW)
    refused = client.post(f"{address}envoyer/", {"seen": seen})
    assert refused.status_code == 409
    assert "pendant que vous le relisiez" in refused.content.decode()
    found.refresh_from_db()
    assert found.is_draft
    services.change_mailing(found, **told, by=UserFactory(staff=True), at=NOW)
    assert client.post(f"{address}envoyer/", {"seen": seen}).status_code == 302


def test_it_does_not_leave_to_nobody() -> None:
    found = mailing(CandidatureFactory())
    with pytest.raises(Refusal, match="personne"):
        services.confirm_mailing(found, by=UserFactory(), at=NOW)
    found.refresh_from_db()
    assert found.is_draft


def test_killed_half_way_the_rest_leaves_and_nobody_has_two() -> None:
    dossiers = [held_by(UserFactory(), f"Commune {rank}") for rank in range(3)]
    found = mailing(*dossiers)
    services.confirm_mailing(found, by=UserFactory(), at=NOW)
    first = found.letters.order_by("pk")[0]
    queued = sent_alone(found, first)
    assert services.catch_up_mailings(at=NOW + LATE) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert services.catch_up_mailings(at=NOW + 2 * LATE) == 1
    assert Message.objects.count() == 3
    first.refresh_from_db()
    assert first.message == queued
    assert services.catch_up_mailings(at=NOW + timedelta(days=1)) == 0


def sent_alone(found: Mailing, letter: MailingLetter) -> Message:
    """As a worker that was killed after its first letter leaves things."""
    others = list(found.letters.exclude(pk=letter.pk))
    found.letters.exclude(pk=letter.pk).delete()
    services.send_mailing(found.pk, at=NOW)
    MailingLetter.objects.bulk_create(others)
    Mailing.objects.update(queued_at=None)
    return Message.objects.get()


def test_the_database_writes_to_a_person_once() -> None:
    found = mailing(held_by(UserFactory(), "Arcueil"), body=ABOUT_NONE)
    user = UserFactory()
    MailingLetter.objects.create(mailing=found, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailingLetter.objects.create(mailing=found, user=user)


# --- The words ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{collectivité} {édition} {jours restants} {lien}", []),
        ("{Collectivité} { lien }", []),
        ("{prénom} et {lien}", ["prénom"]),
        ("a { b } c } {", ["b"]),
        ("{}", []),
    ],
)
def test_only_the_words_on_offer_are_replaced(text: str, unknown: list[str]) -> None:
    assert mailings.unknown_words(text) == unknown


def test_what_is_typed_is_text_and_its_addresses_are_links() -> None:
    body = "<b>Gras</b> & {lien}"
    [letter] = sent(mailing(held_by(UserFactory(), "Arcueil"), body=body))
    assert "<b>Gras</b> & http" in letter.text
    assert "&lt;b&gt;Gras&lt;/b&gt; &amp; <a href=" in letter.html


# --- The pages ------------------------------------------------------------------


def test_the_staff_write_read_and_send(client: Client) -> None:
    edition = EditionFactory(real=True)
    people = {}
    for name in ("Arcueil", "Bièvres"):
        dossier = CandidatureFactory(edition=edition, territory=CommuneFactory(name=name))
        people[name] = referent(dossier.territory)
    CandidatureFactory(edition=edition, territory=CommuneFactory(town=True))
    client.force_login(UserFactory(staff=True, full_name="Inès Moreau"))
    address = f"/gestion/editions/{edition.year}/candidatures"
    words = {"subject": "Votre dossier", "audience": "referents", "is_reminder": "on"}
    wrong = client.post(f"{address}/ecrire/", words | {"body": "Bonjour {prénom}"})
    assert wrong.status_code == 422
    assert "Rien ne remplace {prénom}" in wrong.content.decode()

    written = client.post(f"{address}/ecrire/?type=village", words | {"body": ABOUT_ONE})
    page = client.get(written["Location"]).content.decode()
    assert "Ce que lit" in page
    assert "Envoyer 2 courriels" in page
    assert all(person.email in page for person in people.values())
    second = client.get(f"{written['Location']}?lettre=2").content.decode()
    assert "jours à Bièvres" in second
    assert Message.objects.count() == 0

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(f"{written['Location']}envoyer/").status_code == 302
        assert client.post(f"{written['Location']}envoyer/").status_code == 409
    assert set(Message.objects.values_list("to", flat=True)) == {
        person.email for person in people.values()
    }
    assert "Envoyé par Inès Moreau" in client.get(written["Location"]).content.decode()


def test_whose_rattachement_ends_meanwhile_receives_nothing() -> None:
    candidature = held_by(UserFactory(), "Arcueil")
    found = mailing(candidature)
    assert len(addresses(found)) == 1
    candidature.territory.memberships.update(state=MembershipState.ENDED, ended_at=NOW)
    assert addresses(found) == []
