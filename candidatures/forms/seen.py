"""A form of the staff that tells what it showed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst

from candidatures.conditions import Clause
from candidatures.models import Question
from candidatures.overtaking import Written, fingerprint

CLAUSES_OF: dict[str, Callable[[Question], list[Clause]]] = {
    "asked_if": lambda question: question.asked_under,
    "required_if": lambda question: question.required_under,
}


class SeenModelForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its hidden `seen` is the fingerprint of the row, empty for a new one."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = fingerprint(self.instance) if self.instance.pk else ""

    def over(self, theirs: Written) -> list[dict[str, str]]:
        """From now on this form is written over `theirs`; returns where they differ, in words."""
        self.data: QueryDict = self.data.copy()
        self.data["seen"] = fingerprint(theirs)
        labels = {field.name: str(field.verbose_name) for field in theirs._meta.fields}
        return [
            {"label": capfirst(labels[name]), "value": _in_words(theirs, name)}
            for name in theirs.WORDS
            if getattr(theirs, name) != getattr(self.instance, name)
        ]


def _in_words(row: Written, name: str) -> str:
    if isinstance(row, Question) and name in CLAUSES_OF:
        labels = dict(Question.objects.of(row.section.edition).values_list("code", "label"))
        return " et ".join(one.in_words(labels) for one in CLAUSES_OF[name](row))
    value = getattr(row, name)
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return "\n".join(value)
    if displayed := getattr(row, f"get_{name}_display", None):
        return str(displayed())
    return "" if value is None else str(value)
