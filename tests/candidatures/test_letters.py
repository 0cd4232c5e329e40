"""Whose account is closed is written to no more, whatever their rattachement still says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import TestCase

from candidatures import services, snapshot
from candidatures.choices import Side
from candidatures.models import Candidature
from labels.models import Edition
from tests.factories.candidatures import (
    ApprovalFactory,
    ConditionFactory,
    QuestionFactory,
    complete,
    referent,
)
from tests.factories.labels import NOW, AwardFactory
from tests.factories.users import UserFactory
from villes_internet.mail.models import Message
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


def receipt(candidature: Candidature, agent: User) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.deposit(candidature, by=agent, at=NOW)


def withdrawal(candidature: Candidature, agent: User) -> None:
    services.deposit(candidature, by=agent, at=NOW)
    services.withdraw_deposit(candidature, number=1, by=agent, at=NOW)


def approval(candidature: Candidature, agent: User) -> None:
    Edition.objects.update(approval_asked=True)
    asked = ApprovalFactory(candidature=candidature, asked_by=agent)
    seen = snapshot.digest(snapshot.take(Candidature.objects.with_details().get(pk=candidature.pk)))
    services.answer_approval(asked, is_granted=True, word="", seen=seen, at=NOW)


def condition(candidature: Candidature, agent: User) -> None:
    rule = ConditionFactory(edition=candidature.edition)
    services.check_condition(
        candidature, rule, is_met=False, note="Écrivez-nous", by=UserFactory(staff=True), at=NOW
    )


def result(candidature: Candidature, agent: User) -> None:
    award = AwardFactory(edition=candidature.edition, territory=candidature.territory)
    services.return_results(candidature, award=award, letter="Bravo", at=NOW)


def correction(candidature: Candidature, agent: User) -> None:
    question = QuestionFactory(edition=candidature.edition, is_required=False)
    services.deposit(candidature, by=agent, at=NOW)
    candidature.refresh_from_db()
    until = candidature.edition.reading_starts_on - timedelta(days=1)
    services.ask_correction(
        candidature, question, request="Précisez.", until=until, by=UserFactory(staff=True), at=NOW
    )


def message(candidature: Candidature, agent: User) -> None:
    staff = UserFactory(staff=True)
    services.write_message(
        candidature, side=Side.STAFF, text="Bonjour", key=uuid4(), seen=0, by=staff, at=NOW
    )


@pytest.mark.parametrize(
    "letter",
    [receipt, withdrawal, approval, condition, result, correction, message],
    ids=lambda it: it.__name__,
)
def test_a_letter_reaches_who_is_there_and_not_who_left(
    letter: Callable[[Candidature, User], None],
) -> None:
    candidature = complete()
    agent = referent(candidature.territory)
    gone = referent(candidature.territory, user=UserFactory(inactive=True))
    letter(candidature, agent)
    written_to = set(Message.objects.values_list("to", flat=True))
    assert agent.email in written_to
    assert gone.email not in written_to
