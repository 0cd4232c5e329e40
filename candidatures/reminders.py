"""When reminders of the deadline leave, and to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import Signer

from candidatures.models import Candidature, StoppedReminders
from villes_internet.calendar import PARIS, day_of
from villes_internet.territories.models import Membership
from villes_internet.users.models import User
from villes_internet.working_days import is_working, working_day_until

DAYS_BEFORE = (30, 14, 7, 2)
FIRST_HOUR, LAST_HOUR = 9, 18  # in Paris: from 9:00, and no longer at 18:00

signer = Signer(salt="candidatures.reminders")


def reminder_days(last_day: date, days_before: Iterable[int] = DAYS_BEFORE) -> list[date]:
    """The working days on which a reminder of this deadline leaves, in order.

    One that falls on a day of rest leaves before it; two that meet on a day leave as one.
    """
    return sorted({working_day_until(last_day - timedelta(days=days)) for days in days_before})


def is_time_to_write(at: datetime) -> bool:
    """Nobody is written to by night, nor on a day of rest."""
    return is_working(day_of(at)) and FIRST_HOUR <= at.astimezone(PARIS).hour < LAST_HOUR


def next_reminder(candidature: Candidature, *, at: datetime) -> date | None:
    """The day of the next one; today's counts until the last hour."""
    over = at.astimezone(PARIS).hour >= LAST_HOUR
    first = day_of(at) + timedelta(days=over)
    return next((day for day in reminder_days(candidature.last_day) if day >= first), None)


def readers_of(drafts: Sequence[Candidature], lacking: Iterable[int]) -> dict[int, list[User]]:
    """Who is reminded of each, by its primary key; two queries.

    All who write one that lacks something (`lacking` holds their keys), and those who may deposit
    one that lacks nothing; never who asked not to be.
    """
    unfinished = set(lacking)
    stopped = set(
        StoppedReminders.objects.filter(candidature__in=drafts).values_list("candidature", "user")
    )
    members: dict[int, list[Membership]] = defaultdict(list)
    for membership in (
        Membership.objects.active()
        .writers()
        .in_use()
        .filter(territory__in={draft.territory_id for draft in drafts})
        .select_related("user")
        .order_by("pk")
    ):
        members[membership.territory_id].append(membership)
    return {
        draft.pk: [
            membership.user
            for membership in members[draft.territory_id]
            if (membership.is_referent or draft.pk in unfinished)
            and (draft.pk, membership.user_id) not in stopped
        ]
        for draft in drafts
    }


@dataclass(frozen=True)
class Departure:
    """How many letters leave on a day, about how many dossiers, if nothing changes until then."""

    day: date
    dossiers: int
    letters: int


def departures(
    candidatures: Iterable[Candidature], lacking: Iterable[int], *, at: datetime
) -> list[Departure]:
    """Those to come, the next one first; two queries, none when no draft is open.

    `lacking` holds the keys of those that lack something.
    """
    drafts = [draft for draft in candidatures if draft.is_open(at=at)]
    if not drafts:
        return []
    readers = readers_of(drafts, lacking)
    letters: dict[date, list[int]] = defaultdict(list)
    for draft in drafts:
        first = next_reminder(draft, at=at)
        for day in reminder_days(draft.last_day):
            if first and day >= first and readers[draft.pk]:
                letters[day].append(len(readers[draft.pk]))
    return [Departure(day, len(counts), sum(counts)) for day, counts in sorted(letters.items())]


def sign(candidature: Candidature, user: User) -> str:
    """What stands in the address by which this person stops the reminders of this candidature."""
    return signer.sign(f"{candidature.pk}-{user.pk}")


def signed(token: str) -> tuple[int, int]:
    """The primary keys that were signed. Raises BadSignature for what we did not write."""
    candidature, user = signer.unsign(token).split("-")
    return int(candidature), int(user)
