"""A rule that says no to a form takes no word from whoever typed them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.choices import Audience, QuestionKind
from candidatures.models import (
    Candidature,
    Condition,
    Correction,
    Engagement,
    Mailing,
    Question,
    Section,
)
from labels.models import Edition
from tests.factories.atlaas import photograph
from tests.factories.candidatures import (
    ConditionFactory,
    EngagementFactory,
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.walk.cast import browser
from tests.walk.dossiers import pdf
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

TYPED = "Ce que je viens de taper"
WITHOUT_CONDITION = {
    f"{prefix}-{rank}-{name}": value
    for prefix in ("asked", "required")
    for rank in range(2)
    for name, value in (("subject", "none"), ("operator", "is"), ("value", ""))
}


class Sent(NamedTuple):
    """A form that leaves too late, with what the page that shows it again says."""

    address: str
    by: User
    data: dict[str, Any]
    said: str


@pytest.fixture(autouse=True)
def store(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def candidature() -> Candidature:
    """Deposited a moment ago, with one answer."""
    dossier = complete(edition=EditionFactory(real=True))
    agent, now = referent(dossier.territory), timezone.now()
    question = QuestionFactory(edition=dossier.edition)
    services.save_answers(dossier, values={question: ("Déposé", 0)}, by=agent, at=now)
    services.deposit(dossier, by=agent, at=now)
    dossier.refresh_from_db()
    return dossier


def agent(candidature: Candidature) -> User:
    return referent(candidature.territory)


def staff() -> User:
    user: User = UserFactory(staff=True)
    return user


def close(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        closes_on=timezone.localdate() - timedelta(days=3),
        reading_starts_on=timezone.localdate() - timedelta(days=1),
    )


def _correction(candidature: Candidature) -> dict[str, Any]:
    return {
        "question": Question.objects.get().pk,
        "request": TYPED,
        "until": candidature.edition.reading_starts_on - timedelta(days=1),
    }


def correction_of_a_deposit_taken_back(candidature: Candidature) -> Sent:
    by = agent(candidature)
    services.withdraw_deposit(candidature, number=1, by=by, at=timezone.now())
    address = reverse(
        "candidatures_staff:ask_correction", args=[candidature.edition.year, candidature.pk]
    )
    return Sent(address, staff(), _correction(candidature), "n’est pas déposée")


def correction_that_a_colleague_just_asked(candidature: Candidature) -> Sent:
    data = _correction(candidature)
    services.ask_correction(
        candidature,
        Question.objects.get(),
        request="Précisez.",
        until=data["until"],
        by=staff(),
        at=timezone.now(),
    )
    address = reverse(
        "candidatures_staff:ask_correction", args=[candidature.edition.year, candidature.pk]
    )
    return Sent(address, staff(), data, "déjà demandée")


MAILING = {"subject": "Bonjour", "body": TYPED, "audience": Audience.REFERENTS, "is_reminder": "on"}


def mailing_to_nobody(candidature: Candidature) -> Sent:
    address = reverse("candidatures_staff:write_mailing", args=[candidature.edition.year])
    return Sent(f"{address}?type=ville", staff(), MAILING, "personne à qui écrire")


def mailing_that_just_left(candidature: Candidature) -> Sent:
    by, now = staff(), timezone.now()
    mailing: Mailing = services.write_mailing(
        candidature.edition,
        candidatures=[candidature.pk],
        criteria="toutes",
        subject="Bonjour",
        body="À tous",
        audience=Audience.REFERENTS,
        is_reminder=False,
        by=by,
        at=now,
    )
    services.confirm_mailing(mailing, by=by, at=now)
    year = candidature.edition.year
    address = reverse("candidatures_staff:change_mailing", args=[year, mailing.pk])
    return Sent(address, by, MAILING, "déjà parti")


def extension_of_what_was_deposited(candidature: Candidature) -> Sent:
    year, until = candidature.edition.year, candidature.edition.closes_on + timedelta(days=1)
    address = reverse("candidatures_staff:extend", args=[year, candidature.pk])
    return Sent(address, staff(), {"until": until, "reason": TYPED}, "plus besoin de temps")


def _too_late(name: str, edition: Edition, *more: int, **data: Any) -> Sent:
    close(edition)
    address = reverse(name, args=[edition.year, *more])
    return Sent(address, staff(), data, "closes")


def new_section_too_late(candidature: Candidature) -> Sent:
    return _too_late("questionnaire:add_section", candidature.edition, title=TYPED)


def section_too_late(candidature: Candidature) -> Sent:
    section = Section.objects.get()
    return _too_late(
        "questionnaire:change_section",
        candidature.edition,
        section.pk,
        title="Un titre",
        intro=TYPED,
    )


def question_too_late(candidature: Candidature) -> Sent:
    question = Question.objects.get()
    return _too_late(
        "questionnaire:change_question",
        candidature.edition,
        question.pk,
        label=TYPED,
        kind=QuestionKind.LONG_TEXT,
        **WITHOUT_CONDITION,
    )


def engagement_too_late(candidature: Candidature) -> Sent:
    rule = EngagementFactory(edition=candidature.edition)
    return _too_late(
        "depositing:change_engagement", rule.edition, rule.pk, title="Un titre", text=TYPED
    )


def condition_too_late(candidature: Candidature) -> Sent:
    rule = ConditionFactory(edition=candidature.edition)
    return _too_late(
        "depositing:change_condition", rule.edition, rule.pk, label=TYPED, checked_by="staff"
    )


def _gone(rule: Question | Engagement | Condition) -> None:
    """As a colleague does between the page and its sending."""
    type(rule)._default_manager.filter(pk=rule.pk).update(retired_at=timezone.now())


def question_that_a_colleague_replaced(candidature: Candidature) -> Sent:
    question = Question.objects.get()
    _gone(question)
    year = candidature.edition.year
    address = reverse("questionnaire:change_question", args=[year, question.pk])
    data = {"label": TYPED, "kind": QuestionKind.LONG_TEXT, **WITHOUT_CONDITION}
    return Sent(address, staff(), data, "Un·e collègue vient de changer ou de retirer")


def engagement_that_a_colleague_replaced(candidature: Candidature) -> Sent:
    rule = EngagementFactory(edition=candidature.edition)
    _gone(rule)
    address = reverse("depositing:change_engagement", args=[rule.edition.year, rule.pk])
    return Sent(address, staff(), {"title": "Un titre", "text": TYPED}, "de changer ou de retirer")


def condition_that_a_colleague_withdrew(candidature: Candidature) -> Sent:
    rule = ConditionFactory(edition=candidature.edition)
    _gone(rule)
    address = reverse("depositing:change_condition", args=[rule.edition.year, rule.pk])
    return Sent(address, staff(), {"label": TYPED, "checked_by": "staff"}, "vient de retirer")


def check_of_a_condition_that_a_colleague_withdrew(candidature: Candidature) -> Sent:
    rule = ConditionFactory(edition=candidature.edition)
    _gone(rule)
    year = candidature.edition.year
    address = reverse("candidatures_staff:check", args=[year, candidature.pk, rule.pk])
    return Sent(address, staff(), {"is_met": "not_met", "note": TYPED}, "vient de retirer")


def opinion_given_twice(candidature: Candidature) -> Sent:
    by = agent(candidature)
    services.give_feedback(candidature, ease=4, time_spent="day", wish="", by=by)
    address = reverse("candidatures:feedback", args=[candidature.pk])
    return Sent(address, by, {"ease": "4", "time_spent": "day", "wish": TYPED}, "déjà donné")


def document_of_what_was_deposited(candidature: Candidature) -> Sent:
    upload = SimpleUploadedFile("plan.pdf", pdf("Plan"), content_type="application/pdf")
    address = reverse("candidatures:attachments", args=[candidature.pk])
    return Sent(address, agent(candidature), {"file": upload}, "déposée")


def picture_of_what_was_deposited(candidature: Candidature) -> Sent:
    action = candidature.initiatives.get()
    upload = SimpleUploadedFile("bus.jpg", photograph((60, 40)), content_type="image/jpeg")
    address = reverse("candidatures:illustrations", args=[candidature.pk, action.pk])
    data = {"file": upload, "alternative": TYPED, "credit": "La ville"}
    return Sent(address, agent(candidature), data, "déposée")


def approval_of_what_was_deposited(candidature: Candidature) -> Sent:
    data = {"name": TYPED, "function": "maire", "email": "maire@mairie.example"}
    address = reverse("candidatures:ask_approval", args=[candidature.pk])
    return Sent(address, agent(candidature), data, "déposée")


SENT: list[Callable[[Candidature], Sent]] = [
    correction_of_a_deposit_taken_back,
    correction_that_a_colleague_just_asked,
    mailing_to_nobody,
    mailing_that_just_left,
    extension_of_what_was_deposited,
    new_section_too_late,
    section_too_late,
    question_too_late,
    engagement_too_late,
    condition_too_late,
    question_that_a_colleague_replaced,
    engagement_that_a_colleague_replaced,
    condition_that_a_colleague_withdrew,
    check_of_a_condition_that_a_colleague_withdrew,
    opinion_given_twice,
    document_of_what_was_deposited,
    picture_of_what_was_deposited,
    approval_of_what_was_deposited,
]


@pytest.mark.parametrize("sent", SENT, ids=lambda it: it.__name__)
def test_the_form_is_shown_again_as_it_was_typed_under_the_reason(
    candidature: Candidature, sent: Callable[[Candidature], Sent]
) -> None:
    address, by, data, said = sent(candidature)
    client = browser()
    client.force_login(by)
    answer = client.post(address, data)
    html = answer.content.decode()
    assert answer.status_code in {403, 409, 422}
    assert said in html.partition('class="error-summary"')[2].partition("</ul>")[0]
    assert html.count('class="error-summary"') == 1
    if TYPED in data.values():
        assert TYPED in html


def test_a_question_whose_correction_is_asked_is_offered_no_more(candidature: Candidature) -> None:
    client = browser()
    client.force_login(staff())
    address = reverse(
        "candidatures_staff:ask_correction", args=[candidature.edition.year, candidature.pk]
    )

    def offered() -> list[Question]:
        return list(client.get(address).context["form"].fields["question"].queryset)

    [question] = offered()
    services.ask_correction(
        candidature,
        question,
        request="Précisez.",
        until=candidature.edition.reading_starts_on - timedelta(days=1),
        by=staff(),
        at=timezone.now(),
    )
    assert offered() == []
    Correction.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert offered() == [question]
