"""The site is used without a mouse, and the focus is seen at each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from tests import drawn
from tests.factories.atlaas import SheetFactory
from tests.factories.territories import MembershipFactory
from tests.factories.users import UserFactory
from tests.journeys.conftest import PATIENCE
from tests.journeys.keyboard import Keyboard
from tests.journeys.postbox import Postbox
from tests.probes import PROBES
from tests.processes import running_platform
from tests.walk.cast import Cast, build
from tests.walk.people import ANONYMOUS, JUROR, NEWCOMER, STAFF

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db]

AGENT = "amadou@clavier.example"


@dataclass(frozen=True)
class Stage:
    """Where the platform answers, the world that it holds, and the letters that it sends."""

    address: str
    cast: Cast
    postbox: Postbox


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The world of the walk, more sheets than a page holds, and an agent of its town."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.plain_http",
        "SECRET_KEY": settings.SECRET_KEY,  # the sessions of the cast hold there
    }
    directory = tmp_path_factory.mktemp("keyboard")
    with (
        django_db_blocker.unblock(),
        running_platform("pgmq", directory, environment=environment) as platform,
    ):
        cast = build()
        SheetFactory.create_batch(30, territory=cast.neighbour, edition=cast.sheet.edition)
        amadou = UserFactory(email=AGENT, full_name="Amadou Ba", verified=True)
        MembershipFactory(user=amadou, territory=cast.home, active=True)
        address = platform.start_site()
        platform.start_worker()
        yield Stage(address, cast, Postbox(platform.sink))


@pytest.fixture(scope="module")
def browser(stage: Stage) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with drawn.chromium() as browser:
        yield browser


def sit_down(stage: Stage, browser: Browser, *, who: str = ANONYMOUS) -> Keyboard:
    """On the home page, signed in unless a passer-by."""
    context = browser.new_context(base_url=stage.address, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(path=PROBES)
    if who != ANONYMOUS:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": stage.cast.sessions[who]}
        context.add_cookies([{**cookie, "url": stage.address}])  # type: ignore[typeddict-item]
    page = context.new_page()
    page.goto("/")
    return Keyboard(page)


def is_at(keyboard: Keyboard, title: str) -> None:
    heading = keyboard.page.get_by_role("heading", level=1, name=title, exact=True)
    expect(heading).to_be_visible()


def test_a_passer_by_finds_a_town_and_reads_a_practice(stage: Stage, browser: Browser) -> None:
    keyboard = sit_down(stage, browser)
    town, sheet = stage.cast.home, stage.cast.sheet

    keyboard.press("Tab")
    assert keyboard.is_on(keyboard.find("link", "Aller au contenu"))
    keyboard.press("Enter")
    assert keyboard.is_on(keyboard.page.get_by_role("main"))
    keyboard.press("Tab")
    assert keyboard.is_on(keyboard.find("searchbox", "Trouver une commune"))
    keyboard.write(town.name)
    with keyboard.page.expect_navigation():
        keyboard.press("Enter")
    keyboard.follow(town.name)
    is_at(keyboard, town.name)
    keyboard.follow(sheet.title)
    is_at(keyboard, sheet.title)
    keyboard.page.go_back()
    is_at(keyboard, town.name)

    keyboard.follow("Atlaas")
    keyboard.fill("Mots", "bus du numérique")
    keyboard.reach("combobox", "Édition")
    keyboard.move_until("ArrowDown", lambda: "2024" in chosen(keyboard))
    keyboard.send("Chercher")
    expect(keyboard.page.get_by_role("heading", name="30 fiches")).to_be_visible()
    keyboard.follow("Suivante")
    keyboard.reach("link", "Page 1")
    keyboard.reach("link", "Précédente", key="Shift+Tab")
    assert keyboard.wrong == []


def chosen(keyboard: Keyboard) -> str:
    """What the list that has the focus says."""
    script = "document.activeElement.selectedOptions[0].textContent"
    return str(keyboard.page.evaluate(script))


def test_an_agent_signs_in_answers_and_adds_an_action(stage: Stage, browser: Browser) -> None:
    keyboard = sit_down(stage, browser)
    page, town = keyboard.page, stage.cast.home

    keyboard.follow("Se connecter")
    keyboard.fill("Adresse électronique", AGENT)
    keyboard.send("Recevoir un code")
    keyboard.fill("Code à 6 chiffres", stage.postbox.code(AGENT, already=0))
    keyboard.send("Continuer")
    keyboard.follow("Mes candidatures")
    keyboard.follow(town.name)

    keyboard.follow("Des moyens à votre mesure")
    budget = page.get_by_role("textbox", name="Quel budget")
    keyboard.go_to(budget)
    keyboard.write("beaucoup")
    keyboard.send("Enregistrer")
    assert keyboard.is_on(page.get_by_role("alert"))
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert keyboard.is_on(budget)
    keyboard.write("4200,50")
    keyboard.send("Enregistrer")
    expect(page.get_by_role("status").filter(has_text="Vos réponses")).to_be_visible()
    keyboard.follow("Revenir à la candidature")

    keyboard.follow("Ajouter une action")
    keyboard.fill("Titre", "Le clavier partagé")
    keyboard.fill("Résumé", "Chacun y écrit, sans souris.")
    keyboard.go_to(page.locator("summary", has_text="Démocratie locale"))
    keyboard.press("Enter")
    keyboard.reach("checkbox", "Budget participatif numérique")
    keyboard.press("Space")
    keyboard.reach("combobox", "Nature")
    keyboard.move_until("ArrowDown", lambda: chosen(keyboard) == "lieu")
    keyboard.reach("combobox", "Mode de gestion")
    keyboard.move_until("ArrowDown", lambda: chosen(keyboard) == "en régie")
    keyboard.go_to(page.get_by_label("Date de début"))
    page.keyboard.type("01012026")
    keyboard.send("Enregistrer l’action")
    expect(page.get_by_role("status").filter(has_text="L’action est ajoutée")).to_be_visible()
    assert keyboard.wrong == []


def test_a_juror_scores_then_hands_in(stage: Stage, browser: Browser) -> None:
    keyboard = sit_down(stage, browser, who=JUROR)
    page = keyboard.page

    keyboard.follow("Jury")
    keyboard.follow("Label 2026")
    keyboard.follow(stage.cast.home.name)
    keyboard.jump("Aller à mon évaluation")
    given = page.get_by_role("radio", checked=True).first
    keyboard.go_to(given)
    keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4 :").first).to_be_checked()
    keyboard.press("Tab")
    keyboard.write("Large, pour si peu d’habitants.")
    keyboard.send("Enregistrer le brouillon")
    expect(page.get_by_role("status").filter(has_text="brouillon est enregistré")).to_be_visible()
    expect(page.get_by_role("radio", name="4 :").first).to_be_checked()
    keyboard.send("Remettre l’évaluation")
    expect(page.get_by_role("status").filter(has_text="évaluation est remise")).to_be_visible()
    assert keyboard.wrong == []


def test_the_staff_accepts_a_rattachement(stage: Stage, browser: Browser) -> None:
    keyboard = sit_down(stage, browser, who=STAFF)
    page, newcomer = keyboard.page, stage.cast.users[NEWCOMER]

    keyboard.follow("Gestion")
    keyboard.follow("Rattachements")
    keyboard.reach("combobox", "Rôle")
    keyboard.move_until("ArrowDown", lambda: chosen(keyboard) == "référent·e")
    keyboard.send(f"Accepter {newcomer.full_name}")
    told = f"{newcomer.full_name} est rattaché·e à {stage.cast.home.name}."
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
    assert keyboard.wrong == []
