"""What a page left open sends for a question that the staff replaced meanwhile."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from candidatures import values
from candidatures.carrying import carry, columns_gone, latest
from candidatures.choices import QuestionKind
from candidatures.forms.files import REMOVE
from candidatures.forms.questions import TableWidget
from candidatures.models import Question


def follow(question: Question, data: QueryDict, files: MultiValueDict[str, Any]) -> Question:
    """The question that takes the place of this one today, to which what was sent is renamed.

    Each cell of a table goes under its column; `left_behind` tells of those whose column is gone.
    """
    current = latest(question)
    if current == question:
        return question
    data.setlist(f"v{current.pk}", data.getlist(f"v{question.pk}"))
    if _are_tables(question, current):
        carried = carry(values.from_rows(_rows(question, data)), before=question, after=current)
        for line, row in enumerate(values.as_rows(carried.value)):
            for rank, cell in enumerate(row):
                data[f"q{current.pk}-{line}-{rank}"] = cell
        return current
    for sent in (data, files):
        for name in list(sent):
            if found := re.fullmatch(rf"q{question.pk}(-\d+-\d+|-{REMOVE})?", name):
                sent.setlist(f"q{current.pk}{found[1] or ''}", sent.getlist(name))
    return current


def left_behind(question: Question, data: QueryDict) -> str:
    """What was typed under columns that its table has no more, in a sentence; empty for nothing."""
    current = latest(question)
    if not _are_tables(question, current):
        return ""
    gone = columns_gone(question.columns, current.columns)
    named = [
        f"« {question.columns[rank]} » : {row[rank].strip()}"
        for row in _rows(question, data)
        for rank in gone
        if row[rank].strip()
    ]
    if not named:
        return ""
    return (
        f"L’association a changé les colonnes du tableau « {current} » pendant que vous écriviez. "
        f"Ce que voici n’y a plus de place, copiez-le si vous y tenez : {', '.join(named)}."
    )


def _are_tables(question: Question, current: Question) -> bool:
    return question.kind == current.kind == QuestionKind.TABLE


def _rows(question: Question, data: QueryDict) -> list[list[str]]:
    return TableWidget(question.columns).value_from_datadict(data, None, f"q{question.pk}")
