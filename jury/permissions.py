"""Who sees what of the jury's secret. Invisible is 404; visible but forbidden is 403."""

from __future__ import annotations

from datetime import datetime

from candidatures.models import Candidature
from jury.models import Assignment, Juror, Recusal
from labels.choices import Phase
from labels.models import Edition

DISTRIBUTING_PHASES = frozenset({Phase.CLOSED, Phase.READING})
READING_PHASES = frozenset({Phase.READING})
DECIDING_PHASES = frozenset({Phase.DELIBERATION, Phase.CEREMONY})


def is_recused(juror: Juror, candidature: Candidature) -> bool:
    return Recusal.objects.standing().filter(juror=juror, candidature=candidature).exists()


def can_read(juror: Juror, candidature: Candidature) -> bool:
    """A juror reads what was entrusted to them, unless recused; the chair reads all but that."""
    if is_recused(juror, candidature):
        return False
    return (
        juror.is_chair or Assignment.objects.filter(juror=juror, candidature=candidature).exists()
    )


def can_distribute(edition: Edition, *, at: datetime) -> bool:
    """Once no dossier is deposited any more, until the jury deliberates."""
    return edition.phase(at=at) in DISTRIBUTING_PHASES


def can_review(edition: Edition, *, at: datetime) -> bool:
    return edition.phase(at=at) in READING_PHASES


def can_decide(edition: Edition, *, at: datetime) -> bool:
    return edition.phase(at=at) in DECIDING_PHASES


def can_proclaim(juror: Juror, *, at: datetime) -> bool:
    return juror.is_chair and juror.edition.phase(at=at) == Phase.CEREMONY
