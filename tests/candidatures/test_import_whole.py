"""An import is whole or is not, whoever presses twice and whatever is killed."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from candidatures import services
from candidatures.models import Candidature, Initiative
from candidatures.services import Imported
from labels.models import DigitalService
from tests.factories.candidatures import CandidatureFactory, contributor
from tests.factories.labels import DigitalServiceFactory, EditionFactory
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 40


@pytest.fixture
def candidature() -> Candidature:
    made: Candidature = CandidatureFactory(edition=EditionFactory(real=True))
    DigitalServiceFactory(edition=made.edition)
    return made


@pytest.fixture
def agent(candidature: Candidature) -> User:
    return contributor(candidature.territory)


def load(candidature: Candidature, agent: User) -> Imported:
    service = DigitalService.objects.get()
    actions = [
        Initiative(
            title=f"Action {number}",
            summary="Un résumé.",
            kind="service",
            mode="regie",
            started_on=date(2025, 3, 1),
        )
        for number in range(COUNT)
    ]
    return services.import_initiatives(
        candidature,
        actions=[(action, [service]) for action in actions],
        doubling=[],
        source="actions.xlsx",
        reference="1A2B3C4D",
        by=agent,
        at=timezone.now(),
    )


def there(candidature: Candidature) -> tuple[int, int, int]:
    """The actions, the services that they are linked to, the lines of the journal."""
    links = Initiative.services.through.objects.filter(initiative__candidature=candidature)
    return candidature.initiatives.count(), links.count(), candidature.journal.count()


def test_a_double_click_adds_once(candidature: Candidature, agent: User) -> None:
    outcomes: list[tuple[bool, int]] = []
    together = threading.Barrier(2)

    def press() -> None:
        together.wait()
        try:
            imported = load(candidature, agent)
            outcomes.append((imported.is_new, imported.added))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [(False, 0), (True, COUNT)]
    assert there(candidature) == (COUNT, COUNT, 1)


def test_a_process_killed_at_the_last_instant_leaves_nothing_and_all_can_be_sent_again(
    candidature: Candidature, agent: User
) -> None:
    child = os.fork()
    if not child:
        connection.connection = None  # the parent's own: it goes on with it
        with transaction.atomic():
            load(candidature, agent)
            os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert there(candidature) == (0, 0, 0)
    assert load(candidature, agent) == Imported(added=COUNT)
    assert there(candidature) == (COUNT, COUNT, 1)
