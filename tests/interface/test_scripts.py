"""What the scripts add to a page, and that the page does as much without them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from candidatures.models import Initiative
from tests.drawn import tab
from tests.factories.candidatures import complete, referent
from tests.factories.labels import EditionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HELP = "En deux ou trois phrases, pour qui ne connaît pas."
SENT_TWICE = """() => {
  const form = document.querySelector("form[method=post]"), stopped = [];
  const button = form.querySelector("button[type=submit]");
  const stay = event => {
    stopped.push(event.defaultPrevented);
    event.preventDefault();
  };
  addEventListener("submit", stay);
  form.requestSubmit(button);
  form.requestSubmit(button);
  removeEventListener("submit", stay);
  return stopped;
}"""


@pytest.fixture
def initiative() -> Initiative:
    """Of a dossier that one may still write."""
    found: Initiative = complete(edition=EditionFactory(real=True)).initiatives.get()
    return found


@pytest.fixture
def address(initiative: Initiative, client: Client) -> str:
    """Its page, opened by the référent·e."""
    client.force_login(referent(initiative.candidature.territory))
    arguments = [initiative.candidature_id, initiative.pk]
    return reverse("candidatures:change_initiative", args=arguments)


@pytest.fixture
def page(chromium: Browser, client: Client, address: str) -> Iterator[Page]:
    with tab(chromium, client) as page:
        page.clock.install()
        page.goto(address)
        yield page


@pytest.fixture
def bare(chromium: Browser, client: Client, address: str) -> Iterator[Page]:
    """The same page where no script runs."""
    with tab(chromium, client, scripts=False) as page:
        page.goto(address)
        yield page


# --- A text says its limit ------------------------------------------------------------------------


def test_a_text_says_its_limit_then_how_far_it_is(page: Page) -> None:
    summary = page.get_by_label("Résumé")
    counter = page.locator("#id_summary_count")
    summary.fill("")
    expect(summary).to_have_accessible_description(f"{HELP} 0 caractère sur 600")
    summary.fill("Un café\n")
    expect(counter).to_have_text("7 caractères sur 600")
    summary.fill("ligne\nligne")  # a line end travels as two characters
    expect(counter).to_have_text("12 caractères sur 600")


def test_a_text_pasted_too_long_is_kept_whole_and_said_too_long(page: Page) -> None:
    summary = page.get_by_label("Résumé")
    summary.fill("é" * 1_612)
    assert len(summary.input_value()) == 1_612
    expect(page.locator("#id_summary_count")).to_have_text(
        "1\u202f612 caractères\u00a0: 1\u202f012 de trop"
    )


def test_the_count_is_said_aloud_when_one_pauses_only(page: Page) -> None:
    spoken = page.locator("#id_summary_count + [role=status]")
    page.clock.pause_at(timezone.now() + timedelta(seconds=5))
    page.get_by_label("Résumé").fill("Un café")
    page.clock.run_for(1_000)
    expect(spoken).to_be_empty()
    page.clock.run_for(1_000)
    expect(spoken).to_have_text("7 caractères sur 600")


def test_without_scripts_the_limit_is_said_all_the_same(bare: Page) -> None:
    expect(bare.get_by_label("Résumé")).to_have_accessible_description(
        f"{HELP} 600 caractères au plus"
    )


# --- What effaces is asked first ------------------------------------------------------------------


def test_removing_an_action_is_asked_over_its_page(page: Page, initiative: Initiative) -> None:
    link = page.get_by_role("link", name="Retirer cette action…")
    question = page.get_by_role("dialog", name=f"Retirer «\u00a0{initiative.title}\u00a0»")
    link.click()
    expect(question).to_be_visible()
    expect(question.get_by_role("button", name="La garder")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(link).to_be_focused()

    link.click()
    question.get_by_role("button", name="La garder").click()
    expect(question).to_be_hidden()
    assert Initiative.objects.filter(pk=initiative.pk).exists()

    link.click()
    question.get_by_role("button", name="Retirer l’action").click()
    expect(page.get_by_role("status").filter(has_text="est retirée")).to_be_visible()
    assert not Initiative.objects.filter(pk=initiative.pk).exists()


def test_the_page_behind_a_question_does_not_scroll_and_closes_it(page: Page) -> None:
    page.get_by_role("link", name="Retirer cette action…").click()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"


def test_without_scripts_the_same_question_has_its_page(bare: Page, initiative: Initiative) -> None:
    bare.get_by_role("link", name="Retirer cette action…").click()
    expect(bare.get_by_role("heading", level=1)).to_contain_text(initiative.title)
    bare.get_by_role("button", name="Retirer l’action").click()
    assert not Initiative.objects.filter(pk=initiative.pk).exists()


# --- A form leaves once ---------------------------------------------------------------------------


def test_a_form_pressed_twice_leaves_once_and_says_that_it_is_on_its_way(page: Page) -> None:
    assert page.evaluate(SENT_TWICE) == [False, True]
    button = page.get_by_role("button", name="Enregistrer l’action")
    expect(button).to_have_attribute("aria-busy", "true")


def test_after_a_while_or_back_by_the_history_a_form_may_leave_anew(page: Page) -> None:
    button = page.get_by_role("button", name="Enregistrer l’action")
    page.evaluate(SENT_TWICE)
    page.clock.run_for(15_000)
    expect(button).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate(SENT_TWICE) == [False, True]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).not_to_have_attribute("aria-busy", "true")


# --- What has just been done ----------------------------------------------------------------------


def save(page: Page) -> Locator:
    """Save, and find what says so."""
    page.get_by_role("button", name="Enregistrer l’action").click()
    said = page.get_by_role("status").filter(has_text="L’action est enregistrée.")
    expect(said).to_be_attached()
    return said


def save_and_lift(page: Page) -> Locator:
    """The same where time goes on by hand alone: what is said is lifted after a moment."""
    page.clock.pause_at(timezone.now() + timedelta(seconds=5))
    said = save(page)
    expect(page.locator(".toasts")).to_be_attached()
    page.clock.run_for(200)
    expect(said).to_be_visible()
    return said


def test_a_success_is_lifted_and_leaves_by_itself(page: Page) -> None:
    toast = save_and_lift(page)
    expect(page.get_by_role("button", name="Fermer ce message")).to_be_visible()
    page.clock.run_for(8_000)
    expect(toast).to_be_visible()
    page.clock.run_for(3_000)
    expect(toast).to_be_hidden()


def test_a_success_stays_as_long_as_one_stops_on_it(page: Page) -> None:
    toast = save_and_lift(page)
    toast.get_by_text("enregistrée").hover()
    page.clock.run_for(60_000)
    expect(toast).to_be_visible()
    page.get_by_role("button", name="Fermer ce message").click()
    expect(toast).to_be_hidden()
    expect(page.get_by_role("main")).to_be_focused()


def test_without_scripts_a_success_is_said_in_the_page(bare: Page) -> None:
    expect(save(bare)).to_be_visible()
    assert bare.locator(".toasts").count() == 0
    expect(bare.get_by_role("button", name="Fermer ce message")).to_be_hidden()
    main = bare.get_by_role("main").bounding_box()
    box = bare.locator(".toast").bounding_box()
    assert main
    assert box
    assert box["y"] + box["height"] <= main["y"]
