"""How far each candidature is, and which ones have come to a halt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from candidatures.asking import asked_of
from candidatures.completeness import missing_of
from candidatures.models import Candidature
from villes_internet.calendar import day_of

STILL = timedelta(days=10)  # without a change
NEAR = timedelta(weeks=6)  # before its deadline: a call still comes before the first reminder


class Stage(models.TextChoices):
    """The part of the way that a draft has gone."""

    NOTHING = "nothing", "rien de fait"
    FIRST_HALF = "first_half", "moins de la moitié"
    SECOND_HALF = "second_half", "la moitié ou plus"
    READY = "ready", "complète, à déposer"
    DEPOSITED = "deposited", "déposée"


@dataclass(frozen=True)
class Progress:
    """Of what must be there before the deposit, how much is there, and how much is missing.

    Stuck is a draft that lacks something, that nobody changed of late, and whose deadline nears.
    """

    done: int = 0
    missing: int = 0
    is_deposited: bool = False
    is_stuck: bool = False

    @property
    def wanted(self) -> int:
        return self.done + self.missing

    @property
    def percent(self) -> int:
        """Whole percents; 100 only when nothing is missing."""
        return 100 * self.done // self.wanted if self.missing else 100

    @property
    def stage(self) -> Stage:
        if self.is_deposited:
            return Stage.DEPOSITED
        if not self.missing:
            return Stage.READY
        if not self.done:
            return Stage.NOTHING
        return Stage.FIRST_HALF if self.percent < 50 else Stage.SECOND_HALF


def progress_of(candidatures: Sequence[Candidature], *, at: datetime) -> dict[int, Progress]:
    """That of each, fetched with its details, by primary key; three queries, or none."""
    drafts = [one for one in candidatures if not one.is_deposited]
    questions = asked_of(drafts, whole=False) if drafts else {}
    lacking = missing_of(drafts, questions=questions)
    found = {one.pk: Progress(is_deposited=True) for one in candidatures}
    for draft in drafts:
        missing = len(lacking[draft.pk])
        found[draft.pk] = Progress(
            done=sum(one.is_required and bool(one.value) for one in questions[draft.pk]),
            missing=missing,
            is_stuck=bool(missing) and _has_stopped(draft, at=at),
        )
    return found


def _has_stopped(draft: Candidature, *, at: datetime) -> bool:
    return (
        draft.is_open(at=at)
        and draft.updated_at < at - STILL
        and draft.last_day - day_of(at) <= NEAR
    )
