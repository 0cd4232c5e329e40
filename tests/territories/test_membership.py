"""Rattachements: a person asks to act for a collectivité, the association answers."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.territories import (
    DECIDED_AT,
    REQUESTED_AT,
    CommuneFactory,
    MembershipFactory,
)
from tests.factories.users import UserFactory
from villes_internet.mail.models import Message
from villes_internet.refusals import Refusal
from villes_internet.territories import services
from villes_internet.territories.choices import Role
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


def letters() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to", "subject"))


# --- Asking -----------------------------------------------------------------


def test_a_request_waits_for_the_association() -> None:
    user, territory = UserFactory(), CommuneFactory()
    membership = services.request_membership(
        territory, by=user, function="Maire", role=Role.REFERENT, at=NOW
    )
    membership.refresh_from_db()
    assert membership.is_requested
    assert (membership.user, membership.territory) == (user, territory)
    assert (membership.function, membership.role) == ("Maire", Role.REFERENT)
    assert (membership.requested_at, membership.decided_at) == (NOW, None)


@pytest.mark.parametrize("state", [{}, {"active": True}], ids=["requested", "active"])
def test_nobody_asks_twice_for_the_same_territory(state: dict[str, bool]) -> None:
    membership = MembershipFactory(**state)
    with pytest.raises(Refusal, match=r"déjà"):
        services.request_membership(
            membership.territory,
            by=membership.user,
            function="Maire",
            role=Role.CONTRIBUTOR,
            at=NOW,
        )
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("state", [{"refused": True}, {"ended": True}], ids=["refused", "ended"])
def test_one_may_ask_again_after_a_refusal_or_an_end(state: dict[str, bool]) -> None:
    membership = MembershipFactory(**state)
    services.request_membership(
        membership.territory, by=membership.user, function="Maire", role=Role.CONTRIBUTOR, at=NOW
    )
    assert Membership.objects.requested().count() == 1


def test_several_people_act_for_one_territory_and_one_person_for_several() -> None:
    territory, user = CommuneFactory(), UserFactory()
    MembershipFactory(active=True, territory=territory)
    for asked in (territory, CommuneFactory()):
        services.request_membership(asked, by=user, function="Maire", role=Role.REFERENT, at=NOW)
    assert Membership.objects.filter(user=user).count() == 2


def test_a_territory_that_vanished_sends_to_its_successor() -> None:
    heir = CommuneFactory(name="Arboys en Bugey")
    gone = CommuneFactory(name="Arbignieu", vanished=True, successor=heir)
    with pytest.raises(
        Refusal, match=r"Arbignieu n’existe plus depuis 2026.: rattachez-vous à Arboys en Bugey\."
    ):
        services.request_membership(
            gone, by=UserFactory(), function="Maire", role=Role.REFERENT, at=NOW
        )


def test_the_database_itself_refuses_two_standing_rattachements() -> None:
    membership = MembershipFactory(active=True)
    with pytest.raises(IntegrityError, match="membership_once"), transaction.atomic():
        MembershipFactory(user=membership.user, territory=membership.territory)


def acts_for(user: User, territory: Territory) -> bool:
    """Whether the dossiers of the territory are within this person's reach."""
    return Territory.objects.for_user(user).filter(pk=territory.pk).exists()


# --- Answering --------------------------------------------------------------


def test_an_accepted_person_acts_for_the_territory_and_is_told() -> None:
    staff, membership = UserFactory(staff=True), MembershipFactory(referent=True)
    services.accept_membership(membership, by=staff, at=NOW)
    membership.refresh_from_db()
    assert membership.is_active
    assert membership.is_referent
    assert (membership.decided_at, membership.decided_by) == (NOW, staff)
    assert acts_for(membership.user, membership.territory)
    assert letters() == [
        (membership.user.email, f"Rattachement accepté\u00a0: {membership.territory}")
    ]


@pytest.mark.parametrize("asked", Role)
@pytest.mark.parametrize(
    ("granted", "told"),
    [
        (Role.REFERENT, "Comme référent·e, vous pouvez écrire la candidature"),
        (Role.CONTRIBUTOR, "Vous pouvez écrire la candidature"),
        (Role.READER, "Comme lecteur·rice, vous pouvez lire la candidature"),
    ],
)
def test_the_staff_have_the_last_word_on_the_role(asked: Role, granted: Role, told: str) -> None:
    membership = MembershipFactory(role=asked)
    services.accept_membership(membership, by=UserFactory(staff=True), at=NOW, role=granted)
    assert Membership.objects.get().role == granted
    assert told in " ".join(Message.objects.get().text.split())


def test_a_refused_person_is_told_why() -> None:
    staff, membership = UserFactory(staff=True), MembershipFactory()
    services.refuse_membership(
        membership, by=staff, at=NOW, reason="L’adresse n’est pas celle d’une mairie & co."
    )
    membership.refresh_from_db()
    assert membership.state == "refused"
    assert (membership.decided_at, membership.decided_by) == (NOW, staff)
    assert not acts_for(membership.user, membership.territory)
    letter = Message.objects.get()
    assert letter.to == membership.user.email
    assert "Motif\u00a0: L’adresse n’est pas celle d’une mairie & co." in letter.text


def test_a_refusal_without_a_reason_does_not_mention_one() -> None:
    services.refuse_membership(MembershipFactory(), by=UserFactory(staff=True), at=NOW)
    letter = Message.objects.get()
    assert "Motif" not in letter.text
    assert "Motif" not in letter.html


# --- Ending -----------------------------------------------------------------


def test_one_leaves_a_territory_without_a_letter() -> None:
    membership = MembershipFactory(active=True)
    services.end_membership(membership, by=membership.user, at=NOW)
    membership.refresh_from_db()
    assert membership.state == "ended"
    assert (membership.decided_at, membership.ended_at) == (DECIDED_AT, NOW)
    assert membership.ended_by == membership.user
    assert not acts_for(membership.user, membership.territory)
    assert letters() == []


def test_one_withdraws_a_request() -> None:
    membership = MembershipFactory()
    services.end_membership(membership, by=membership.user, at=NOW)
    membership.refresh_from_db()
    assert (membership.state, membership.requested_at) == ("ended", REQUESTED_AT)


def test_the_staff_end_a_rattachement_and_the_person_is_told() -> None:
    membership = MembershipFactory(active=True)
    services.end_membership(membership, by=UserFactory(staff=True), at=NOW)
    assert letters() == [
        (membership.user.email, f"Rattachement terminé\u00a0: {membership.territory}")
    ]


# --- Only the moves that exist ----------------------------------------------

Move = Callable[[Membership], object]


def accept(membership: Membership) -> None:
    services.accept_membership(membership, by=UserFactory(staff=True), at=NOW)


def refuse(membership: Membership) -> None:
    services.refuse_membership(membership, by=UserFactory(staff=True), at=NOW)


def end(membership: Membership) -> None:
    services.end_membership(membership, by=UserFactory(staff=True), at=NOW)


@pytest.mark.parametrize(
    ("state", "move"),
    [
        ("active", accept),
        ("active", refuse),
        ("refused", accept),
        ("refused", refuse),
        ("refused", end),
        ("ended", accept),
        ("ended", refuse),
        ("ended", end),
    ],
)
def test_what_is_settled_stays_so(state: str, move: Move) -> None:
    membership = MembershipFactory(**{state: True})
    before = Membership.objects.values().get()
    with pytest.raises(Refusal, match="rien n’a été changé"):
        move(membership)
    assert Membership.objects.values().get() == before
    assert letters() == []


@pytest.mark.parametrize(
    ("late", "winner"), [(accept, "refused"), (refuse, "active"), (end, "active")]
)
def test_who_decides_on_what_they_read_before_somebody_else_is_told_so(
    late: Move, winner: str
) -> None:
    stale = MembershipFactory()
    fresh = Membership.objects.get()
    refuse(fresh) if winner == "refused" else accept(fresh)
    with pytest.raises(Refusal):
        late(stale)
    assert Membership.objects.get().state == winner
    assert len(letters()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_answer_at_once_one_wins() -> None:
    membership = MembershipFactory()
    one, other = UserFactory(staff=True), UserFactory(staff=True)
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def answer(name: str, decide: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=10)
            decide()
            outcomes.append(name)
        except Refusal as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    own, same = Membership.objects.get(), Membership.objects.get()
    people = [
        threading.Thread(
            target=answer,
            args=("active", lambda: services.accept_membership(own, by=one, at=NOW)),
        ),
        threading.Thread(
            target=answer,
            args=("refused", lambda: services.refuse_membership(same, by=other, at=NOW)),
        ),
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    membership.refresh_from_db()
    assert sorted(outcomes, key=len) == [membership.state, services.ALREADY_DECIDED]
    assert membership.decided_by == (one if membership.is_active else other)
    assert len(letters()) == 1


# --- What a rattachement opens ----------------------------------------------


@pytest.mark.parametrize(
    ("state", "opens"),
    [({}, False), ({"active": True}, True), ({"refused": True}, False), ({"ended": True}, False)],
    ids=["requested", "active", "refused", "ended"],
)
def test_only_a_granted_rattachement_opens_a_territory(state: dict[str, bool], opens: bool) -> None:
    membership = MembershipFactory(**state)
    neighbour = CommuneFactory()
    own = Territory.objects.for_user(membership.user)
    assert list(own) == ([membership.territory] if opens else [])
    assert acts_for(membership.user, membership.territory) is opens
    assert not acts_for(membership.user, neighbour)
    assert not acts_for(UserFactory(), membership.territory)


def test_the_staff_do_not_act_for_territories() -> None:
    assert not acts_for(UserFactory(staff=True), CommuneFactory())
