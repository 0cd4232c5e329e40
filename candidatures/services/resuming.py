"""Resuming an earlier year: its answers, its practices, each by a decision of the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from atlaas.models import Illustration, Practice
from candidatures.choices import ResumptionChoice
from candidatures.models import (
    Candidature,
    Initiative,
    InitiativeIllustration,
    Question,
    Resumption,
)
from candidatures.resuming import Source, SourceDetails, details_of, previous, sources
from candidatures.services.answers import Saved, save_answers
from candidatures.services.candidature import record, take_in_hand, touch
from candidatures.services.content import append
from villes_internet.french import plural
from villes_internet.users.models import User


@transaction.atomic
def resume_answers(
    candidature: Candidature,
    *,
    values: Mapping[Question, tuple[str, int]],
    by: User,
    at: datetime,
) -> Saved:
    """Write these answers of before, each over the version of the present one that was shown.

    A text that one of them replaces stays among the earlier ones; what a colleague wrote meanwhile
    is a conflict, and stays as it is.
    """
    saved = save_answers(candidature, values=values, by=by, at=at, keeping=True)
    taken = {one.question for one in saved.conflicts}
    count = sum(
        saved.versions[question.pk] != over
        for question, (_, over) in values.items()
        if question not in taken
    )
    if count:
        what = f"{count} réponse{plural(count)} reprise{plural(count)} d’une candidature passée"
        record(candidature, what, by=by, at=at)
    return saved


@dataclass(frozen=True)
class Decision:
    """What somebody chose for one source, by its key, where they saw the decision `seen`.

    No choice puts a source that was dropped back among those to examine.
    """

    key: str
    choice: ResumptionChoice | None
    seen: int


@dataclass
class Decided:
    """What became of some decisions.

    `conflicts` are the sources that a colleague decided otherwise; `refused`, those that the label
    does not take as they are.
    """

    entered: list[Resumption] = field(default_factory=list)
    dropped: int = 0
    restored: int = 0
    refused: list[Source] = field(default_factory=list)
    conflicts: list[Source] = field(default_factory=list)

    @property
    def to_update(self) -> list[Resumption]:
        return [one for one in self.entered if one.choice == ResumptionChoice.UPDATED]

    @property
    def changed(self) -> int:
        return len(self.entered) + self.dropped + self.restored


@transaction.atomic
def decide_practices(
    candidature: Candidature, *, decisions: Sequence[Decision], by: User, at: datetime
) -> Decided:
    """Let each chosen practice enter the dossier as an action, or be dropped this year.

    One that the label does not take any more enters only to be updated, as still running. What is
    decided already in the same way is left as it is; what a colleague decided otherwise is a
    conflict, and stays. The number of queries does not depend on that of the decisions.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    offered = {one.key: one for one in sources(locked, previous(locked))}
    decided = Decided()
    entering: dict[str, ResumptionChoice] = {}
    dropped: list[Source] = []
    lifted: list[Source] = []
    for decision in decisions:
        source = offered.get(decision.key)
        if source is None or _stands(source, decision.choice):
            continue
        if source.is_entered or source.seen != decision.seen:
            decided.conflicts.append(source)
        elif decision.choice is None:
            lifted.append(source)
        elif decision.choice == ResumptionChoice.DROPPED:
            dropped.append(source)
        else:
            entering[source.key] = decision.choice
    found = details_of([offered[key] for key in entering], edition=locked.edition, whole=True)
    taken = []
    for one in found:
        if one.can_keep or entering[one.source.key] == ResumptionChoice.UPDATED:
            taken.append(one)
        else:
            decided.refused.append(one.source)
    lifted += [one.source for one in taken if one.source.is_dropped]
    Resumption.objects.filter(pk__in=[one.seen for one in lifted]).delete()
    actions = _enter(locked, taken)
    resumptions = Resumption.objects.bulk_create(
        Resumption(
            candidature=locked,
            sheet_id=source.sheet_id,
            earlier_id=source.earlier_id,
            initiative=actions.get(source.key),
            choice=entering.get(source.key, ResumptionChoice.DROPPED),
            decided_at=at,
            decided_by=by,
        )
        for source in [*(one.source for one in taken), *dropped]
    )
    decided.entered = resumptions[: len(taken)]
    decided.dropped = len(dropped)
    decided.restored = len(lifted) - sum(one.source.is_dropped for one in taken)
    _tell(locked, decided, by=by, at=at)
    return decided


def _stands(source: Source, choice: ResumptionChoice | None) -> bool:
    """It is decided already, in that way: to keep and to update both make an action of it."""
    if choice in (None, ResumptionChoice.DROPPED):
        return source.is_dropped if choice else source.resumption is None
    return source.is_entered


def _enter(candidature: Candidature, taken: Sequence[SourceDetails]) -> dict[str, Initiative]:
    """The actions made of these practices, at the end of the dossier, by the key of their source.

    Each has its words, pictures and contact. One too old to be kept is said to be still running.
    """
    actions = {one.source.key: _action(one) for one in taken}
    append(
        candidature,
        [(actions[one.source.key], [service.pk for service in one.services]) for one in taken],
    )
    InitiativeIllustration.objects.bulk_create(
        InitiativeIllustration(
            initiative=actions[one.source.key],
            **{name: getattr(picture, name) for name in Illustration.ILLUSTRATION_FIELDS},
        )
        for one in taken
        for picture in sorted(one.practice.illustrations.all(), key=lambda picture: picture.pk)
    )
    return actions


def _action(taken: SourceDetails) -> Initiative:
    practice = taken.practice
    action = Initiative(
        source_sheet_id=taken.source.sheet_id,
        **{name: getattr(practice, name) for name in Practice.PRACTICE_FIELDS},
    )
    if isinstance(practice, Initiative):
        action.contact_email, action.is_shared = practice.contact_email, practice.is_shared
    else:
        contact = getattr(practice, "contact", None)
        action.contact_email = contact.email if contact else ""
    if taken.too_old:
        action.ended_on = None
    return action


def _tell(candidature: Candidature, decided: Decided, *, by: User, at: datetime) -> None:
    """One line of the journal for each kind of decision, however many there are."""
    for count, what in (
        (len(decided.entered), "d’une édition passée reprise{s}"),
        (decided.dropped, "d’une édition passée abandonnée{s}"),
        (decided.restored, "d’une édition passée remise{s} à examiner"),
    ):
        if count:
            words = what.format(s=plural(count))
            record(candidature, f"{count} action{plural(count)} {words}", by=by, at=at)
    if decided.changed:
        touch(candidature, at=at)
