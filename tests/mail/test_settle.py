"""/gestion/courriers/: the staff see every letter and settle those in doubt."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.mail.conftest import NOW
from villes_internet.files.services import store_bytes
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message, MessageAttachment
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

Letter = Callable[..., Message]
IN_DOUBT = [MessageState.UNCERTAIN, MessageState.FAILED]
SETTLED = [MessageState.QUEUED, MessageState.SENDING, MessageState.SENT]
PAGES = ["/gestion/courriers/", "/gestion/courriers/{}/", "/gestion/courriers/{}/pieces/{}/"]
ACTIONS = ["/gestion/courriers/{}/renvoyer/", "/gestion/courriers/{}/considerer-envoye/"]


@pytest.fixture
def joined(letter: Letter) -> MessageAttachment:
    file = store_bytes(b"%PDF-1.7 receipt", content_type="application/pdf", at=NOW)
    message = letter(MessageState.UNCERTAIN)
    return MessageAttachment.objects.create(message=message, file=file, name="accusé.pdf")


def ask(client: Client, address: str, joined: MessageAttachment) -> int:
    path = address.format(joined.message.pk, joined.pk)
    response = client.post(path) if address in ACTIONS else client.get(path)
    response.getvalue()  # read to its end, a file is closed
    return response.status_code


@pytest.mark.parametrize("address", PAGES + ACTIONS)
def test_only_the_staff_enter(
    client: Client, staff: User, agent: User, joined: MessageAttachment, address: str
) -> None:
    assert ask(client, address, joined) == 302
    client.force_login(agent)
    assert ask(client, address, joined) == 403
    joined.message.refresh_from_db()
    assert joined.message.state == MessageState.UNCERTAIN
    client.force_login(staff)
    assert ask(client, address, joined) == (302 if address in ACTIONS else 200)


@pytest.mark.parametrize("address", ACTIONS)
def test_a_visit_settles_nothing(client: Client, staff: User, letter: Letter, address: str) -> None:
    client.force_login(staff)
    assert client.get(address.format(letter(MessageState.UNCERTAIN).pk)).status_code == 405


@pytest.mark.parametrize("state", IN_DOUBT)
def test_a_letter_in_doubt_is_sent_again_by_somebody_at_some_time(
    letter: Letter, staff: User, state: str
) -> None:
    message = letter(state)
    services.resend(message, by=staff, at=NOW)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert (message.resolved_by, message.resolved_at) == (staff, NOW)


@pytest.mark.parametrize("state", IN_DOUBT)
def test_a_letter_in_doubt_is_considered_as_sent(letter: Letter, staff: User, state: str) -> None:
    message = letter(state)
    services.mark_sent(message, by=staff, at=NOW)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.SENT, NOW)
    assert (message.resolved_by, message.resolved_at) == (staff, NOW)


@pytest.mark.parametrize("state", SETTLED)
def test_nobody_settles_a_letter_that_is_not_in_doubt(
    letter: Letter, staff: User, state: str
) -> None:
    message = letter(state)
    with pytest.raises(Refusal):
        services.resend(message, by=staff, at=NOW)
    with pytest.raises(Refusal):
        services.mark_sent(message, by=staff, at=NOW)
    message.refresh_from_db()
    assert (message.state, message.resolved_by) == (state, None)


def test_the_second_of_two_clicks_is_told_so(client: Client, staff: User, letter: Letter) -> None:
    message = letter(MessageState.UNCERTAIN)
    client.force_login(staff)
    for sentence in ("de nouveau en attente", "ne peut plus être renvoyé"):
        page = client.post(f"/gestion/courriers/{message.pk}/renvoyer/", follow=True)
        assert sentence in page.content.decode()


def test_a_dead_code_is_never_sent_again(letter: Letter, staff: User) -> None:
    forgotten = letter(MessageState.FAILED, transient=True, text="", html="")
    old = letter(MessageState.FAILED, transient=True)
    assert not forgotten.can_leave_again
    for message in (forgotten, old):
        with pytest.raises(Refusal):
            services.resend(message, by=staff, at=NOW + timedelta(minutes=15))


def test_no_member_of_the_staff_reads_a_code(client: Client, staff: User, letter: Letter) -> None:
    message = letter(transient=True, text="Votre code : 481516", html="<p>481516</p>")
    client.force_login(staff)
    page = client.get(f"/gestion/courriers/{message.pk}/").content.decode()
    assert message.to in page
    assert "481516" not in page


def test_the_page_of_a_letter_says_what_happened_and_offers_both_ways(
    client: Client, staff: User, letter: Letter
) -> None:
    message = letter(MessageState.UNCERTAIN, last_error=services.KILLED)
    client.force_login(staff)
    page = client.get(f"/gestion/courriers/{message.pk}/").content.decode()
    for words in ("incertain", services.KILLED, "Envoyer de nouveau", "Considérer comme envoyé"):
        assert words in page
    services.mark_sent(message, by=staff, at=NOW)
    page = client.get(f"/gestion/courriers/{message.pk}/").content.decode()
    assert "Odile Renard" in page
    assert "Envoyer de nouveau" not in page


def test_the_list_is_filtered_by_state_and_recipient(
    client: Client, staff: User, letter: Letter
) -> None:
    arcueil = letter(MessageState.UNCERTAIN, to="mairie@arcueil.example")
    bievres = letter(MessageState.UNCERTAIN, to="mairie@bievres.example")
    sent = letter(MessageState.SENT, to="culture@arcueil.example")
    client.force_login(staff)

    def shown(**query: str) -> list[Message]:
        return list(client.get("/gestion/courriers/", query).context["page_obj"])

    assert shown() == [sent, bievres, arcueil]
    assert shown(etat="uncertain") == [bievres, arcueil]
    assert shown(destinataire="ARCUEIL") == [sent, arcueil]
    assert shown(etat="uncertain", destinataire="arcueil") == [arcueil]
    assert shown(destinataire="nowhere") == []


def test_the_list_has_thirty_letters_a_page(client: Client, staff: User, letter: Letter) -> None:
    for _ in range(31):
        letter()
    client.force_login(staff)
    assert len(client.get("/gestion/courriers/").context["page_obj"]) == 30
    assert len(client.get("/gestion/courriers/?page=2").context["page_obj"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_much_for_one_letter_as_for_three(
    client: Client,
    staff: User,
    letter: Letter,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        letter(MessageState.UNCERTAIN)
    client.force_login(staff)
    with django_assert_num_queries(6):  # session, person, count, letters, those in doubt, menu
        client.get("/gestion/courriers/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_letter_asks_the_database_as_much_for_one_file_as_for_three(
    client: Client,
    staff: User,
    letter: Letter,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    message = letter()
    for number in range(rows):
        file = store_bytes(b"%d" % number, content_type="application/pdf", at=NOW)
        MessageAttachment.objects.create(message=message, file=file, name=f"{number}.pdf")
    client.force_login(staff)
    with django_assert_num_queries(5):  # session, person, letter, files, menu
        client.get(f"/gestion/courriers/{message.pk}/")


def test_what_needs_a_person_is_counted(letter: Letter) -> None:
    for state in MessageState:
        letter(state, created_at=timezone.now())
    letter(MessageState.FAILED, transient=True)  # a code of long ago
    assert Message.objects.needing_attention(timezone.now()).count() == 2
