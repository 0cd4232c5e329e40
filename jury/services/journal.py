"""The jury's journal."""

from __future__ import annotations

from datetime import datetime

from candidatures.models import Candidature
from jury.models import JuryEntry
from labels.models import Edition
from villes_internet.users.models import User


def record(
    edition: Edition,
    what: str,
    *,
    by: User | None,
    at: datetime,
    candidature: Candidature | None = None,
) -> None:
    JuryEntry.objects.create(
        edition=edition, candidature=candidature, what=what[:300], by=by, at=at
    )
