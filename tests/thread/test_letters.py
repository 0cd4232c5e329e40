"""Who is told of a message by a letter, and never more often than every quarter of an hour."""

from datetime import timedelta

import pytest

from candidatures import services
from candidatures.models import Candidature
from tests.factories.candidatures import (
    CandidatureFactory,
    reader,
    referent,
)
from tests.factories.labels import NOW
from tests.factories.users import UserFactory
from tests.thread.acts import page, staff_page, write
from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def letters_to(user: User) -> int:
    return Message.objects.filter(to=user.email, key__startswith="thread:").count()


def test_a_letter_tells_the_other_side_and_keeps_the_words_to_itself(
    candidature: Candidature, agent: User, odile: User
) -> None:
    read_only = reader(candidature.territory)
    former: User = UserFactory(staff=True, is_active=False)
    neighbour = referent(CandidatureFactory(edition=candidature.edition).territory)
    write(candidature, agent, "Les mots confidentiels")
    write(candidature, odile, "D’autres mots confidentiels")
    told = {person: letters_to(person) for person in (agent, odile, read_only, former, neighbour)}
    assert told == {agent: 1, odile: 1, read_only: 0, former: 0, neighbour: 0}
    for letter in Message.objects.all():
        assert "confidentiels" not in letter.text + letter.html + letter.subject
    assert page(candidature) in Message.objects.get(to=agent.email).text
    assert staff_page(candidature) in Message.objects.get(to=odile.email).text


def test_one_letter_every_quarter_of_an_hour_at_most(
    candidature: Candidature, agent: User, odile: User
) -> None:
    for minutes in (0, 1, 14):
        write(candidature, agent, after=timedelta(minutes=minutes))
    assert letters_to(odile) == 1
    write(candidature, agent, after=QUARTER)
    assert letters_to(odile) == 2


def test_what_comes_after_one_has_read_is_told_at_once(
    candidature: Candidature, agent: User, odile: User
) -> None:
    first = write(candidature, agent)
    services.read_thread(candidature, seen=first.pk, by=odile)
    write(candidature, agent, after=timedelta(minutes=1))
    assert letters_to(odile) == 2
    # An old page says nothing new.
    services.read_thread(candidature, seen=first.pk, by=odile)
    write(candidature, agent, after=timedelta(minutes=2))
    assert letters_to(odile) == 2


def test_what_is_written_soon_after_a_letter_is_told_at_the_end_of_the_quarter_of_an_hour(
    candidature: Candidature, agent: User, odile: User
) -> None:
    write(candidature, agent)
    write(candidature, agent, after=timedelta(minutes=5))
    told = []
    for minutes in (14, 15, 40):
        services.catch_up_letters(at=NOW + timedelta(minutes=minutes))
        told.append(letters_to(odile))
    assert (told, letters_to(agent)) == ([1, 2, 2], 0)
    late = write(candidature, agent, after=timedelta(minutes=20))
    services.read_thread(candidature, seen=late.pk, by=odile)
    services.catch_up_letters(at=NOW + timedelta(minutes=90))
    assert letters_to(odile) == 2


def test_another_thread_has_letters_of_its_own(candidature: Candidature, odile: User) -> None:
    other = CandidatureFactory(edition=candidature.edition)
    for dossier in (candidature, other):
        write(dossier, referent(dossier.territory))
    assert letters_to(odile) == 2
