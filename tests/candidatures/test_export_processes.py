"""Killed while it prepares an export, the platform prepares it again, and says so once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from candidatures import services
from candidatures.choices import ExportFormat, ExportState
from candidatures.models import Export
from tests.factories.candidatures import CandidatureFactory
from tests.factories.labels import EditionFactory
from tests.factories.users import UserFactory
from tests.processes import Platform
from tests.smtp_sink import wait_until

pytestmark = pytest.mark.processes


def state() -> str:
    return Export.objects.get().state


def test_killed_half_way_it_is_prepared_again(live_platform: Platform) -> None:
    worker = live_platform.start_worker()
    edition = EditionFactory(real=True)
    staff = UserFactory(staff=True)
    dossier = CandidatureFactory(edition=edition)
    with live_platform.connect() as other:
        with transaction.atomic():
            transaction.on_commit(
                lambda: other.execute("LOCK TABLE files_storedfile IN EXCLUSIVE MODE")
            )
            services.ask_for_export(
                edition,
                format=ExportFormat.XLSX,
                candidatures=[dossier.pk],
                criteria="Toutes les candidatures",
                by=staff,
                at=timezone.now(),
            )
        wait_until(live_platform.waiting_for_a_lock)  # every row is written, the file is not kept
        live_platform.kill(worker)
    assert state() == ExportState.RUNNING

    live_platform.start_worker()
    services.catch_up_exports(at=timezone.now() + timedelta(minutes=5))
    wait_until(lambda: state() == ExportState.READY)
    wait_until(lambda: live_platform.sink.begun)
    assert Export.objects.get().attempts == 2
    [letter] = live_platform.sink.begun
    assert letter["To"] == staff.email
    assert "prêt" in letter["Subject"]
