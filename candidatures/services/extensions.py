"""Giving one candidature more time, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from candidatures.models import Candidature, Extension
from candidatures.permissions import why_not_extend, why_not_until
from candidatures.services.candidature import hold, record
from villes_internet.french import day as spelled
from villes_internet.refusals import Refusal
from villes_internet.users.models import User


@transaction.atomic
def extend(
    candidature: Candidature, *, until: date, reason: str, by: User, at: datetime
) -> Extension:
    """Let this candidature be written until the end of that day in Paris, whatever the others may.

    It takes the place of the extension that stood. The reason stays with the staff: the agents'
    journal says the day alone. Raises Refusal once the candidature is deposited, and for a day that
    is past, that gives no more time than all have, or on which the jury reads.
    """
    locked = hold(candidature.pk)
    refusal = why_not_extend(locked, at=at) or why_not_until(locked, until, at=at)
    if refusal:
        raise Refusal(refusal)
    locked.extensions.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    granted = Extension.objects.create(
        candidature=locked, until=until, reason=reason, granted_at=at, granted_by=by
    )
    Candidature.objects.filter(pk=locked.pk).update(extended_until=until)
    record(locked, f"Date limite prolongée jusqu’au {spelled(until)}", by=by, at=at)
    return granted


@transaction.atomic
def revoke(extension: Extension, *, by: User, at: datetime) -> None:
    """Take the extension back: the deadline is that of all again. A second call changes nothing."""
    locked = hold(extension.candidature_id)
    revoked = locked.extensions.filter(pk=extension.pk, revoked_at=None).update(
        revoked_at=at, revoked_by=by
    )
    if revoked:
        Candidature.objects.filter(pk=locked.pk).update(extended_until=None)
        what = f"Prolongation jusqu’au {spelled(extension.until)} retirée"
        record(locked, what, by=by, at=at)
