"""Two of the staff on one form: neither takes the other's words away unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from candidatures.choices import QuestionKind
from candidatures.models import Condition, Engagement, Question, Section
from labels.models import Edition
from tests.factories.candidatures import (
    ConditionFactory,
    EngagementFactory,
    QuestionFactory,
    SectionFactory,
)
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

Row = Section | Question | Engagement | Condition
WITHOUT_CONDITION = {
    f"{prefix}-{rank}-{name}": value
    for prefix in ("asked", "required")
    for rank in range(2)
    for name, value in (("subject", "none"), ("operator", "is"), ("value", ""))
}


@pytest.fixture
def edition() -> Edition:
    edition: Edition = EditionFactory(real=True)
    return edition


# What makes a row, its page, one of its texts, and the rest of its form.
FORMS: list[tuple[Any, str, str, dict[str, str]]] = [
    (SectionFactory, "questionnaire:change_section", "intro", {"title": "Un titre"}),
    (
        QuestionFactory,
        "questionnaire:change_question",
        "label",
        {"kind": QuestionKind.LONG_TEXT, **WITHOUT_CONDITION},
    ),
    (EngagementFactory, "depositing:change_engagement", "text", {"title": "Un titre"}),
    (ConditionFactory, "depositing:change_condition", "label", {"checked_by": "staff"}),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda it: it[1])
def test_the_slower_is_shown_the_words_of_the_faster_and_loses_none(
    client: Client, edition: Edition, form: tuple[Any, str, str, dict[str, str]]
) -> None:
    factory, page, field, others = form
    row: Row = factory(edition=edition)
    client.force_login(UserFactory(staff=True))
    address = reverse(page, args=[edition.year, row.pk])
    seen = client.get(address).context["form"]["seen"].value()
    faster = client.post(address, {**others, field: "Les mots de Paul", "seen": seen})
    assert faster.status_code == 302

    sent = {**others, field: "Les mots de Jeanne", "seen": seen}
    slower = client.post(address, sent)
    assert slower.status_code == 409
    html = slower.content.decode()
    assert "Les mots de Jeanne" in html.partition("<form class")[2]
    assert "Les mots de Paul" in html.partition("Ce que votre collègue a enregistré")[2]
    row.refresh_from_db()
    assert getattr(row, field) == "Les mots de Paul"

    knowing = slower.context["form"]["seen"].value()
    assert client.post(address, sent | {"seen": knowing}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Les mots de Jeanne"


def test_a_condition_that_a_colleague_set_is_shown_in_words(
    client: Client, edition: Edition
) -> None:
    opening = QuestionFactory(edition=edition, code="elu", kind=QuestionKind.YES_NO)
    question = QuestionFactory(edition=edition)
    client.force_login(UserFactory(staff=True))
    address = reverse("questionnaire:change_question", args=[edition.year, question.pk])
    seen = client.get(address).context["form"]["seen"].value()
    question.asked_if = [{"question": "elu", "operator": "is", "values": ["yes"]}]
    question.save()
    sent = {"label": "Autre", "kind": "long_text", **WITHOUT_CONDITION, "seen": seen}
    html = client.post(address, sent).content.decode()
    assert (
        str(opening)
        in html.partition("Ce que votre collègue a enregistré")[2].partition("<form")[0]
    )
