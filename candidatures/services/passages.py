"""Writing the passages of an action: several people at once, and no text lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from candidatures import passages
from candidatures.models import EarlierPassage, Initiative
from candidatures.passages import SERVICES, Value
from candidatures.services.answers import ONE_SITTING
from candidatures.services.candidature import take_in_hand, touch
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

REMOVED = (
    "Un·e collègue a retiré cette action entre-temps : rien n’est enregistré. Copiez votre texte, "
    "puis ajoutez l’action de nouveau si elle doit rester."
)


@dataclass(frozen=True)
class PassageConflict:
    """A colleague changed this passage meanwhile: theirs is kept, ours is shown beside it."""

    code: str
    version: int
    by: User | None
    at: datetime | None
    words: str

    @property
    def label(self) -> str:
        return passages.label(self.code)


@dataclass(frozen=True)
class SavedPassages:
    """What became of some passages: the versions now stored, by code, and the conflicts."""

    versions: dict[str, int] = field(default_factory=dict)
    conflicts: list[PassageConflict] = field(default_factory=list)


@transaction.atomic
def save_passages(
    initiative: Initiative,
    *,
    values: Mapping[str, tuple[Value, int]],
    by: User,
    at: datetime,
) -> SavedPassages:
    """Write each passage unless its version is no longer the one shown.

    Equal texts do not count as a conflict. What a new text takes the place of stays among the
    earlier ones, unless it is the same person going on typing. Raises Refusal when a colleague
    removed the action meanwhile.
    """
    stored = _take(initiative, by=by, at=at)
    saved = SavedPassages()
    written: list[str] = []
    for code, (value, version) in values.items():
        here = passages.read(stored, code)
        if value != here and passages.version(stored, code) != version:
            saved.conflicts.append(_conflict(stored, code, here))
        elif value != here:
            _rewrite(stored, code, here, value, by=by, at=at)
            written.append(code)
        saved.versions[code] = passages.version(stored, code)
    _save(stored, written, at=at)
    return saved


@transaction.atomic
def set_passage_aside(
    initiative: Initiative, code: str, value: Value, *, over: int, by: User, at: datetime
) -> SavedPassages:
    """Leave a colleague's passage where it is; `value`, typed meanwhile, is among the earlier ones.

    A conflict again when theirs is not at the version `over`, which was shown.
    """
    stored = _take(initiative, by=by, at=at)
    here, version = passages.read(stored, code), passages.version(stored, code)
    if version != over or code not in stored.passages:
        return SavedPassages({code: version}, [_conflict(stored, code, here)])
    if value != here and any(value.values()):
        EarlierPassage.objects.create(
            initiative=stored,
            code=code,
            value=value,
            version=version,
            written_at=at,
            written_by=by,
        )
        stored.passages[code] = stored.passages[code] | {"version": version + 1}
        stored.save(update_fields=["passages"])
    return SavedPassages({code: passages.version(stored, code)})


@transaction.atomic
def restore_passage(earlier: EarlierPassage, *, over: int, by: User, at: datetime) -> None:
    """Put an earlier text back in place of the present one, which becomes an earlier one itself.

    Raises Refusal when a colleague changed the passage after version `over`, which was shown.
    """
    code = earlier.code
    stored = _take(earlier.initiative, by=by, at=at)
    here = passages.read(stored, code)
    if here == earlier.value:
        return
    if passages.version(stored, code) != over:
        raise Refusal(
            "Un·e collègue vient de modifier ce passage. Rien n’a été repris : relisez d’abord "
            "son texte."
        )
    _rewrite(stored, code, here, earlier.value, by=by, at=at, keeping=True)
    _save(stored, [code], at=at)


def _take(initiative: Initiative, *, by: User, at: datetime) -> Initiative:
    locked = take_in_hand(initiative.candidature, by=by, at=at)
    stored = locked.initiatives.filter(pk=initiative.pk).first()
    if stored is None:
        raise Refusal(REMOVED)
    stored.candidature = locked
    return stored


def _rewrite(
    stored: Initiative,
    code: str,
    here: Value,
    value: Value,
    *,
    by: User,
    at: datetime,
    keeping: bool = False,
) -> None:
    version = passages.version(stored, code)
    writer, written_at = passages.writer(stored, code)
    is_going_on = (
        writer == by.pk
        and written_at is not None
        and at - written_at < ONE_SITTING
        and 2 * len(json.dumps(value)) >= len(json.dumps(here))
    )
    if any(here.values()) and (keeping or not is_going_on):
        EarlierPassage.objects.create(
            initiative=stored,
            code=code,
            value=here,
            version=version,
            written_at=written_at,
            written_by_id=writer,
        )
    passages.write(stored, code, value)
    if code == SERVICES:
        before, after = set(here[SERVICES]), set(value[SERVICES])
        if before - after:
            stored.services.remove(*before - after)
        stored.services.add(*after - before)
    stored.passages[code] = {"version": version + 1, "at": at.isoformat(), "by": by.pk}


def _save(stored: Initiative, written: list[str], *, at: datetime) -> None:
    if not written:
        return
    fields = [name for code in written for name in passages.PASSAGES[code] if name != SERVICES]
    stored.save(update_fields=[*fields, "passages"])
    touch(stored.candidature, at=at)


def _conflict(stored: Initiative, code: str, here: Value) -> PassageConflict:
    writer, at = passages.writer(stored, code)
    return PassageConflict(
        code=code,
        version=passages.version(stored, code),
        by=User.objects.filter(pk=writer).first() if writer else None,
        at=at,
        words=passages.words(code, here, names=passages.names_of([here])),
    )
