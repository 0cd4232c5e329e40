"""A territory and the staff write to each other; nobody else reads it, and nothing goes twice."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from candidatures import services
from candidatures.choices import Side
from candidatures.models import Candidature, ThreadFollower
from candidatures.staff import edition_panels
from tests.factories.candidatures import (
    CandidatureFactory,
    contributor,
    deposited,
    reader,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import MembershipFactory
from tests.factories.users import UserFactory
from tests.thread.acts import page, signed_in, staff_page, unread, waits, write
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


def agents_other_territory(agent: User) -> Territory:
    membership: Membership = MembershipFactory(user=agent, active=True)
    return membership.territory


# --- Writing -----------------------------------------------------------------------


def test_each_side_reads_the_words_the_name_and_the_date_of_the_other(
    candidature: Candidature, agent: User, odile: User
) -> None:
    write(candidature, agent, "Faut-il une délibération ?")
    write(candidature, odile, "Non, pas cette année.", after=timedelta(hours=1))
    for client, url in (
        (signed_in(agent), page(candidature)),
        (signed_in(odile), staff_page(candidature)),
    ):
        html = client.get(url).content.decode()
        assert html.index("Non, pas cette année.") < html.index("Faut-il une délibération ?")
        assert "Odile Perrin" in html
        assert agent.full_name in html


def test_a_message_is_plain_text(candidature: Candidature, agent: User, odile: User) -> None:
    write(candidature, agent, "<script>alert(1)</script>\nhttps://example.org")
    html = signed_in(odile).get(staff_page(candidature)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>https://example.org" in html
    assert 'href="https://example.org' not in html


def test_a_contributor_writes_and_a_reader_only_reads(candidature: Candidature) -> None:
    write(candidature, contributor(candidature.territory))
    with pytest.raises(Forbidden, match="sans pouvoir y répondre"):
        write(candidature, reader(candidature.territory))
    assert candidature.thread.count() == 1


def test_a_reader_sees_no_form_and_whoever_becomes_one_keeps_the_words(
    candidature: Candidature,
) -> None:
    client = signed_in(reader(candidature.territory))
    assert "Envoyer</button>" not in client.get(page(candidature)).content.decode()
    answer = client.post(page(candidature), {"text": "Mes mots", "key": uuid4(), "seen": 0})
    assert answer.status_code == 403
    assert "Mes mots</textarea>" in answer.content.decode()


def test_nobody_speaks_for_the_staff_but_the_staff(candidature: Candidature, agent: User) -> None:
    with pytest.raises(Forbidden):
        services.write_message(
            candidature, side=Side.STAFF, text="Accordé", key=uuid4(), seen=0, by=agent, at=NOW
        )
    with pytest.raises(Forbidden):
        services.settle_thread(candidature, seen=0, by=agent, at=NOW)


def test_the_staff_do_not_speak_for_a_territory(candidature: Candidature, odile: User) -> None:
    with pytest.raises(Forbidden):
        services.write_message(
            candidature, side=Side.TERRITORY, text="Oui", key=uuid4(), seen=0, by=odile, at=NOW
        )


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
def test_what_is_not_a_message_is_shown_again_and_not_sent(
    candidature: Candidature, agent: User, text: str
) -> None:
    sent = {"text": text, "key": uuid4(), "seen": 0}
    answer = signed_in(agent).post(page(candidature), sent)
    assert answer.status_code == 422
    assert f">\n{text}</textarea>" in answer.content.decode()
    assert not candidature.thread.exists()


def test_a_browser_never_cuts_what_is_pasted(candidature: Candidature, agent: User) -> None:
    assert "maxlength" not in signed_in(agent).get(page(candidature)).content.decode()


def test_a_deposited_dossier_can_be_written_about() -> None:
    dossier = deposited(EditionFactory(real=True, reading=True))
    write(dossier, referent(dossier.territory))
    assert dossier.thread.count() == 1


# --- Once ----------------------------------------------------------------------------


def test_a_double_click_sends_once(candidature: Candidature, agent: User, odile: User) -> None:
    client, sent = signed_in(agent), {"text": "Bonjour", "key": uuid4(), "seen": 0}
    for _ in range(2):
        assert client.post(page(candidature), sent).status_code == 302
    assert candidature.thread.count() == 1
    assert Message.objects.filter(to=odile.email).count() == 1


def test_other_words_from_a_page_that_was_already_sent_are_not_lost(
    candidature: Candidature, agent: User
) -> None:
    client, key = signed_in(agent), uuid4()
    for text in ("Bonjour", "Une chose encore"):
        client.post(page(candidature), {"text": text, "key": key, "seen": 0})
    texts = candidature.thread.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Bonjour", "Une chose encore"]


def test_a_key_of_somebody_else_swallows_nothing(
    candidature: Candidature, agent: User, odile: User
) -> None:
    key = write(candidature, agent, "Merci").key
    write(candidature, odile, "Merci", key=key)
    assert candidature.thread.count() == 2


def test_each_page_has_a_key_of_its_own(candidature: Candidature, agent: User) -> None:
    client = signed_in(agent)
    keys = {client.get(page(candidature)).context["form"]["key"].value() for _ in range(2)}
    assert len(keys) == 2


def test_the_database_keeps_a_key_once(candidature: Candidature, agent: User) -> None:
    message = write(candidature, agent)
    message.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_instant_send_once(candidature: Candidature, agent: User) -> None:
    key, together = uuid4(), threading.Barrier(2)
    failed: list[Exception] = []

    def click() -> None:
        together.wait()
        try:
            write(candidature, agent, key=key)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert failed == []
    assert candidature.thread.count() == 1


# --- Read ------------------------------------------------------------------------------


def test_what_the_other_side_wrote_is_unread_by_each_until_they_say_so(
    candidature: Candidature, agent: User, odile: User
) -> None:
    colleague = contributor(candidature.territory)
    last = write(candidature, odile)
    write(candidature, agent)
    signed_in(agent).get(page(candidature))  # looking marks nothing
    assert unread(candidature, agent, side=Side.TERRITORY) == 1
    services.read_thread(candidature, seen=last.pk, by=agent)
    assert unread(candidature, agent, side=Side.TERRITORY) == 0
    assert unread(candidature, colleague, side=Side.TERRITORY) == 1
    assert unread(candidature, odile, side=Side.STAFF) == 1


def test_what_came_after_the_page_stays_unread(
    candidature: Candidature, agent: User, odile: User
) -> None:
    shown = write(candidature, odile)
    write(candidature, odile, "Autre chose")
    services.read_thread(candidature, seen=shown.pk, by=agent)
    assert unread(candidature, agent, side=Side.TERRITORY) == 1


def test_an_old_page_does_not_take_a_mark_back(
    candidature: Candidature, agent: User, odile: User
) -> None:
    first, last = write(candidature, odile), write(candidature, odile)
    services.read_thread(candidature, seen=last.pk, by=agent)
    services.read_thread(candidature, seen=first.pk, by=agent)
    assert unread(candidature, agent, side=Side.TERRITORY) == 0


def test_the_message_of_another_thread_marks_nothing_beyond_this_one(
    candidature: Candidature, agent: User, odile: User
) -> None:
    mine = write(candidature, odile)
    elsewhere = write(CandidatureFactory(edition=candidature.edition), odile)
    services.read_thread(candidature, seen=elsewhere.pk, by=agent)
    follower = ThreadFollower.objects.get(candidature=candidature, user=agent)
    assert follower.read_up_to == mine


def test_whoever_answers_has_read_what_was_shown(
    candidature: Candidature, agent: User, odile: User
) -> None:
    shown = write(candidature, odile)
    write(candidature, odile, "Arrivé pendant que l’agente écrivait")
    write(candidature, agent, seen=shown.pk)
    assert unread(candidature, agent, side=Side.TERRITORY) == 1


def test_the_overview_says_how_many_are_unread(
    candidature: Candidature, agent: User, odile: User
) -> None:
    """So does the list of one’s candidatures, of this one and of no other."""
    CandidatureFactory(edition=candidature.edition, territory=agents_other_territory(agent))
    overview = reverse("candidatures:detail", args=[candidature.pk])
    client = signed_in(agent)
    said = "2 messages de l’équipe du label à lire"
    write(candidature, odile)
    last = write(candidature, odile)
    for url in (overview, reverse("candidatures:index")):
        assert client.get(url).content.decode().count(said) == 1
    seen = {"seen": last.pk}
    client.post(reverse("candidatures:read_thread", args=[candidature.pk]), seen)
    for url in (overview, reverse("candidatures:index")):
        assert "à lire" not in client.get(url).content.decode()


# --- Waiting for an answer -----------------------------------------------------------------


def test_a_territory_waits_until_the_staff_answer_or_file(
    candidature: Candidature, agent: User, odile: User
) -> None:
    asked = write(candidature, agent)
    assert waits(candidature)
    write(candidature, odile, seen=asked.pk)
    assert not waits(candidature)
    thanks = write(candidature, agent, "Merci !")
    assert waits(candidature)
    services.settle_thread(candidature, seen=thanks.pk, by=odile, at=NOW)
    assert not waits(candidature)


def test_a_message_that_nobody_saw_is_not_answered(
    candidature: Candidature, agent: User, odile: User
) -> None:
    asked = write(candidature, agent)
    write(candidature, agent, "Et une deuxième question")
    write(candidature, odile, seen=asked.pk)
    assert waits(candidature)


def test_the_staff_read_without_settling(
    candidature: Candidature, agent: User, odile: User
) -> None:
    asked = write(candidature, agent)
    services.read_thread(candidature, seen=asked.pk, by=odile)
    assert waits(candidature)


def test_the_list_has_one_line_a_territory_the_longest_waiting_first(
    candidature: Candidature, agent: User, odile: User
) -> None:
    later = CandidatureFactory(edition=candidature.edition, territory__name="Bourg-Tardif")
    write(later, referent(later.territory), after=timedelta(hours=1))
    write(candidature, agent, "Ma question")
    write(candidature, agent, "Je relance", after=timedelta(days=1))
    write(CandidatureFactory(), UserFactory(staff=True))  # nobody waits there
    year = candidature.edition.year
    shown = signed_in(odile).get(reverse("candidatures_staff:threads", args=[year]))
    listed = [(one.candidature, one.text) for one in shown.context["page_obj"]]
    assert listed == [(candidature, "Ma question"), (later, "Bonjour")]
    panels = edition_panels([candidature.edition], at=NOW)[candidature.edition.pk]
    attention = {panel.title: panel.attention for panel in panels}
    assert attention["Messages"] == "2 collectivités attendent une réponse"


# --- Never the jury, nor anybody else ---------------------------------------------------------


def test_a_juror_finds_nothing_of_it_on_the_dossier_they_read() -> None:
    edition = EditionFactory(real=True, reading=True)
    dossier = deposited(edition)
    juror = JurorFactory(edition=edition)
    assigned(juror, dossier)
    write(dossier, referent(dossier.territory), "Les mots confidentiels")
    client = signed_in(juror.user)
    review = client.get(reverse("jury:review", args=[edition.year, dossier.pk]))
    assert review.status_code == 200
    assert "confidentiels" not in review.content.decode()
    assert client.get(page(dossier)).status_code == 404
    assert client.get(staff_page(dossier)).status_code == 403


def test_a_long_thread_is_paged(candidature: Candidature, agent: User, odile: User) -> None:
    for number in range(21):
        write(candidature, odile, f"Message numéro {number:02}")
    client = signed_in(agent)
    first = client.get(page(candidature)).content.decode()
    assert "numéro 20" in first
    assert "numéro 00" not in first
    assert "numéro 00" in client.get(page(candidature) + "?page=2").content.decode()
