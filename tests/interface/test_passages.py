"""The page of an action: it saves itself passage by passage, and colleagues lose no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from candidatures.models import Initiative
from candidatures.services import save_passages
from tests.drawn import tab
from tests.factories.candidatures import CandidatureFactory, InitiativeFactory, referent
from tests.factories.labels import DigitalServiceFactory, EditionFactory
from villes_internet.users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

Opens = Callable[[User], Page]


@pytest.fixture
def initiative() -> Initiative:
    edition = EditionFactory(real=True)
    found: Initiative = InitiativeFactory(
        candidature=CandidatureFactory(edition=edition),
        title="Le bus du soir",
        services=[DigitalServiceFactory(edition=edition)],
    )
    return found


@pytest.fixture
def opens(chromium: Browser, initiative: Initiative) -> Iterator[Opens]:
    """Somebody opens the action in a browser of their own."""
    with ExitStack() as stack:

        def open_action(user: User) -> Page:
            client = Client()
            client.force_login(user)
            page = stack.enter_context(tab(chromium, client, refusals=True))
            arguments = [initiative.candidature_id, initiative.pk]
            with page.expect_response("**/presence/"):  # what comes later is told at the next one
                page.goto(reverse("candidatures:change_initiative", args=arguments))
            return page

        yield open_action


def passage(page: Page, code: str) -> Locator:
    return page.locator(f"#passage-{code}")


def test_two_colleagues_write_one_action_and_choose_where_their_texts_meet(
    opens: Opens, initiative: Initiative
) -> None:
    territory = initiative.candidature.territory
    anne = opens(referent(territory, user__full_name="Anne Le Goff"))
    bilal = opens(referent(territory, user__full_name="Bilal Haddad"))
    anne.get_by_label("Résumé").fill("Le résumé d’Anne")
    expect(passage(anne, "summary")).to_contain_text(re.compile(r"Enregistré à \d\d:\d\d"))
    bilal.get_by_label("Résumé").fill("Le résumé de Bilal")
    said = passage(bilal, "summary")
    expect(said).to_contain_text("Anne Le Goff a enregistré")
    expect(said).to_contain_text("Le résumé d’Anne")
    said.get_by_role("button", name="Reprendre le sien").click()
    expect(bilal.get_by_label("Résumé")).to_have_value("Le résumé d’Anne")
    bilal.get_by_label("Publics").fill("Les habitants des hameaux")
    expect(passage(bilal, "audience")).to_contain_text("Enregistré à")
    initiative.refresh_from_db()
    assert (initiative.summary, initiative.audience) == (
        "Le résumé d’Anne",
        "Les habitants des hameaux",
    )
    kept = [one.value["summary"] for one in initiative.earlier_passages.filter(code="summary")]
    assert "Le résumé de Bilal" in kept


def test_what_a_colleague_writes_comes_into_the_passages_that_one_left_alone(
    opens: Opens, initiative: Initiative
) -> None:
    territory = initiative.candidature.territory
    page = opens(referent(territory))
    save_passages(
        initiative,
        values={"audience": ({"audience": "Les habitants des hameaux"}, 0)},
        by=referent(territory),
        at=timezone.now(),
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_label("Publics")).to_have_value("Les habitants des hameaux")
    expect(passage(page, "audience")).to_contain_text("Repris de l’équipe")


def test_a_passage_that_cannot_be_taken_says_why_and_saves_once_mended(
    opens: Opens, initiative: Initiative
) -> None:
    page = opens(referent(initiative.candidature.territory))
    page.get_by_label("Toujours en cours").uncheck()
    page.get_by_label("Date de fin").fill("2019-01-01")
    page.get_by_label("Titre").focus()
    expect(passage(page, "dates")).to_contain_text("La date de fin précède la date de début")
    page.get_by_label("Date de fin").fill("")
    page.get_by_label("Toujours en cours").check()
    expect(passage(page, "dates").locator(".field__error")).to_have_count(0)
    page.get_by_label("Titre").fill("Le bus de nuit")
    expect(passage(page, "title")).to_contain_text("Enregistré à")
    assert Initiative.objects.get().title == "Le bus de nuit"
