"""Where editions and awards change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from labels.choices import LevelStatus
from labels.models import (
    Award,
    AwardedCommune,
    DigitalService,
    Edition,
    EditionEntry,
    Mention,
    Theme,
)
from villes_internet import steps
from villes_internet.calendar import day_of
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


@transaction.atomic
def create_edition(edition: Edition, *, by: User | None, at: datetime) -> Edition:
    """Save a new edition and let each app fill it from the latest one before it, if there is one.

    The dates and figures come validated in `edition`, not saved yet.
    """
    source = Edition.objects.filter(year__lt=edition.year).latest_first().first()
    edition.save(force_insert=True)
    for module in steps.offered("new_edition"):
        module.prepare(edition, source=source)
    origin = f"à partir de l’{source}" if source else "à partir du référentiel fourni"
    record(edition, f"Édition créée {origin}", by=by, at=at)
    return edition


def record(edition: Edition, what: str, *, by: User | None, at: datetime) -> None:
    EditionEntry.objects.create(edition=edition, at=at, by=by, what=what[:300])


@transaction.atomic
def change_calendar(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Save the changed dates and figures of an edition that is not proclaimed yet, and those alone.

    Raises Refusal when its results are already public.
    """
    current = Edition.objects.select_for_update().get(pk=edition.pk)
    if current.proclaimed_at is not None:
        raise Refusal("Cette édition est proclamée : son calendrier ne change plus.")
    changes = {
        field.name: f"{field.verbose_name} : {_shown(before)} → {_shown(after)}"
        for field in Edition._meta.concrete_fields
        if field.editable
        and (before := getattr(current, field.name)) != (after := getattr(edition, field.name))
    }
    if changes:
        edition.save(update_fields=changes)
        what = " ; ".join(changes.values())
        record(edition, what, by=by, at=at)
    return edition


@transaction.atomic
def ask_approval(edition: Edition, *, asked: bool, by: User, at: datetime) -> None:
    """Make the deposits to come need the word of the mayor, or need it no more.

    A second call changes nothing. Raises Refusal once its candidatures are closed.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if at >= locked.closes_at:
        raise Refusal("Les candidatures à cette édition sont closes : le dépôt ne change plus.")
    if (
        Edition.objects.filter(pk=locked.pk)
        .exclude(approval_asked=asked)
        .update(approval_asked=asked)
    ):
        done = "demandé" if asked else "n’est plus demandé"
        record(edition, f"Dépôt : accord de l’élu·e {done}", by=by, at=at)


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


@transaction.atomic
def change_theme(
    theme: Theme, *, services: Iterable[DigitalService], by: User, at: datetime
) -> None:
    """Save the changed words of one enjeu and of its services, validated: this edition's alone."""
    theme.save()
    for service in services:
        service.save()
    what = f"Enjeu modifié : {theme.name}"
    record(theme.edition, what, by=by, at=at)


@transaction.atomic
def change_mentions(
    edition: Edition, *, mentions: Iterable[Mention], by: User, at: datetime
) -> None:
    """Save the changed words of the mentions, validated: this edition's alone."""
    for mention in mentions:
        mention.save()
    record(edition, "Mentions modifiées", by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class CoveredCommune:
    """A commune that an award covers, with its population of the day (inhabitants)."""

    code: str
    name: str
    population: int


def award(
    *,
    edition: Edition,
    territory: Territory,
    name: str,
    candidate_type: str,
    level: int | None,
    is_ten: bool,
    mentions: Iterable[Mention],
    population: int | None,
    communes: Sequence[CoveredCommune],
    at: datetime,
) -> Award:
    """Write the public result of one territory, with what it was on the day of its deposit.

    `name` and `population` are those of that day; `level` is 1 to 5 arobases, or None for a
    mention alone. Called by the proclamation, within its transaction.
    """
    granted = Award.objects.create(
        edition=edition,
        territory=territory,
        candidate_type=candidate_type,
        level=level,
        level_status=LevelStatus.NONE if level is None else LevelStatus.KNOWN,
        is_ten=is_ten,
        territory_name=name,
        population=population,
        awarded_at=at,
    )
    granted.mentions.set(mentions)
    AwardedCommune.objects.bulk_create(
        AwardedCommune(
            award=granted,
            code=commune.code,
            name=commune.name,
            population=commune.population,
        )
        for commune in communes
    )
    return granted


def proclaim(edition: Edition, *, by: User, at: datetime) -> None:
    """Make the edition's results public. Only one of several concurrent calls passes.

    Raises Refusal when it is already proclaimed, or before the day of the ceremony.
    """
    if edition.ceremony_on > day_of(at):
        raise Refusal(
            "Les résultats ne peuvent pas être proclamés avant le jour de la cérémonie, "
            f"le {edition.ceremony_on:%d/%m/%Y}."
        )
    won = Edition.objects.filter(pk=edition.pk, proclaimed_at=None).update(proclaimed_at=at)
    if not won:
        raise Refusal("Cette édition est déjà proclamée.")
    edition.proclaimed_at = at
    record(edition, "Résultats proclamés", by=by, at=at)
