"""An answer to a question that the staff replaced, put to the one that took its place."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures import values
from candidatures.choices import NUMERIC, WITH_CHOICES, QuestionKind
from candidatures.models import Question

TEXTS = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})


@dataclass(frozen=True)
class Carried:
    """What an answer becomes; `is_whole` when nothing of it is left behind."""

    value: str
    is_whole: bool = True


def latest(question: Question) -> Question:
    """The question that is put today in its place: itself when nothing replaced it."""
    while question.replaced_by is not None:
        question = question.replaced_by
    return question


def carry(value: str, *, before: Question, after: Question) -> Carried:
    """An answer to `before` as one to `after`, as far as its kind allows.

    A text takes any answer, in words; a choice what is still proposed; a table the columns that
    are still there; files are left to `Attachment`.
    """
    if not value:
        return Carried("")
    if after.kind == QuestionKind.FILES:
        return Carried("", is_whole=False)
    if after.kind in TEXTS:
        words = value if before.kind in TEXTS else values.displayed(before, value, names={})
        return Carried(words)
    if before.kind in WITH_CHOICES and after.kind in WITH_CHOICES:
        return _choices(values.items(before, value), after)
    if before.kind == after.kind == QuestionKind.TABLE:
        return _table(value, before.columns, after.columns)
    is_alike = before.kind == after.kind or {before.kind, after.kind} <= NUMERIC
    return Carried(value) if is_alike else Carried("", is_whole=False)


def _choices(items: tuple[str, ...], after: Question) -> Carried:
    kept = [item for item in items if item in after.choices]
    if after.kind == QuestionKind.CHOICES:
        return Carried(values.from_list(kept), is_whole=len(kept) == len(items))
    return Carried(kept[0] if kept else "", is_whole=len(kept) == len(items) == 1)


def _table(value: str, before: list[str], after: list[str]) -> Carried:
    rows = [row + [""] * len(before) for row in values.as_rows(value)]
    left = any(row[rank].strip() for row in rows for rank in columns_gone(before, after))
    ranks = _former_ranks(before, after)
    kept = [["" if rank is None else row[rank] for rank in ranks] for row in rows]
    return Carried(values.from_rows(kept), is_whole=not left)


def columns_gone(before: list[str], after: list[str]) -> list[int]:
    """The ranks in `before` of the columns that `after` has no more."""
    kept = _former_ranks(before, after)
    return [rank for rank in range(len(before)) if rank not in kept]


def _former_ranks(before: list[str], after: list[str]) -> list[int | None]:
    """The rank in `before` of each column of `after`, None for a new one.

    A column is known by its name. When the name of one alone changes, it is the same under another.
    """
    changed = [
        rank for rank, pair in enumerate(zip(before, after, strict=False)) if len(set(pair)) > 1
    ]
    if len(before) == len(after) and len(changed) == 1:
        return list(range(len(before)))
    return [before.index(name) if name in before else None for name in after]
