"""Rows that people put in order, one place up or down at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from candidatures.models import Condition, Engagement, Initiative, Question, Section

Row = TypeVar("Row", Condition, Engagement, Initiative, Question, Section)


def move(rows: Iterable[Row], moved: Row, *, up: bool) -> bool:
    """Write where each of `rows` stands once `moved` went one place up or down, in one query.

    False when it is not among them any more, or at the end of the way: nothing is written then.
    """
    order = list(rows)
    if moved not in order:
        return False
    rank = order.index(moved)
    other = rank + (-1 if up else 1)
    if not 0 <= other < len(order):
        return False
    order[rank], order[other] = order[other], order[rank]
    for position, row in enumerate(order, 1):
        row.position = position
    type(moved)._default_manager.bulk_update(order, ["position"])
    return True
