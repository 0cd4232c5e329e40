"""What goes wrong in real life: a sentence that says so, a status that says so, nothing lost."""

import re
from datetime import timedelta
from html import unescape
from typing import Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures.models import Answer, Attachment, Candidature, Deposit, Initiative
from jury import services as jury_services
from jury.models import Decision, Juror, Review
from labels.models import Award, Edition
from tests.factories.candidatures import (
    QuestionFactory,
    complete,
    deposited,
    referent,
)
from tests.factories.jury import CriterionFactory, JurorFactory, assigned, reading_day, reviewed
from tests.factories.labels import DigitalServiceFactory, EditionFactory
from tests.factories.users import EmailAddressFactory, UserFactory
from villes_internet.files.choices import Kind
from villes_internet.files.services import accepted_files
from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

TYPED = "Trois soirées par mois, au café de la gare : « Et pourquoi pas ? »"


class Page(Protocol):
    """What the test client brings back."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...


def text_of(page: Page) -> str:
    """What the page says, every space alike."""
    return re.sub(
        r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", unescape(page.content.decode())
    )


def is_told(page: Page, status: int, *sentences: str) -> None:
    """A page of the site, in French, with this status and these sentences."""
    assert page.status_code == status
    text = text_of(page)
    assert '<html lang="fr">' in text
    assert text.count("<h1") == 1
    for sentence in sentences:
        assert sentence in text


@pytest.fixture
def candidature() -> Candidature:
    """Ready to be deposited today."""
    return complete(edition=EditionFactory(real=True))


@pytest.fixture
def agent(candidature: Candidature, client: Client) -> User:
    """Signed in, and référent·e."""
    user = referent(candidature.territory)
    EmailAddressFactory(user=user)
    client.force_login(user)
    return user


def close(edition: Edition) -> None:
    """The deadline was yesterday at 23:59:59."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(
        closes_on=yesterday, reading_starts_on=yesterday + timedelta(days=2)
    )


# --- A collectivité that does not exist -------------------------------------


@pytest.mark.parametrize("code", ["99999", "000000000", "2a004x", "la-rochelle"])
def test_an_unknown_code_leads_nowhere_and_the_page_offers_to_search(
    client: Client, code: str
) -> None:
    is_told(
        client.get(f"/territoires/{code}/"), 404, "Cette page n’existe pas", 'name="q"', "Accueil"
    )


def test_nobody_starts_a_candidature_for_an_unknown_code(client: Client, agent: User) -> None:
    answer = client.post(reverse("candidatures:start"), {"territory": "99999", "edition": "2027"})
    is_told(answer, 404, "Cette page n’existe pas")
    is_told(client.get("/rattachements/nouveau/99999/"), 404, "Cette page n’existe pas")
    assert Candidature.objects.count() == 1


# --- Too late, or twice -----------------------------------------------------


def test_a_deposit_after_the_deadline_says_that_candidatures_are_closed(
    client: Client, candidature: Candidature, agent: User
) -> None:
    close(candidature.edition)
    answer = client.post(reverse("candidatures:deposit", args=[candidature.pk]))
    is_told(answer, 409, "Les candidatures à cette édition sont closes", "Rien n’a été modifié")
    assert not Deposit.objects.exists()
    page = client.get(reverse("candidatures:detail", args=[candidature.pk]))
    assert candidature.initiatives.get().title in text_of(page)


def test_an_answer_sent_after_the_deadline_is_shown_again(
    client: Client, candidature: Candidature, agent: User
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    close(candidature.edition)
    answer = client.post(
        reverse("candidatures:section", args=[candidature.pk, question.section.code]),
        {f"q{question.pk}": TYPED, f"v{question.pk}": "0"},
    )
    is_told(answer, 409, "Les candidatures à cette édition sont closes", TYPED)
    assert not Answer.objects.exists()


def test_an_action_sent_after_the_deadline_is_shown_again(
    client: Client, candidature: Candidature, agent: User
) -> None:
    service = DigitalServiceFactory(edition=candidature.edition)
    fields = {
        "title": "Le bus du soir",
        "summary": TYPED,
        "services": service.pk,
        "kind": "lieu",
        "mode": "regie",
        "started_on": timezone.localdate(),
        "still_running": "on",
    }
    close(candidature.edition)
    address = reverse("candidatures:add_initiative", args=[candidature.pk])
    is_told(client.post(address, fields), 409, "candidatures à cette édition sont closes", TYPED)
    is_told(client.post(address, fields | {"title": ""}), 422, "Titre", TYPED)
    assert candidature.initiatives.count() == 1


def test_a_double_click_deposits_once_and_the_second_one_is_told_so(
    client: Client, candidature: Candidature, agent: User
) -> None:
    address = reverse("candidatures:deposit", args=[candidature.pk])
    assert client.post(address).status_code == 302
    is_told(client.post(address), 409, "Cette candidature est déposée")
    assert Deposit.objects.count() == 1


def test_going_back_to_the_deposit_page_offers_no_button(
    client: Client, candidature: Candidature, agent: User
) -> None:
    address = reverse("candidatures:deposit", args=[candidature.pk])
    client.post(address)
    page = client.get(address)
    is_told(page, 200, "Cette candidature est déposée")
    assert "Déposer la candidature</button>" not in text_of(page)


def test_an_action_changed_in_a_tab_left_open_is_shown_again_after_the_deposit(
    client: Client, candidature: Candidature, agent: User
) -> None:
    initiative = candidature.initiatives.get()
    client.post(reverse("candidatures:deposit", args=[candidature.pk]))
    answer = client.post(
        reverse("candidatures:change_initiative", args=[candidature.pk, initiative.pk]),
        {
            "title": initiative.title,
            "summary": TYPED,
            "services": initiative.services.get().pk,
            "kind": initiative.kind,
            "mode": initiative.mode,
            "started_on": initiative.started_on,
            "still_running": "on",
        },
    )
    is_told(answer, 409, "Cette candidature est déposée", TYPED)
    assert Initiative.objects.get().summary != TYPED


def test_two_tabs_on_one_section_keep_both_texts_in_sight(
    client: Client, candidature: Candidature, agent: User
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    address = reverse("candidatures:section", args=[candidature.pk, question.section.code])

    def save(text: str, version: int) -> Page:
        fields = {f"q{question.pk}": text, f"v{question.pk}": str(version)}
        return client.post(address, fields)

    assert save("Le texte du premier onglet.", 0).status_code == 302
    page = save(TYPED, 0)
    is_told(page, 409, "a changé entre-temps", "Le texte du premier onglet.", TYPED)
    assert Answer.objects.get().value == "Le texte du premier onglet."
    assert save(TYPED, 1).status_code == 302
    assert Answer.objects.get().value == TYPED


# --- What the jury may not do -----------------------------------------------


@pytest.fixture
def dossier() -> Candidature:
    """Deposited, in an edition that the jury reads today."""
    edition = EditionFactory(reading=True, real=True)
    CriterionFactory(edition=edition)
    return deposited(edition)


def review_fields(juror: Juror, **changed: object) -> dict[str, object]:
    criterion = CriterionFactory._meta.model.objects.get(edition=juror.edition)
    fields = {
        f"score_{criterion.pk}": 4,
        f"comment_{criterion.pk}": TYPED,
        "proposed_level": 3,
        "action": "submit",
    }
    return fields | {name.format(criterion.pk): value for name, value in changed.items()}


@pytest.mark.parametrize("score", [6, -1, "4,5", "excellent"])
def test_a_note_out_of_scale_is_refused_and_the_comment_kept(
    client: Client, dossier: Candidature, score: object
) -> None:
    juror = JurorFactory(edition=dossier.edition)
    assigned(juror, dossier)
    client.force_login(juror.user)
    answer = client.post(
        reverse("jury:review", args=[dossier.edition.year, dossier.pk]),
        review_fields(juror, **{"score_{}": score}),
    )
    is_told(answer, 422, f"se note de 0 à 5 : {score} n’est pas une note possible", TYPED)
    assert not Review.objects.exists()


@pytest.mark.parametrize("level", [0, 6])
def test_six_arobases_are_not_proposed(client: Client, dossier: Candidature, level: int) -> None:
    juror = JurorFactory(edition=dossier.edition)
    assigned(juror, dossier)
    client.force_login(juror.user)
    answer = client.post(
        reverse("jury:review", args=[dossier.edition.year, dossier.pk]),
        review_fields(juror, proposed_level=level),
    )
    is_told(answer, 422, f"Un label compte de 1 à 5 arobases : {level} n’est pas possible", TYPED)
    assert not Review.objects.exists()


def test_a_review_sent_after_the_reading_is_shown_again(
    client: Client, dossier: Candidature
) -> None:
    juror = JurorFactory(edition=dossier.edition)
    assigned(juror, dossier)
    client.force_login(juror.user)
    deliberate(dossier.edition)
    answer = client.post(
        reverse("jury:review", args=[dossier.edition.year, dossier.pk]), review_fields(juror)
    )
    is_told(answer, 409, "ne s’écrivent que pendant la lecture", TYPED)
    assert not Review.objects.exists()


def deliberate(edition: Edition) -> None:
    """The jury deliberates today."""
    today = timezone.localdate()
    Edition.objects.filter(pk=edition.pk).update(deliberates_on=today)


@pytest.fixture
def chair(dossier: Candidature, client: Client) -> Juror:
    """Signed in, on the day of the deliberation; one juror has handed in a review."""
    reviewed(JurorFactory(edition=dossier.edition), dossier)
    chair: Juror = JurorFactory(edition=dossier.edition, chair=True)
    deliberate(dossier.edition)
    client.force_login(chair.user)
    return chair


def decide(client: Client, dossier: Candidature, **fields: object) -> Page:
    address = reverse("jury:decide", args=[dossier.edition.year, dossier.pk])
    return client.post(address, {"level": 3, "letter": TYPED} | fields)


def test_six_arobases_are_not_decided(client: Client, dossier: Candidature, chair: Juror) -> None:
    is_told(
        decide(client, dossier, level=6),
        422,
        "Un label compte de 1 à 5 arobases : 6 n’est pas possible",
        TYPED,
    )
    assert not Decision.objects.exists()


def test_a_decision_does_not_rest_on_the_vote_of_a_recused_juror(
    client: Client, dossier: Candidature, chair: Juror
) -> None:
    juror = Review.objects.get().juror
    jury_services.recuse(
        juror,
        dossier,
        reason="Ancien mandat dans cette commune.",
        by=UserFactory(staff=True),
        at=reading_day(dossier.edition),
    )
    is_told(decide(client, dossier), 409, "la décision ne peut pas reposer sur elle", TYPED)
    assert not Decision.objects.exists()


def test_nothing_is_proclaimed_before_its_day(
    client: Client, dossier: Candidature, chair: Juror
) -> None:
    decide(client, dossier)
    answer = client.post(reverse("jury:proclaim", args=[dossier.edition.year]))
    is_told(answer, 409, "ne peuvent pas être proclamés avant le jour de la cérémonie")
    assert not Award.objects.exists()


# --- What is sent is not what was expected ----------------------------------


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00 This program", b"\x7fELF\x02\x01\x01", b"#!/bin/sh\nrm -rf /\n"]
)
def test_a_program_called_pdf_is_not_joined(
    client: Client, candidature: Candidature, agent: User, content: bytes
) -> None:
    program = SimpleUploadedFile("bilan.pdf", content, content_type="application/pdf")
    answer = client.post(
        reverse("candidatures:attachments", args=[candidature.pk]), {"file": program}
    )
    is_told(answer, 422, "Le contenu de ce fichier n’est pas accepté", accepted_files(list(Kind)))
    assert not Attachment.objects.exists()


def test_a_text_longer_than_its_field_is_refused_and_kept(
    client: Client, candidature: Candidature, agent: User
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    answer = client.post(
        reverse("candidatures:section", args=[candidature.pk, question.section.code]),
        {f"q{question.pk}": TYPED * 400, f"v{question.pk}": "0"},
    )
    is_told(answer, 422, "20000 caractères", TYPED * 400)
    assert not Answer.objects.exists()


def test_a_text_of_ten_megabytes_is_refused_as_too_long(
    client: Client, candidature: Candidature, agent: User
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    address = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    body = f"q{question.pk}=" + "a" * 10_000_000
    answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
    is_told(answer, 413, "Votre envoi est trop long", "dépasse 5 Mo", "Rien n’a été modifié")
    answer = client.post(address, {f"q{question.pk}": "a" * 10_000_000})
    is_told(answer, 413, "Votre envoi est trop long")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", ["candidatures:start", "jury_staff:assign"])
def test_an_address_that_only_receives_says_so_when_opened(client: Client, name: str) -> None:
    client.force_login(UserFactory(staff=True))
    EditionFactory(year=2027)
    arguments = [2027] if name.startswith("jury") else []
    answer = client.get(reverse(name, args=arguments))
    is_told(answer, 405, "ne s’ouvre pas comme une page", "Rien n’a été modifié")
    assert answer["Allow"] == "POST"


def test_an_address_that_is_only_read_says_so_when_something_is_sent(client: Client) -> None:
    answer = client.post("/palmares/")
    is_told(answer, 405, "ne reçoit aucun envoi")
    assert answer["Allow"] == "GET, HEAD"


# --- Sessions and tokens ----------------------------------------------------


def test_what_is_sent_after_the_session_is_given_back_and_said_not_saved(
    client: Client, candidature: Candidature, agent: User
) -> None:
    question = QuestionFactory(edition=candidature.edition)
    section = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    client.logout()
    answer = client.post(
        section,
        {f"q{question.pk}": TYPED + "</textarea>", f"v{question.pk}": "0"},
        headers={"Referer": f"http://testserver{section}"},
    )
    assert answer.status_code == 302
    entrance = client.get(answer["Location"])
    is_told(entrance, 200, "ce que vous venez d’envoyer n’est pas enregistré", "copiez-le avant")
    assert f"{TYPED}&lt;/textarea&gt;</textarea>" in entrance.content.decode()
    assert TYPED not in text_of(client.get(answer["Location"]))
    assert not Answer.objects.exists()

    client.post("/comptes/login/code/", {"email": agent.email, "next": section})
    code = re.search(r"\b\d{6}\b", Message.objects.get().text)
    assert code
    answer = client.post("/comptes/login/code/confirm/", {"code": code[0], "next": section})
    assert answer["Location"] == section
    is_told(client.get(section), 200, "Votre dernier envoi n’a pas été enregistré")
    assert "dernier envoi" not in text_of(client.get(section))
    assert client.session.get_expiry_age() > 24 * 3600


def test_after_the_session_an_address_that_only_receives_leads_back_to_its_page(
    client: Client, candidature: Candidature, agent: User
) -> None:
    client.logout()
    attachments = reverse("candidatures:attachments", args=[candidature.pk])
    detach = reverse("candidatures:detach", args=[candidature.pk, 1])
    answer = client.post(detach, headers={"Referer": f"http://testserver{attachments}"})
    assert answer["Location"] == f"/comptes/login/code/?next={attachments}"
    elsewhere = client.post(detach, headers={"Referer": "https://ailleurs.example/piege/"})
    assert elsewhere["Location"] == "/comptes/login/code/?next=/"


def test_a_form_without_its_token_is_not_taken_and_says_where_the_text_is(
    candidature: Candidature, agent: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    answer = client.post(reverse("candidatures:deposit", args=[candidature.pk]))
    is_told(answer, 403, "La page est restée ouverte trop longtemps", "Rien n’a été modifié")
    assert not Deposit.objects.exists()
