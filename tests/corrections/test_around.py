"""What a correction leaves behind, until when it may be made, and by whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from candidatures import services, snapshot
from candidatures.choices import CorrectionState
from candidatures.models import (
    Candidature,
    Correction,
    EarlierAnswer,
    Question,
)
from tests.corrections.acts import (
    FIRST,
    ask,
    deposited_of,
    draft,
    everything,
    page,
    send,
    signed_in,
    text_of,
)
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    contributor,
    reader,
    referent,
)
from tests.factories.jury import JurorFactory, assigned
from tests.factories.labels import EditionFactory
from villes_internet.calendar import end_of, start_of
from villes_internet.mail.models import Message
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

# --- Before, and after ----------------------------------------------------------------


def test_the_dossier_as_it_was_stays_readable(
    candidature: Candidature, correction: Correction
) -> None:
    before = deposited_of(candidature)
    agent = referent(candidature.territory)
    send(correction, "Corrigée", by=agent)
    correction.refresh_from_db()
    assert correction.before == before.snapshot
    assert correction.before_sha256 == before.sha256
    assert snapshot.digest(correction.before) == correction.before_sha256
    html = signed_in(agent).get(page(correction)).content.decode()
    assert FIRST in html
    assert "Corrigée" in html
    url = reverse("candidatures:past_deposit", args=[candidature.pk, before.number])
    assert page(correction) in signed_in(agent).get(url).content.decode()
    assert EarlierAnswer.objects.get(answer__question=correction.question).value == FIRST


def test_the_jury_reads_the_corrected_text_and_never_the_draft_nor_the_request(
    candidature: Candidature, correction: Correction
) -> None:
    agent = referent(candidature.territory)
    juror = JurorFactory(edition=candidature.edition)
    candidature.edition.opens_on -= timedelta(days=90)
    candidature.edition.closes_on = timezone.localdate() - timedelta(days=2)
    candidature.edition.reading_starts_on = timezone.localdate() - timedelta(days=1)
    candidature.edition.save()
    assigned(juror, candidature)
    Correction.objects.update(until=timezone.localdate() + timedelta(days=1))
    url = reverse("jury:review", args=[candidature.edition.year, candidature.pk])
    saved = draft(correction, "Le texte corrigé", by=agent)
    html = signed_in(juror.user).get(url).content.decode()
    assert FIRST in html
    assert "Le texte corrigé" not in html
    services.send_correction(saved, over=saved.version, by=agent, at=timezone.now())
    html = signed_in(juror.user).get(url).content.decode()
    assert "Le texte corrigé" in html
    assert FIRST not in html
    assert "Précisez l’année." not in html


def test_the_journal_says_each_step(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    send(correction, "Corrigée", by=referent(candidature.territory))
    services.withdraw_correction(
        ask(candidature, correction.question, by=odile), by=odile, at=timezone.now()
    )
    lines = " ".join(candidature.journal.values_list("what", flat=True))
    for said in ("Correction demandée", "Réponse corrigée", "Demande de correction retirée"):
        assert said in lines


# --- Until when -----------------------------------------------------------------------


def test_it_closes_at_the_end_of_its_last_day_in_paris(
    candidature: Candidature, correction: Correction
) -> None:
    agent, over = referent(candidature.territory), end_of(correction.until)
    last = draft(correction, "À temps", by=agent, at=over - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(last, "Trop tard", by=agent, over=last.version, at=over)
    with pytest.raises(Refusal, match="plus ouverte"):
        services.send_correction(last, over=last.version, by=agent, at=over)
    assert text_of(deposited_of(candidature).snapshot, correction.question) == FIRST


def test_it_ends_before_the_reading_unless_the_staff_say_so(
    candidature: Candidature, question: Question, odile: User
) -> None:
    reading = candidature.edition.reading_starts_on
    with pytest.raises(Refusal, match="commence sa lecture"):
        ask(candidature, question, by=odile, until=reading)
    assert ask(candidature, question, by=odile, until=reading, while_reading=True)


def test_it_never_lasts_until_the_jury_decides(
    candidature: Candidature, question: Question, odile: User
) -> None:
    day = candidature.edition.deliberates_on
    with pytest.raises(Refusal, match="délibère"):
        ask(candidature, question, by=odile, until=day, while_reading=True)
    with pytest.raises(Refusal, match="délibère"):
        ask(candidature, question, by=odile, until=day, while_reading=True, at=start_of(day))


def test_it_closes_when_the_jury_deliberates_though_its_calendar_moved_since(
    candidature: Candidature, correction: Correction
) -> None:
    agent, edition = referent(candidature.territory), candidature.edition
    edition.deliberates_on = edition.reading_starts_on + timedelta(days=1)
    edition.save()
    Correction.objects.update(until=edition.deliberates_on)
    begins = start_of(edition.deliberates_on)
    last = draft(correction, "À temps", by=agent, at=begins - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(last, "Trop tard", by=agent, over=last.version, at=begins)
    assert not Correction.objects.open(at=begins).exists()
    assert Correction.objects.open(at=begins - timedelta(microseconds=1)).exists()


def test_a_day_that_is_past_is_refused(
    candidature: Candidature, question: Question, odile: User
) -> None:
    with pytest.raises(Refusal, match="passé"):
        ask(candidature, question, by=odile, until=timezone.localdate() - timedelta(days=1))


def test_one_that_nobody_made_in_time_gives_way_to_another(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    with pytest.raises(Refusal, match="déjà demandée"):
        ask(candidature, correction.question, by=odile)
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert ask(candidature, correction.question, by=odile)


# --- Withdrawn --------------------------------------------------------------------------


def test_withdrawn_it_is_written_no_more(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent, before = referent(candidature.territory), everything(candidature)
    saved = draft(correction, "Un brouillon", by=agent)
    for _ in range(2):
        services.withdraw_correction(correction, by=odile, at=timezone.now())
    with pytest.raises(Refusal, match="plus ouverte"):
        services.send_correction(saved, over=saved.version, by=agent, at=timezone.now())
    assert everything(candidature) == before
    assert "Un brouillon" in signed_in(agent).get(page(correction)).content.decode()


def test_the_list_of_one_s_candidatures_counts_what_is_to_be_corrected(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    client = signed_in(contributor(candidature.territory))
    said = "1 correction demandée"
    assert said in client.get(reverse("candidatures:index")).content.decode()
    services.withdraw_correction(correction, by=odile, at=timezone.now())
    assert said not in client.get(reverse("candidatures:index")).content.decode()


def test_what_is_made_is_not_withdrawn(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    send(correction, "Corrigée", by=referent(candidature.territory))
    with pytest.raises(Refusal, match="vient de transmettre"):
        services.withdraw_correction(correction, by=odile, at=timezone.now())


def test_it_goes_with_the_deposit_that_is_taken_back(
    candidature: Candidature, correction: Correction
) -> None:
    agent = referent(candidature.territory)
    services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now())
    with pytest.raises(Refusal, match="plus ouverte"):
        draft(correction, "Trop tard", by=agent)
    assert not Correction.objects.open(at=timezone.now()).exists()
    correction.refresh_from_db()
    assert (correction.state, correction.closed_by) == (CorrectionState.WITHDRAWN, agent)
    said = f"sans objet, le dépôt étant retiré : « {correction.question} »"
    assert candidature.journal.filter(what__contains=said).count() == 1
    letter = Message.objects.get(key__startswith="withdrawal", to=agent.email)
    words = " ".join(letter.text.replace("\N{NO-BREAK SPACE}", " ").split())
    assert f"« {correction.question} ». Elle se fait maintenant" in words


def test_the_next_deposit_is_not_said_to_be_corrected(
    candidature: Candidature, correction: Correction
) -> None:
    agent, now = referent(candidature.territory), timezone.now()
    send(correction, "Corrigée", by=agent)
    detail = reverse("candidatures:detail", args=[candidature.pk])
    assert "corrigée depuis" in signed_in(agent).get(detail).content.decode()
    services.withdraw_deposit(candidature, number=1, by=agent, at=now)
    services.deposit(candidature, by=agent, at=now)
    assert "corrigée depuis" not in signed_in(agent).get(detail).content.decode()


def _taken_back(correction: Correction, agent: User, odile: User) -> None:
    candidature = correction.deposit.candidature
    services.withdraw_deposit(candidature, number=1, by=agent, at=timezone.now())


def _too_late(correction: Correction, agent: User, odile: User) -> None:
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))


def _asked_no_more(correction: Correction, agent: User, odile: User) -> None:
    services.withdraw_correction(correction, by=odile, at=timezone.now())


@pytest.mark.parametrize("over", [_taken_back, _too_late, _asked_no_more])
def test_a_draft_that_was_not_sent_is_read_for_ever(
    candidature: Candidature,
    correction: Correction,
    odile: User,
    over: Callable[[Correction, User, User], None],
) -> None:
    agent = referent(candidature.territory)
    client = signed_in(agent)
    detail = reverse("candidatures:detail", args=[candidature.pk])
    draft(correction, "Un brouillon", by=agent)
    assert "n’a pas été transmis, et se relit" not in client.get(detail).content.decode()
    over(correction, agent, odile)
    found = client.get(detail).content.decode()
    assert page(correction) in found.partition("n’a pas été transmis, et se relit")[0]
    assert "Un brouillon" in client.get(page(correction)).content.decode()


# --- Who ----------------------------------------------------------------------------------


def test_a_contributor_drafts_and_a_referent_sends(
    candidature: Candidature, correction: Correction
) -> None:
    helper = contributor(candidature.territory)
    sent = {f"q{correction.question_id}": "Corrigée", f"v{correction.question_id}": 0}
    refused = signed_in(helper).post(page(correction), sent | {"send": "oui"})
    assert refused.status_code == 403
    correction.refresh_from_db()
    assert correction.draft == "Corrigée"
    agent = referent(candidature.territory)
    services.send_correction(correction, over=1, by=agent, at=timezone.now())
    correction.refresh_from_db()
    assert correction.state == CorrectionState.MADE


def test_a_reader_changes_nothing(candidature: Candidature, correction: Correction) -> None:
    with pytest.raises(Forbidden):
        draft(correction, "Changée", by=reader(candidature.territory))
    client = signed_in(reader(candidature.territory))
    assert "Enregistrer le brouillon" not in client.get(page(correction)).content.decode()


def test_a_colleague_s_draft_is_shown_and_neither_is_lost(
    candidature: Candidature, correction: Correction
) -> None:
    draft(correction, "Le texte de la collègue", by=contributor(candidature.territory))
    client = signed_in(referent(candidature.territory))
    name = f"q{correction.question_id}"
    sent = {name: "Le mien", f"v{correction.question_id}": 0, "send": "oui"}
    shown = client.post(page(correction), sent)
    assert shown.status_code == 409
    html = shown.content.decode()
    assert "Le texte de la collègue" in html
    assert "Le mien" in html
    assert text_of(deposited_of(candidature).snapshot, correction.question) == FIRST
    version = shown.context["form"][f"v{correction.question_id}"].value()
    again = client.post(page(correction), sent | {f"v{correction.question_id}": version})
    assert again.status_code == 302
    assert text_of(deposited_of(candidature).snapshot, correction.question) == "Le mien"


def test_letters_go_both_ways(
    candidature: Candidature, correction: Correction, odile: User
) -> None:
    agent = User.objects.get(pk=deposited_of(candidature).deposited_by_id)
    send(correction, "Corrigée", by=agent)
    told = Message.objects.filter(key__startswith="correction")
    assert told.filter(to=agent.email).count() == 1
    assert told.filter(to=odile.email).count() == 1
    assert page(correction) in told.get(to=agent.email).text
    assert "Corrigée" not in told.get(to=odile.email).text


# --- The pages -------------------------------------------------------------------------------


def test_the_staff_ask_on_a_page_that_lists_the_questions_of_the_deposit(
    candidature: Candidature, question: Question, odile: User
) -> None:
    client, year = signed_in(odile), candidature.edition.year
    url = reverse("candidatures_staff:ask_correction", args=[year, candidature.pk])
    elsewhere: Question = QuestionFactory(edition=EditionFactory(year=year - 1, real=True))
    until = candidature.edition.reading_starts_on - timedelta(days=1)
    sent = {"request": "Précisez.", "until": until}
    assert client.post(url, sent | {"question": elsewhere.pk}).status_code == 422
    assert client.post(url, sent | {"question": question.pk}).status_code == 302
    agent = signed_in(referent(candidature.territory))
    correction = Correction.objects.get()
    for name, more in (("detail", []), ("section", [question.section.code])):
        shown = agent.get(reverse(f"candidatures:{name}", args=[candidature.pk, *more]))
        assert page(correction) in shown.content.decode()


def test_a_draft_that_is_not_deposited_needs_no_correction(odile: User) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    asked: Question = QuestionFactory(edition=dossier.edition)
    with pytest.raises(Refusal, match="pas déposée"):
        ask(dossier, asked, by=odile)


def test_the_database_keeps_what_was_before(correction: Correction, odile: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(
            state=CorrectionState.MADE, closed_at=timezone.now(), closed_by=odile
        )
    correction.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        correction.save(force_insert=True)
