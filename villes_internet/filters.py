"""What narrowed lists share: which criteria are set, and the address of the list without each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import BoundField, CharField, ChoiceField, ModelChoiceField
from django.http import QueryDict
from django.utils.choices import flatten_choices


@dataclass(frozen=True)
class Criterion:
    """One thing that narrows the list; `url` leads to the same list without it."""

    name: str
    label: str
    value: str
    url: str


class FilterSet(django_filters.FilterSet):
    """A list narrowed by what its address says.

    What is typed (`searches`) stays in sight on a telephone; what is chosen (`choices`) is folded.
    """

    @property
    def searches(self) -> list[BoundField]:
        return [field for field in self.form if isinstance(field.field, CharField)]

    @property
    def choices(self) -> list[BoundField]:
        return [field for field in self.form if not isinstance(field.field, CharField)]

    @cached_property
    def criteria(self) -> list[Criterion]:
        """What narrows the list now, in the order of the form. A value that is refused does not."""
        if not self.is_bound:
            return []
        return [
            Criterion(field.name, str(field.label), value, self._without(field.html_name))
            for field in self.form
            if field.name not in self.errors
            and (value := _in_words(field, self.form.cleaned_data[field.name]))
        ]

    @property
    def chosen(self) -> int:
        """How many of the folded criteria are set."""
        names = {field.name for field in self.choices}
        return sum(criterion.name in names for criterion in self.criteria)

    @property
    def has_refused_choice(self) -> bool:
        return any(field.errors for field in self.choices)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The rest of the address, such as the order of the list, for the form to send again."""
        names = {field.html_name for field in self.form} | {"page"}
        return [(name, value) for name, value in self.data.items() if name not in names]

    def _without(self, name: str) -> str:
        rest = QueryDict(mutable=True)
        rest.update(self.data)
        for gone in (name, "page"):
            rest.pop(gone, None)
        return f"?{rest.urlencode()}"


def _in_words(field: BoundField, value: Any) -> str:
    """The value as the person chose or typed it; empty for none."""
    asked = field.field
    if value is None or value == "":
        return ""
    if isinstance(value, list | QuerySet):
        return ", ".join(_in_words(field, one) for one in value)
    if isinstance(asked, ModelChoiceField):
        return asked.label_from_instance(value)
    if isinstance(asked, ChoiceField):
        choices: Any = asked.choices
        offered: Any = flatten_choices(iter(choices))
        return next(str(words) for key, words in offered if str(key) == str(value))
    return f"«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»"
