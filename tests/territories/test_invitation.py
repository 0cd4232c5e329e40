"""Invitations: a référent·e vouches for a colleague, who then acts for the collectivité at once."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.candidatures import contributor, reader, referent
from tests.factories.territories import CommuneFactory, InvitationFactory, MembershipFactory
from tests.factories.users import EmailAddressFactory, UserFactory
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories import services
from villes_internet.territories.choices import Role
from villes_internet.territories.models import Invitation, Membership, Territory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.fixture
def town() -> Territory:
    territory: Territory = CommuneFactory(name="Hazebrouck")
    return territory


def invited(invitation: Invitation) -> User:
    """The person to whom the letter was written, with a confirmed address."""
    user: User = UserFactory(email=invitation.email, verified=True)
    return user


def accept(invitation: Invitation, by: User, at: datetime = NOW) -> Membership:
    return services.accept_invitation(invitation, by=by, function="Maire", at=at)


def waiting(**fields: object) -> Invitation:
    invitation: Invitation = InvitationFactory(invited_at=NOW - timedelta(days=1), **fields)
    return invitation


def while_pending(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """What each returns, or how it is refused, when the second starts before the first commits."""
    outcomes: list[object] = []

    def follow() -> None:
        try:
            outcomes.append(second())
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    follower = threading.Thread(target=follow)
    with transaction.atomic():
        leading = first()
        follower.start()
        while follower.is_alive() and not somebody_waits_for_us():
            time.sleep(0.02)
    follower.join()
    return [leading, *outcomes]


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


# --- Inviting ---------------------------------------------------------------


def test_an_invitation_leaves_by_mail_and_lasts_fourteen_days(town: Territory) -> None:
    by = referent(town)
    invitation = services.invite(
        town, email="Lea.Roy@Mairie.example", role=Role.READER, by=by, at=NOW
    )
    assert (invitation.email, invitation.role) == ("lea.roy@mairie.example", Role.READER)
    assert invitation.expires_at == datetime(2026, 3, 18, 10, tzinfo=UTC)
    letter = Message.objects.get()
    assert letter.to == "lea.roy@mairie.example"
    assert f"/rattachements/invitation/{invitation.token}/" in letter.text
    assert "18 mars 2026 à 11\u202fh\u202f00" in letter.text


@pytest.mark.parametrize("someone", [contributor, reader])
def test_only_a_referent_or_the_staff_compose_the_team(someone: object, town: Territory) -> None:
    by = someone(town)  # type: ignore[operator]
    colleague = MembershipFactory(territory=town, active=True)
    invitation = waiting(territory=town)
    for act in (
        lambda: services.invite(town, email="a@b.example", role=Role.READER, by=by, at=NOW),
        lambda: services.resend_invitation(invitation, by=by, at=NOW),
        lambda: services.revoke_invitation(invitation, by=by, at=NOW),
        lambda: services.change_role(colleague, role=Role.READER, by=by, at=NOW),
        lambda: services.end_membership(colleague, by=by, at=NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    services.invite(town, email="a@b.example", role=Role.READER, by=UserFactory(staff=True), at=NOW)
    assert Message.objects.count() == 1


def test_the_referent_of_a_neighbour_composes_nothing_here(town: Territory) -> None:
    with pytest.raises(Forbidden):
        services.invite(
            town, email="a@b.example", role=Role.READER, by=referent(CommuneFactory()), at=NOW
        )


def test_who_acts_already_or_is_invited_already_is_not_invited(town: Territory) -> None:
    by = referent(town)
    for email in (contributor(town).email.upper(), waiting(territory=town).email):
        with pytest.raises(Refusal, match=r"déjà"):
            services.invite(town, email=email, role=Role.READER, by=by, at=NOW)
    assert not Message.objects.exists()


def test_one_territory_does_not_write_to_the_whole_world(town: Territory) -> None:
    by = referent(town)
    InvitationFactory.create_batch(services.MOST_UNANSWERED, territory=town, invited_by=by)
    with pytest.raises(Refusal, match="retirez-en"):
        services.invite(town, email="a@b.example", role=Role.READER, by=by, at=NOW)


def test_the_database_itself_refuses_two_invitations_of_one_address(town: Territory) -> None:
    waiting(territory=town, email="a@b.example")
    with pytest.raises(IntegrityError, match="invitation_once"), transaction.atomic():
        waiting(territory=town, email="a@b.example")


# --- Sending again, taking back -----------------------------------------------


def test_sent_again_it_lasts_fourteen_days_more_and_its_new_sender_vouches(town: Territory) -> None:
    invitation = waiting(territory=town)
    later, other = NOW + timedelta(days=20), referent(town)
    services.resend_invitation(invitation, by=other, at=later)
    invitation.refresh_from_db()
    assert invitation.expires_at == later + timedelta(days=14)
    assert accept(invitation, invited(invitation), later).decided_by == other
    assert Message.objects.get().to == invitation.email


def test_one_does_not_send_it_twice_in_a_row(town: Territory) -> None:
    by = referent(town)
    invitation = services.invite(town, email="a@b.example", role=Role.READER, by=by, at=NOW)
    soon = NOW + services.RESEND_AFTER
    with pytest.raises(Refusal, match="vient de partir"):
        services.resend_invitation(invitation, by=by, at=soon - timedelta(microseconds=1))
    services.resend_invitation(invitation, by=by, at=soon)
    assert Message.objects.count() == 2


def test_taken_back_it_is_worth_nothing(town: Territory) -> None:
    invitation = waiting(territory=town)
    services.revoke_invitation(invitation, by=referent(town), at=NOW)
    with pytest.raises(Refusal, match="a été retirée"):
        accept(invitation, invited(invitation))
    assert not Membership.objects.filter(user__email=invitation.email).exists()
    for act in (services.resend_invitation, services.revoke_invitation):
        with pytest.raises(Refusal, match="entre-temps"):
            act(invitation, by=referent(town), at=NOW)


# --- Accepting --------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_accepts_acts_at_once_and_it_is_kept_who_invited(role: Role) -> None:
    invitation = waiting(role=role)
    membership = accept(invitation, invited(invitation))
    assert membership.is_active
    assert (membership.role, membership.function) == (role, "Maire")
    assert (membership.decided_by, membership.decided_at) == (invitation.invited_by, NOW)
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at) == (membership.user, NOW)


def test_it_expires_at_the_exact_instant() -> None:
    invitation = waiting()
    with pytest.raises(Refusal, match=r"a expiré.*renvoyer"):
        accept(invitation, invited(invitation), invitation.expires_at)
    last = invitation.expires_at - timedelta(microseconds=1)
    assert accept(invitation, User.objects.get(email=invitation.email), last).is_active


def test_accepting_twice_changes_nothing() -> None:
    invitation = waiting()
    person = invited(invitation)
    first = accept(invitation, person)
    assert (
        services.accept_invitation(
            invitation, by=person, function="Autre", at=NOW + timedelta(days=30)
        )
        == first
    )
    assert Membership.objects.get(user=person).function == "Maire"


def test_once_ended_one_does_not_come_back_by_the_same_letter() -> None:
    invitation = waiting()
    person = invited(invitation)
    services.end_membership(accept(invitation, person), by=person, at=NOW)
    with pytest.raises(Refusal, match="déjà été acceptée"):
        accept(invitation, person)


@pytest.mark.parametrize("verified", [True, False])
def test_it_is_for_a_confirmed_address_alone(verified: bool) -> None:
    invitation = waiting()
    person = UserFactory(verified=True)
    with pytest.raises(Forbidden, match=r"destinée à .* connecté·e avec"):
        accept(invitation, person)
    EmailAddressFactory(user=person, email=invitation.email, primary=False, verified=verified)
    if verified:
        assert accept(invitation, person).is_active
    else:
        with pytest.raises(Forbidden):
            accept(invitation, person)


@pytest.mark.parametrize(
    ("had", "offered", "keeps"),
    [
        (Role.REFERENT, Role.READER, Role.REFERENT),
        (Role.CONTRIBUTOR, Role.READER, Role.CONTRIBUTOR),
        (Role.READER, Role.CONTRIBUTOR, Role.CONTRIBUTOR),
        (Role.CONTRIBUTOR, Role.REFERENT, Role.REFERENT),
    ],
)
def test_who_acts_already_keeps_the_higher_role(had: Role, offered: Role, keeps: Role) -> None:
    invitation = waiting(role=offered)
    person = invited(invitation)
    MembershipFactory(user=person, territory=invitation.territory, active=True, role=had)
    accept(invitation, person)
    assert Membership.objects.get(user=person).role == keeps


def test_a_request_that_waited_is_granted_in_the_role_that_was_vouched_for() -> None:
    invitation = waiting(role=Role.READER)
    person = invited(invitation)
    MembershipFactory(user=person, territory=invitation.territory, referent=True)
    accept(invitation, person)
    membership = Membership.objects.get(user=person)
    assert (membership.state, membership.role) == ("active", Role.READER)


def test_who_no_longer_composes_the_team_vouches_for_nobody() -> None:
    invitation = waiting()
    referent(invitation.territory)
    own = Membership.objects.get(user=invitation.invited_by)
    services.end_membership(own, by=own.user, at=NOW)
    with pytest.raises(Refusal, match=r"ne compose plus l’équipe"):
        accept(invitation, invited(invitation))


def test_a_token_that_was_not_signed_here_opens_nothing() -> None:
    invitation = waiting()
    found = Invitation.objects.signed
    assert found(invitation.token).get() == invitation
    for forged in (invitation.token[:-1], invitation.token + "x", f"{invitation.pk}", "", "a:b:c"):
        assert not found(forged).exists()
    Invitation.objects.update(nonce="another")
    assert not found(invitation.token).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_at_once_one_rattachement_is_made() -> None:
    invitation = waiting()
    person = invited(invitation)
    made = while_pending(lambda: accept(invitation, person), lambda: accept(invitation, person))
    assert made == [Membership.objects.get(user=person)] * 2


# --- The team -----------------------------------------------------------------


def test_a_referent_changes_the_role_of_a_colleague_who_is_told(town: Territory) -> None:
    colleague = MembershipFactory(territory=town, active=True)
    by = referent(town)
    for _ in range(2):
        services.change_role(colleague, role=Role.READER, by=by, at=NOW)
    assert Membership.objects.get(pk=colleague.pk).role == Role.READER
    assert Message.objects.get().to == colleague.user.email


def test_the_letter_of_an_end_says_who_decided(town: Territory) -> None:
    colleague = MembershipFactory(territory=town, active=True)
    by = referent(town)
    services.end_membership(colleague, by=by, at=NOW)
    assert f"{by}, référent·e de la collectivité" in " ".join(Message.objects.get().text.split())


def test_a_team_keeps_a_referent(town: Territory) -> None:
    only = MembershipFactory(territory=town, active=True, referent=True)
    colleague = MembershipFactory(territory=town, active=True)
    for by in (only.user, UserFactory(staff=True)):
        with pytest.raises(Refusal, match="Nommez d’abord"):
            services.end_membership(only, by=by, at=NOW)
        with pytest.raises(Refusal, match="Nommez d’abord"):
            services.change_role(only, role=Role.READER, by=by, at=NOW)
    services.change_role(colleague, role=Role.REFERENT, by=only.user, at=NOW)
    services.end_membership(only, by=only.user, at=NOW)
    assert Membership.objects.active().get() == colleague


def test_an_end_pressed_twice_says_that_it_was_done(town: Territory) -> None:
    colleague, by = MembershipFactory(territory=town, active=True), referent(town)
    services.end_membership(colleague, by=by, at=NOW)
    with pytest.raises(Refusal, match="déjà pris fin"):
        services.end_membership(Membership.objects.get(pk=colleague.pk), by=by, at=NOW)


def test_who_is_alone_may_leave(town: Territory) -> None:
    only = MembershipFactory(territory=town, active=True, referent=True)
    services.end_membership(only, by=only.user, at=NOW)
    assert not Membership.objects.active().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("others", [0, 1])
def test_two_referents_who_end_each_other_at_once_leave_one(others: int) -> None:
    town = CommuneFactory()
    MembershipFactory.create_batch(others, territory=town, active=True)
    one, other = (MembershipFactory(territory=town, active=True, referent=True) for _ in range(2))
    _, outcome = while_pending(
        lambda: services.end_membership(other, by=one.user, at=NOW),
        lambda: services.end_membership(one, by=other.user, at=NOW),
    )
    assert isinstance(outcome, Refusal)
    assert Membership.objects.active().referents().get() == one
