"""The last seconds: what is typed in time is saved, what comes too late stays in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from candidatures.models import Answer, Candidature, Deposit, Question
from tests.drawn import tab
from tests.factories.candidatures import QuestionFactory, complete, referent
from tests.factories.labels import EditionFactory
from tests.factories.territories import DepartmentFactory, EpciFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SetClock = Callable[[datetime], None]


@pytest.fixture
def candidature() -> Candidature:
    """Complete, of a territory of La Réunion, whose clocks are three hours ahead in winter."""
    department = DepartmentFactory(code="974", name="La Réunion")
    edition = EditionFactory(real=True, grace_minutes=0)
    return complete(edition=edition, territory=EpciFactory(department=department))


@pytest.fixture
def question(candidature: Candidature) -> Question:
    found: Question = QuestionFactory(
        edition=candidature.edition, label="Et alors ?", is_required=False
    )
    return found


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The site’s clock shows this instant, then goes on."""
    real = timezone.now

    def set_clock(at: datetime) -> None:
        ahead = at - real()
        monkeypatch.setattr(timezone, "now", lambda: real() + ahead)

    return set_clock


@pytest.fixture
def page(chromium: Browser, candidature: Candidature, set_clock: SetClock) -> Iterator[Page]:
    """The browser of somebody who deposits, ten seconds before it is too late."""
    set_clock(candidature.closes_at - timedelta(seconds=10))
    client = Client()
    client.force_login(referent(candidature.territory))
    with tab(chromium, client, refusals=True) as page:
        yield page


def test_what_is_typed_in_the_last_seconds_is_saved_and_what_comes_after_stays_on_the_device(
    page: Page, candidature: Candidature, question: Question, set_clock: SetClock
) -> None:
    address = reverse("candidatures:section", args=[candidature.pk, question.section.code])
    page.goto(address)
    page.get_by_label("Et alors ?").fill("À temps")
    expect(page.locator(".savebar__state")).to_contain_text("Tout est enregistré")
    set_clock(candidature.closes_at)
    page.get_by_label("Et alors ?").fill("À temps, puis trop tard")
    expect(page.locator(".question__problem")).to_contain_text(
        "Les candidatures à cette édition sont closes"
    )
    expect(page.get_by_label("Et alors ?")).to_have_value("À temps, puis trop tard")
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "À temps, puis trop tard" in kept
    assert Answer.objects.get(question=question).value == "À temps"


def test_the_last_second_deposits_and_the_next_one_says_why_not(
    page: Page, candidature: Candidature, set_clock: SetClock
) -> None:
    address = reverse("candidatures:deposit", args=[candidature.pk])
    page.goto(address)
    expect(page.get_by_text("heure locale").first).to_be_visible()
    set_clock(candidature.closes_at)
    page.get_by_role("button", name="Déposer la candidature").click()
    expect(page.get_by_text("Les candidatures à cette édition sont closes").first).to_be_visible()
    assert not Deposit.objects.exists()
    set_clock(candidature.closes_at - timedelta(seconds=10))
    page.goto(address)
    set_clock(candidature.closes_at - timedelta(seconds=1))
    page.get_by_role("button", name="Déposer la candidature").click()
    expect(page.get_by_text("déposée").first).to_be_visible()
    assert Deposit.objects.get().candidature == candidature
