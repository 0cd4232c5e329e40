"""Asking for a file of the candidatures, making it in the background, and taking it away again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from candidatures import exporting
from candidatures.choices import ExportState
from candidatures.models import Export
from candidatures.models.export import KEPT, ExportQuerySet
from labels.models import Edition
from villes_internet.background import enqueue
from villes_internet.files.services import forget, store_file
from villes_internet.mail import services as mail
from villes_internet.pdf import PdfUnavailableError
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

log = structlog.get_logger(__name__)

TASK = "candidatures.make_export"
LATE = timedelta(seconds=90)  # in the queue before it is queued again
SILENT = timedelta(seconds=60)  # without a sign of life: the process is dead
MOST_ATTEMPTS = 3

KILLED = "La préparation a été interrompue trois fois : demandez un export de moins de dossiers."
BROKEN = "La préparation s’est arrêtée sur une erreur, que nos journaux ont gardée."


class OvertakenError(Exception):
    """Another process has taken this export in hand: this one was thought dead."""


@transaction.atomic
def ask_for_export(
    edition: Edition,
    *,
    format: str,  # the word that its form and its column have
    candidatures: Sequence[int],
    criteria: str,
    by: User,
    at: datetime,
) -> Export:
    """Have a file made of these candidatures, given by their keys, in this order.

    Raises Refusal when there is none.
    """
    if not candidatures:
        raise Refusal("Aucune candidature ne correspond : il n’y a rien à exporter.")
    export = Export.objects.create(
        edition=edition,
        format=format,
        candidatures=list(candidatures),
        criteria=criteria[:500],
        requested_at=at,
        requested_by=by,
        queued_at=at,
    )
    enqueue(TASK, export.pk)
    return export


def make_export(export_id: int, *, clock: Callable[[], datetime]) -> None:
    """Make the file and write to whoever asked for it; harmless when run twice.

    Killed meanwhile, it is taken up again by `catch_up_exports`.
    """
    began = clock()
    export = _take(export_id, at=began)
    if export is None:
        return

    def beat(done: int) -> None:
        if not _own(export).update(done=done, beaten_at=clock()):
            raise OvertakenError

    try:
        with TemporaryFile() as target:
            content_type = exporting.write(export, target, beat=beat, at=began)
            _finish(export, target, content_type=content_type, at=clock())
    except OvertakenError:
        log.warning("export_overtaken", export=export.pk, attempt=export.attempts)
    except PdfUnavailableError as error:
        _fail(export, str(error), at=clock())
    except Exception:
        log.exception("export_failed", export=export.pk)
        _fail(export, BROKEN, at=clock())


@transaction.atomic
def catch_up_exports(*, at: datetime) -> int:
    """Take up again those whose process was killed, and those that wait too long; how many.

    One that was interrupted three times has failed, and says so.
    """
    silent = Export.objects.moving_to(ExportState.WAITING).filter(beaten_at__lt=at - SILENT)
    for export in silent.filter(attempts__gte=MOST_ATTEMPTS).select_related("edition"):
        _fail(export, KILLED, at=at)
    silent.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=ExportState.WAITING, queued_at=at - LATE - SILENT
    )
    late = Export.objects.filter(state=ExportState.WAITING, queued_at__lt=at - LATE)
    keys = list(late.values_list("pk", flat=True))
    Export.objects.filter(pk__in=keys, state=ExportState.WAITING).update(queued_at=at)
    for pk in keys:
        enqueue(TASK, pk)
    return len(keys)


def remove_exports(*, at: datetime) -> int:
    """Take away the files that are some days old: what they say has long changed."""
    old = Export.objects.filter(state=ExportState.READY, finished_at__lt=at - KEPT)
    return sum(_remove(export) for export in old.select_related("file"))


def _take(export_id: int, *, at: datetime) -> Export | None:
    waiting = Export.objects.moving_to(ExportState.RUNNING).filter(pk=export_id)
    taken = waiting.update(
        state=ExportState.RUNNING, attempts=F("attempts") + 1, beaten_at=at, done=0
    )
    if not taken:
        return None
    return Export.objects.select_related("edition", "requested_by").get(pk=export_id)


def _own(export: Export) -> ExportQuerySet:
    """The row, as long as it is still in the hands that took it."""
    return Export.objects.filter(pk=export.pk, state=ExportState.RUNNING, attempts=export.attempts)


@transaction.atomic
def _finish(export: Export, content: IO[bytes], *, content_type: str, at: datetime) -> None:
    if not _own(export).select_for_update().exists():
        raise OvertakenError
    stored = store_file(content, content_type=content_type, at=at)
    _own(export).update(
        state=ExportState.READY, file=stored, done=export.total, finished_at=at, beaten_at=at
    )
    _tell(export, at=at)


@transaction.atomic
def _fail(export: Export, error: str, *, at: datetime) -> None:
    failed = _own(export).update(state=ExportState.FAILED, error=error, finished_at=at)
    if failed:
        _tell(export, at=at)


@transaction.atomic
def _remove(export: Export) -> bool:
    """The row stays: it says what was asked, by whom and when."""
    ready = Export.objects.moving_to(ExportState.REMOVED).filter(pk=export.pk)
    removed = ready.update(state=ExportState.REMOVED, file=None)
    if removed and export.file:
        forget(export.file)
    return bool(removed)


def _tell(export: Export, *, at: datetime) -> None:
    told = Export.objects.select_related("edition", "requested_by").get(pk=export.pk)
    url = reverse("candidatures_staff:export", args=[told.edition.year, told.pk])
    mail.queue(
        key=f"export:{told.pk}",
        to=told.requested_by.email,
        template="candidatures/emails/export",
        context={"export": told, "url": settings.SITE_URL + url},
        at=at,
    )
