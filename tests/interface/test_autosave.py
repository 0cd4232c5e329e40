"""Answers save themselves, colleagues see each other, and no text is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from candidatures.choices import QuestionKind
from candidatures.models import Answer, Candidature, EarlierAnswer, Question
from candidatures.services import save_answers
from tests.drawn import tab
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    referent,
)
from tests.factories.labels import NOW, EditionFactory
from villes_internet.users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SAVED = re.compile(r"Enregistré à \d\d:\d\d")
ALL_SAVED = re.compile("Tout est enregistré")


@pytest.fixture
def candidature() -> Candidature:
    found: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    return found


@pytest.fixture
def question(candidature: Candidature) -> Question:
    found: Question = QuestionFactory(edition=candidature.edition, label="Et alors ?")
    return found


@pytest.fixture
def anne(candidature: Candidature) -> User:
    return referent(candidature.territory, user__full_name="Anne Le Goff")


@pytest.fixture
def bilal(candidature: Candidature) -> User:
    return referent(candidature.territory, user__full_name="Bilal Haddad")


Opens = Callable[[User], Page]


@pytest.fixture
def opens(chromium: Browser, candidature: Candidature, question: Question) -> Iterator[Opens]:
    """Somebody opens the section in a browser of their own."""
    with ExitStack() as stack:

        def open_section(user: User) -> Page:
            client = Client()
            client.force_login(user)
            page = stack.enter_context(tab(chromium, client, refusals=True))
            with page.expect_response("**/presence/"):  # what comes later is told at the next one
                page.goto(reverse("candidatures:section", args=[candidature.pk, "volonte"]))
            return page

        yield open_section


def field(page: Page, label: str = "Et alors ?") -> Locator:
    return page.get_by_label(label)


def state(page: Page) -> Locator:
    return page.locator(".savebar__state")


def test_an_answer_is_saved_about_a_second_after_the_last_letter(opens: Opens, anne: User) -> None:
    page = opens(anne)
    field(page).press_sequentially("Tout", delay=20)
    expect(page.get_by_text("Pas encore enregistré")).to_be_visible()
    assert not Answer.objects.exists()
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(state(page)).to_have_text(ALL_SAVED)
    assert Answer.objects.get().value == "Tout"
    field(page).press_sequentially(" va bien", delay=20)
    expect(page.get_by_text("Pas encore enregistré")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Answer.objects.get().value == "Tout va bien"
    assert Answer.objects.get().version == 2


def test_the_button_saves_as_well_and_never_against_oneself(opens: Opens, anne: User) -> None:
    page = opens(anne)
    field(page).fill("Un")
    expect(page.get_by_text(SAVED)).to_be_visible()
    field(page).fill("Un, deux")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Vos réponses sont enregistrées.").first).to_be_visible()
    assert Answer.objects.get().value == "Un, deux"


def test_a_text_too_long_is_not_saved_and_this_is_said_on_leaving_it(
    opens: Opens, question: Question, anne: User
) -> None:
    question.max_words = 3
    question.save()
    page = opens(anne)
    field(page).fill("un deux trois quatre")
    expect(page.locator(".question__state")).to_have_text("Pas enregistré")
    expect(page.locator(".question__problem")).to_be_empty()
    field(page).blur()
    expect(page.locator(".question__problem")).to_contain_text("1 de plus")
    expect(state(page)).to_have_text("Un texte reste à régler ci-dessus.")
    page.reload()
    expect(page.get_by_text("un deux trois quatre")).to_be_visible()
    page.get_by_role("button", name="Le reprendre").click()
    field(page).fill("un deux trois")
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Answer.objects.get().value == "un deux trois"


def test_without_network_the_text_waits_on_the_device_then_leaves_by_itself(
    opens: Opens, anne: User
) -> None:
    page = opens(anne)
    page.route("**/reponses/**", lambda route: route.abort())
    field(page).fill("Tapé dans le train")
    expect(state(page)).to_contain_text("Le site est injoignable")
    expect(state(page)).to_contain_text("Votre texte est gardé sur cet appareil")
    assert not Answer.objects.exists()
    page.unroute("**/reponses/**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Answer.objects.get().value == "Tapé dans le train"


def test_a_tab_closed_without_network_offers_its_text_back_once(opens: Opens, anne: User) -> None:
    page = opens(anne)
    page.route("**/reponses/**", lambda route: route.abort())
    field(page).fill("Presque perdu")
    expect(state(page)).to_contain_text("Le site est injoignable")
    page.reload()
    expect(field(page)).to_have_value("")
    expect(page.get_by_text("n’a pas été enregistré")).to_be_visible()
    page.unroute("**/reponses/**")
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Answer.objects.get().value == "Presque perdu"
    page.reload()
    expect(field(page)).to_have_value("Presque perdu")
    expect(page.get_by_text("n’a pas été enregistré")).to_have_count(0)


def test_a_copy_left_on_a_shared_computer_is_not_offered_to_somebody_else(
    chromium: Browser, candidature: Candidature, question: Question, anne: User, bilal: User
) -> None:
    client = Client()
    client.force_login(anne)
    with tab(chromium, client, refusals=True) as page:
        page.goto(reverse("candidatures:section", args=[candidature.pk, "volonte"]))
        page.route("**/reponses/**", lambda route: route.abort())
        field(page).fill("Le secret d’Anne")
        expect(state(page)).to_contain_text("gardé sur cet appareil")
        client.force_login(bilal)
        page.reload()
        expect(field(page)).to_be_visible()
        expect(page.get_by_text("Le secret d’Anne")).to_have_count(0)


def test_an_ended_session_is_said_and_the_text_is_saved_on_return(
    chromium: Browser, candidature: Candidature, question: Question, anne: User
) -> None:
    client = Client()
    client.force_login(anne)
    with tab(chromium, client, refusals=True) as page:
        page.goto(reverse("candidatures:section", args=[candidature.pk, "volonte"]))
        client.logout()
        field(page).fill("Après la pause")
        expect(state(page)).to_contain_text("Votre session est terminée")
        expect(page.get_by_role("link", name="Se reconnecter dans un autre onglet")).to_be_visible()
        assert not Answer.objects.exists()
        client.force_login(anne)
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(page.get_by_text(SAVED)).to_be_visible()
    assert Answer.objects.get().value == "Après la pause"


def test_two_colleagues_see_each_other(opens: Opens, anne: User, bilal: User) -> None:
    opens(anne)
    page = opens(bilal)
    expect(page.get_by_text("Anne Le Goff est ici")).to_be_visible()
    expect(page.get_by_text("dans la rubrique « Une volonté politique »")).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "left_and_kept"),
    [
        ("Garder le mien", ("Le texte d’Anne", "Le texte de Bilal")),
        ("Reprendre le sien", ("Le texte de Bilal", "Le texte d’Anne")),
    ],
)
def test_two_texts_for_one_answer_are_shown_and_neither_is_lost(
    opens: Opens, anne: User, bilal: User, choice: str, left_and_kept: tuple[str, str]
) -> None:
    left, kept = left_and_kept
    first, second = opens(anne), opens(bilal)
    field(first).fill("Le texte d’Anne")
    expect(first.get_by_text(SAVED)).to_be_visible()
    field(second).fill("Le texte de Bilal")
    conflict = second.locator(".question__problem")
    expect(conflict).to_contain_text("a changé entre-temps")
    expect(second.locator("blockquote")).to_have_text("Le texte d’Anne")
    assert Answer.objects.get().value == "Le texte d’Anne"
    # A finger presses for a while: leaving the field meanwhile must not take the button away.
    second.get_by_role("button", name=choice).click(delay=200)
    expect(second.get_by_role("button", name=choice)).to_have_count(0)
    expect(field(second)).to_have_value(kept)
    expect(state(second)).to_have_text(ALL_SAVED)
    assert Answer.objects.get().value == kept
    assert left in EarlierAnswer.objects.values_list("value", flat=True)


def test_what_a_colleague_writes_comes_into_the_fields_that_one_left_alone(
    opens: Opens, question: Question, candidature: Candidature, anne: User, bilal: User
) -> None:
    page = opens(bilal)
    save_answers(candidature, values={question: ("D’Anne", 0)}, by=anne, at=NOW)
    page.evaluate("document.dispatchEvent(new Event('dossier:changed'))")
    expect(field(page)).to_have_value("D’Anne")
    expect(page.get_by_text("Repris de l’équipe")).to_be_visible()


def test_a_question_opens_and_closes_as_one_answers_the_one_before(
    opens: Opens, candidature: Candidature, anne: User
) -> None:
    QuestionFactory(
        edition=candidature.edition, kind=QuestionKind.YES_NO, code="elu", label="Un élu ?"
    )
    QuestionFactory(
        edition=candidature.edition,
        label="Lequel ?",
        asked_if=[{"question": "elu", "operator": "is", "values": ["yes"]}],
    )
    page = opens(anne)
    expect(field(page, "Lequel ?")).to_have_count(0)
    page.get_by_label("Oui").check()
    expect(field(page, "Lequel ?")).to_be_visible()
    field(page, "Lequel ?").fill("L’adjointe au numérique")
    expect(state(page)).to_have_text(ALL_SAVED)
    page.get_by_label("Non").check()
    expect(field(page, "Lequel ?")).to_have_count(0)
    page.get_by_label("Oui").check()
    expect(field(page, "Lequel ?")).to_have_value("L’adjointe au numérique")


def test_the_list_of_what_is_missing_follows(opens: Opens, anne: User) -> None:
    page = opens(anne)
    expect(page.locator("#manque summary")).to_have_text("2 éléments à compléter avant de déposer")
    field(page).fill("Répondu")
    expect(page.locator("#manque summary")).to_have_text("1 élément à compléter avant de déposer")


def test_once_deposited_what_is_typed_is_kept_and_one_is_told_why(
    opens: Opens, candidature: Candidature, anne: User
) -> None:
    page = opens(anne)
    Candidature.objects.filter(pk=candidature.pk).update(state="deposited")
    field(page).fill("Trop tard")
    expect(page.locator(".question__problem")).to_contain_text("Cette candidature est déposée")
    assert not Answer.objects.exists()
