"""The label from end to end, in Chromium, against real processes: with scripts, then without."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.agents import Agent
from tests.journeys.conftest import PATIENCE, STAFF_EMAIL, Site
from tests.journeys.jurors import Juror
from tests.journeys.people import Person, Visitor
from tests.journeys.staff import Staff
from tests.journeys.story import WITH_SCRIPTS, WITHOUT_SCRIPTS, Story

pytestmark = pytest.mark.browser

OpenPage = Callable[[], Page]
Somebody = TypeVar("Somebody", bound=Person)


@pytest.fixture(params=[WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["with-scripts", "without-scripts"])
def story(request: pytest.FixtureRequest) -> Story:
    found: Story = request.param
    return found


@pytest.fixture
def open_page(site: Site, browser: Browser, story: Story) -> OpenPage:
    """A browser of one's own for each person."""

    def open_page() -> Page:
        context = browser.new_context(
            base_url=site.address,
            locale="fr-FR",
            java_script_enabled=story is WITH_SCRIPTS,
        )
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    return open_page


def test_from_the_opening_of_an_edition_to_its_diplomas(
    site: Site, story: Story, open_page: OpenPage
) -> None:
    def person(role: type[Somebody], name: str, email: str = "") -> Somebody:
        first = name.split(maxsplit=1)[0].lower()
        return role(open_page(), name, email or f"{first}@{story.domain}", site.postbox)

    odile = person(Staff, "Odile Renard", STAFF_EMAIL)
    odile.sign_in()
    odile.open_edition(story)
    odile.look_at_referentiel(story)

    agents = [person(Agent, name) for name in ("Amadou Ba", "Julie Hoarau", "Lucie Klein")]
    for agent, dossier in zip(agents, story.dossiers, strict=True):
        agent.sign_up()
        agent.request_membership(dossier.collectivite)
        odile.accept(agent, dossier.collectivite)
        agent.start(dossier.collectivite)
        agent.fill(dossier, story)
        agent.deposit(dossier, story)
    odile.follow_campaign(story)

    rose, samir, nadia = (person(Juror, name) for name in ("Rose Ly", "Samir Aït", "Nadia Roy"))
    for juror in (rose, samir, nadia):
        juror.sign_up()
    odile.move_calendar(story, closes_in=-1, phase="lecture par le jury")
    odile.compose_jury(story, chair=nadia, jurors=(rose, samir))
    for juror in (rose, samir, nadia):
        juror.sign()
    rose.begin(story.village, story)
    for juror in (rose, samir):
        for dossier in story.dossiers:
            juror.hand_in(dossier, story)

    visitor = Visitor(open_page())
    visitor.looks_for_secrets(story)

    odile.move_calendar(story, closes_in=-6, phase="jour de la proclamation")
    for dossier in story.dossiers:
        nadia.decide(dossier, story)
    visitor.looks_for_secrets(story)
    nadia.proclaim(story)

    visitor.sees_the_palmares(story)
    for dossier in story.dossiers:
        visitor.sees_the_label_of(dossier.collectivite, story)
        visitor.finds_the_sheet(dossier.action)
    for agent, dossier in zip(agents, story.dossiers, strict=True):
        agent.gets_result(dossier, story)
