"""A deposited dossier is never incomplete, whatever is answered and in whatever candidature.

What the shipped questionnaire requires is written here by hand, apart from the code that asks it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidatures import services
from candidatures.choices import QuestionKind
from candidatures.models import Candidature, Condition, Deposit, Engagement, Question
from labels.models import DigitalService, Edition
from labels.services import create_edition
from tests.factories.candidatures import CandidatureFactory, InitiativeFactory, referent
from tests.factories.labels import NOW, EditionFactory
from tests.factories.territories import CommuneFactory, DepartmentFactory, EpciFactory
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Territory

pytestmark = pytest.mark.django_db

OF_ALL = {
    "strategie",
    "elu-referent",
    "budget-numerique",
    "agents-formes",
    "acces-public",
    "evaluation",
}
# What is asked besides of each: who applies, then the codes.
CANDIDATES: dict[str, tuple[Callable[[], Territory], set[str]]] = {
    "village": (lambda: CommuneFactory(population=2_999), {"petits-moyens"}),
    "ville": (lambda: CommuneFactory(population=9_999), set()),
    "grande ville": (lambda: CommuneFactory(population=10_000), {"accessibilite"}),
    "ville d’outre-mer": (
        lambda: CommuneFactory(population=9_999, department=overseas()),
        {"distance"},
    ),
    "petit territoire": (lambda: EpciFactory(population=9_999), {"mutualisation"}),
    "territoire": (lambda: EpciFactory(population=10_000), {"mutualisation", "accessibilite"}),
}
OPENED_BY_A_YES = "delegation-referente"
EVERY_CODE = sorted(
    OF_ALL | {OPENED_BY_A_YES, "petits-moyens", "accessibilite", "distance"} | {"mutualisation"}
)


@pytest.fixture
def edition() -> Edition:
    draft = EditionFactory.build()
    return create_edition(draft, by=None, at=NOW)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.sampled_from(sorted(CANDIDATES)),
    left_out=st.sets(st.sampled_from(EVERY_CODE), max_size=2),
    has_delegate=st.booleans(),
    actions=st.lists(st.booleans(), max_size=2),
)
def test_a_dossier_is_deposited_when_all_that_is_required_is_there_and_never_else(
    edition: Edition, who: str, left_out: set[str], has_delegate: bool, actions: list[bool]
) -> None:
    """`actions` tells of each whether it is linked to a service."""
    build, besides = CANDIDATES[who]
    required = OF_ALL | besides | ({OPENED_BY_A_YES} if has_delegate else set())
    if has_delegate and "elu-referent" in left_out:
        required -= {OPENED_BY_A_YES}
    with transaction.atomic():
        candidature: Candidature = CandidatureFactory(edition=edition, territory=build())
        answer(candidature, leaving=left_out, has_delegate=has_delegate)
        for is_linked in actions:
            service = DigitalService.objects.filter(theme__edition=edition)[:is_linked]
            InitiativeFactory(candidature=candidature).services.set(service)
        is_complete = bool(actions) and all(actions) and not required & left_out
        assert is_deposited(candidature) == is_complete
        if is_complete:
            frozen = Deposit.objects.get(candidature=candidature).snapshot
            said = {
                one["code"]
                for section in frozen["sections"]
                for one in section["answers"]
                if one["value"]
            }
            assert required <= said
        transaction.set_rollback(True)


def overseas() -> object:
    return DepartmentFactory(code="974", zone="drom")


def answer(candidature: Candidature, *, leaving: set[str], has_delegate: bool) -> None:
    values = {
        question: (_words(question, has_delegate=has_delegate), 0)
        for question in Question.objects.of(candidature.edition)
        if question.code in EVERY_CODE and question.code not in leaving
    }
    services.save_answers(candidature, values=values, by=referent(candidature.territory), at=NOW)


def _words(question: Question, *, has_delegate: bool) -> str:
    match question.kind:
        case QuestionKind.YES_NO:
            return "yes" if has_delegate else "no"
        case QuestionKind.CHOICE:
            return str(question.choices[0])
        case QuestionKind.NUMBER | QuestionKind.AMOUNT:
            return "12"
    return "Quelques mots."


def is_deposited(candidature: Candidature) -> bool:
    try:
        with transaction.atomic():
            services.deposit(
                candidature,
                by=referent(candidature.territory),
                at=NOW,
                accepted={one.pk for one in Engagement.objects.of(candidature.edition)},
                declared={one.pk for one in Condition.objects.of(candidature.edition)},
            )
    except Refusal:
        return False
    return True
