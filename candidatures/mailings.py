"""The words that a mailing replaces, and who receives it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from candidatures.choices import Audience
from candidatures.models import Candidature, Mailing, StoppedReminders
from candidatures.reminders import sign
from villes_internet.calendar import day_of
from villes_internet.french import plural
from villes_internet.mail.letters import Letter, render
from villes_internet.territories.models import Membership
from villes_internet.territories.spelling import shortened
from villes_internet.users.models import User

TEMPLATE = "candidatures/emails/mailing"
WORD = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")
EDITION = "édition"
# What each is replaced by, as the staff read it. All but the edition speak of one candidature.
WORDS = {
    "collectivité": "le nom de la collectivité",
    EDITION: "l’année de l’édition",
    "jours restants": "« 12 jours », jusqu’à la date limite de cette candidature",
    "lien": "l’adresse de la candidature",
}
SUBJECT_NAME = 30  # characters of the name of a collectivité in an object


def unknown_words(text: str) -> list[str]:
    """Those between braces that nothing replaces."""
    return [word for word in WORD.findall(text) if word.lower() not in WORDS]


@dataclass(frozen=True)
class Addressed:
    """One letter: to whom, and about which candidature; none when it speaks of no one of them."""

    user: User
    candidature: Candidature | None
    about: tuple[Candidature, ...]


@dataclass(frozen=True)
class Recipients:
    """The letters, by address; how many people it leaves in peace; those it reaches nobody of."""

    letters: list[Addressed]
    stopped: int
    without_anybody: list[Candidature]

    @property
    def people(self) -> int:
        return len({letter.user.pk for letter in self.letters})


def is_one_per_candidature(mailing: Mailing) -> bool:
    """A person who holds two receives two letters, for each speaks of its own; else one letter.

    So does a reminder, whose foot stops those of one candidature.
    """
    words = {word.lower() for word in WORD.findall(mailing.subject + mailing.body)}
    return mailing.is_reminder or bool(words & (set(WORDS) - {EDITION}))


def fingerprint(mailing: Mailing) -> str:
    """SHA-256 of all that the staff decided: the words, and who receives them."""
    decided = [
        mailing.subject,
        mailing.body,
        mailing.audience,
        mailing.is_reminder,
        mailing.candidatures,
    ]
    return hashlib.sha256(json.dumps(decided).encode()).hexdigest()


def recipients(mailing: Mailing, candidatures: Sequence[Candidature]) -> Recipients:
    """Who would receive it today. Two queries."""
    stopped = (
        set(
            StoppedReminders.objects.filter(candidature__in=candidatures).values_list(
                "candidature", "user"
            )
        )
        if mailing.is_reminder
        else set()
    )
    members = _members(mailing, candidatures)
    pairs = [(one, user) for one in candidatures for user in members[one.territory_id]]
    kept = [(one, user) for one, user in pairs if (one.pk, user.pk) not in stopped]
    reached = {one.pk for one, _ in kept}
    return Recipients(
        letters=_letters(mailing, kept),
        stopped=len({user.pk for one, user in pairs if (one.pk, user.pk) in stopped}),
        without_anybody=[one for one in candidatures if one.pk not in reached],
    )


def letter(mailing: Mailing, to: User, candidature: Candidature | None, *, at: datetime) -> Letter:
    """What this person reads."""
    return render(TEMPLATE, context(mailing, to, candidature, at=at))


def context(
    mailing: Mailing, to: User, candidature: Candidature | None, *, at: datetime
) -> dict[str, object]:
    """That of the letter; `stop_url` is empty unless it is a reminder."""
    page = (
        reverse("candidatures:detail", args=[candidature.pk])
        if candidature
        else reverse("candidatures:index")
    )
    url = settings.SITE_URL + page
    values = {EDITION: str(mailing.edition.year)}
    if candidature:
        left = max((candidature.last_day - day_of(at)).days, 0)
        values |= {
            "collectivité": candidature.territory.name,
            "jours restants": f"{left}\N{NO-BREAK SPACE}jour{plural(left)}",
            "lien": url,
        }
    short = values | (
        {"collectivité": shortened(candidature.territory.name, SUBJECT_NAME)} if candidature else {}
    )
    return {
        "subject": _filled(mailing.subject, short),
        "body": _filled(mailing.body, values),
        "candidature": candidature,
        "url": url,
        "stop_url": stop_url(mailing, to, candidature),
    }


def stop_url(mailing: Mailing, to: User, candidature: Candidature | None) -> str:
    if not mailing.is_reminder or candidature is None:
        return ""
    page = reverse("candidatures:stop_reminders", args=[sign(candidature, to)])
    return f"{settings.SITE_URL}{page}"


def _filled(text: str, values: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: values.get(found[1].lower(), found[0]), text)


def _members(mailing: Mailing, candidatures: Iterable[Candidature]) -> Mapping[int, list[User]]:
    memberships = Membership.objects.active()
    match mailing.audience:
        case Audience.REFERENTS:
            memberships = memberships.referents()
        case Audience.WRITERS:
            memberships = memberships.writers()
    members: dict[int, list[User]] = defaultdict(list)
    for membership in (
        memberships.in_use()
        .filter(territory__in={one.territory_id for one in candidatures})
        .select_related("user")
        .order_by("user__email", "pk")
    ):
        members[membership.territory_id].append(membership.user)
    return members


def _letters(mailing: Mailing, pairs: Sequence[tuple[Candidature, User]]) -> list[Addressed]:
    ordered = sorted(pairs, key=lambda pair: (pair[1].email, pair[0].territory.sort_key))
    if is_one_per_candidature(mailing):
        return [Addressed(user, one, (one,)) for one, user in ordered]
    held: dict[User, list[Candidature]] = defaultdict(list)
    for one, user in ordered:
        held[user].append(one)
    return [Addressed(user, None, tuple(about)) for user, about in held.items()]
