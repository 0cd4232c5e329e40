"""The form of an action: what is typed waits on the device, and the mosaïque follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from candidatures.models import Candidature, Initiative
from candidatures.services import ask_correction, deposit, save_answers
from tests.drawn import tab
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import DigitalServiceFactory, EditionFactory
from tests.factories.users import UserFactory
from tests.smtp_sink import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LOST = "n’a pas été enregistré"


@pytest.fixture
def candidature() -> Candidature:
    """With one action, and a service that it leaves to others."""
    found: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    InitiativeFactory(candidature=found, services=[DigitalServiceFactory(edition=found.edition)])
    DigitalServiceFactory(edition=found.edition, name="Bus du numérique")
    return found


@pytest.fixture
def page(chromium: Browser, client: Client, candidature: Candidature) -> Iterator[Page]:
    client.force_login(referent(candidature.territory))
    with tab(chromium, client, refusals=True) as page:
        page.goto(reverse("candidatures:add_initiative", args=[candidature.pk]))
        yield page


def type_title(page: Page, title: str) -> None:
    page.get_by_label("Titre").fill(title)
    page.wait_for_timeout(1_000)  # it is kept half a second after the last letter


def test_an_action_typed_and_not_saved_is_offered_back(page: Page) -> None:
    type_title(page, "Le bus du soir")
    page.reload()
    expect(page.get_by_label("Titre")).to_have_value("")
    expect(page.get_by_text(LOST)).to_be_visible()
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.get_by_label("Titre")).to_have_value("Le bus du soir")
    expect(page.get_by_text(LOST)).to_have_count(0)


def test_what_one_erases_is_not_offered_again(page: Page) -> None:
    type_title(page, "Le bus du soir")
    page.reload()
    page.get_by_role("button", name="L’effacer").click()
    page.reload()
    expect(page.get_by_label("Titre")).to_be_visible()
    expect(page.get_by_text(LOST)).to_have_count(0)


def test_an_action_that_the_site_has_taken_is_not_offered_back(
    page: Page, candidature: Candidature
) -> None:
    type_title(page, "Le bus du soir")
    page.get_by_label("Résumé").fill("Un bus s’arrête chaque soir devant la mairie.")
    page.locator("details.picker__theme summary").last.click()
    page.get_by_label("Bus du numérique").check()
    page.get_by_label("Nature").select_option(index=1)
    page.get_by_label("Mode").select_option(index=1)
    page.get_by_label("Début").fill("2026-01-01")
    page.get_by_role("button", name="Enregistrer l’action").click()
    expect(page.get_by_text("L’action est ajoutée").first).to_be_visible()
    wait_until(lambda: page.evaluate("localStorage.length") == 0)
    assert Initiative.objects.filter(title="Le bus du soir").exists()
    page.goto(reverse("candidatures:add_initiative", args=[candidature.pk]))
    expect(page.get_by_label("Titre")).to_be_visible()
    expect(page.get_by_text(LOST)).to_have_count(0)


def test_an_action_refused_by_the_site_stays_on_the_device(
    page: Page, candidature: Candidature
) -> None:
    type_title(page, "Le bus du soir")
    page.get_by_role("button", name="Enregistrer l’action").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto(reverse("candidatures:add_initiative", args=[candidature.pk]))
    expect(page.get_by_text(LOST)).to_be_visible()


def test_the_mosaique_follows_the_services_that_one_ticks(page: Page) -> None:
    page.get_by_text("La mosaïque de la candidature, avec cette action").click()
    expect(page.locator("#mosaique")).to_contain_text("touchent 1 enjeu sur 2")
    page.locator("details.picker__theme summary").last.click()
    page.get_by_label("Bus du numérique").check()
    expect(page.locator("#mosaique")).to_contain_text("touchent 2 enjeux sur 2")
    page.get_by_label("Bus du numérique").uncheck()
    expect(page.locator("#mosaique")).to_contain_text("touchent 1 enjeu sur 2")


def test_a_correction_typed_and_not_saved_is_offered_back(
    chromium: Browser, client: Client
) -> None:
    dossier = complete(edition=EditionFactory(real=True))
    agent, now = referent(dossier.territory), timezone.now()
    question = QuestionFactory(edition=dossier.edition, label="Et alors ?")
    save_answers(dossier, values={question: ("Déposé", 0)}, by=agent, at=now)
    deposit(dossier, by=agent, at=now)
    correction = ask_correction(
        dossier,
        question,
        request="Précisez l’année.",
        until=dossier.edition.reading_starts_on - timedelta(days=1),
        by=UserFactory(staff=True),
        at=now,
    )
    client.force_login(agent)
    with tab(chromium, client, refusals=True) as page:
        page.goto(reverse("candidatures:correction", args=[dossier.pk, correction.pk]))
        page.get_by_label("Et alors ?").fill("Corrigé en 2026")
        page.wait_for_timeout(1_000)
        page.reload()
        page.get_by_role("button", name="Le reprendre").click()
        page.get_by_role("button", name="Enregistrer le brouillon").click()
        expect(page.get_by_text("Le brouillon est enregistré").first).to_be_visible()
        page.reload()
        expect(page.get_by_label("Et alors ?")).to_have_value("Corrigé en 2026")
        expect(page.get_by_text(LOST)).to_have_count(0)
