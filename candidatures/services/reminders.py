"""Reminding of the deadline those who have something left to do, and leaving them in peace."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from candidatures.completeness import Missing, missing
from candidatures.models import Candidature, StoppedReminders
from candidatures.reminders import is_time_to_write, readers_of, reminder_days, sign
from villes_internet.calendar import day_of
from villes_internet.french import moment
from villes_internet.mail import services as mail
from villes_internet.users.models import User

MOST_LISTED = 12  # of what lacks; the page of the candidature says the rest


def remind(*, at: datetime) -> int:
    """Write the reminders that leave today; returns how many. Run again, it writes nothing more."""
    if not is_time_to_write(at):
        return 0
    drafts = Candidature.objects.drafts().filter(edition__proclaimed_at=None).with_details()
    due = [draft.pk for draft in drafts if _is_due(draft, at=at)]
    return sum(_remind(pk, at=at) for pk in due)


def _is_due(candidature: Candidature, *, at: datetime) -> bool:
    return candidature.is_open(at=at) and day_of(at) in reminder_days(candidature.last_day)


@transaction.atomic
def _remind(pk: int, *, at: datetime) -> int:
    """The candidature is held meanwhile: who deposits it now is not reminded to."""
    candidature = (
        Candidature.objects.select_for_update(of=("self",))
        .drafts()
        .with_details()
        .filter(pk=pk)
        .first()
    )
    if candidature is None or not _is_due(candidature, at=at):
        return 0
    lacks = missing(candidature)
    readers = readers_of([candidature], [pk] if lacks else [])[pk]
    return sum(_write(candidature, lacks, to=reader, at=at) for reader in readers)


def _write(candidature: Candidature, lacks: list[Missing], *, to: User, at: datetime) -> bool:
    """One letter a day at most. True when it had not been written yet."""
    page = "candidatures:detail" if lacks else "candidatures:deposit"
    stop_url = settings.SITE_URL + reverse(
        "candidatures:stop_reminders", args=[sign(candidature, to)]
    )
    letter = mail.queue(
        key=f"reminder:{candidature.pk}:{to.pk}:{day_of(at)}",
        to=to.email,
        template="candidatures/emails/reminder",
        context={
            "candidature": candidature,
            "days": (candidature.last_day - day_of(at)).days,
            "deadline": moment(candidature.last_second),
            "deadline_label": "Date limite prolongée (heure de Paris)"
            if candidature.is_extended
            else "Date limite (heure de Paris)",
            "zone": candidature.territory.clocks,
            "missing": [
                Missing(item.sentence, settings.SITE_URL + item.url) for item in lacks[:MOST_LISTED]
            ],
            "more": len(lacks[MOST_LISTED:]),
            "url": settings.SITE_URL + reverse(page, args=[candidature.pk]),
            "stop_url": stop_url,
        },
        unsubscribe_url=stop_url,
        at=at,
    )
    return letter.created_at == at


def stop_reminders(candidature: Candidature, *, by: User, at: datetime) -> None:
    """Write no more reminder of this candidature to this person; a second call changes nothing."""
    StoppedReminders.objects.get_or_create(
        candidature=candidature, user=by, defaults={"stopped_at": at}
    )


def resume_reminders(candidature: Candidature, *, by: User) -> None:
    """Remind them again."""
    StoppedReminders.objects.filter(candidature=candidature, user=by).delete()
