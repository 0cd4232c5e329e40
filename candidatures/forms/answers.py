"""One section of the questionnaire as a form built from its questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from candidatures.asking import Asked
from candidatures.forms.questions import field_of
from candidatures.models import Question


class Row(NamedTuple):
    """A question in its form."""

    question: Question
    field: BoundField
    version: BoundField


class AnswersForm(forms.Form):
    """Nothing is required to save a draft: what lacks is listed before the deposit.

    Each question has its field `q<id>` and a hidden `v<id>`, the version of the answer shown.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        asked: Iterable[Asked],
    ) -> None:
        super().__init__(data)
        self.asked = list(asked)
        self.questions = [one.question for one in self.asked]
        for one in self.asked:
            question = one.question
            field = field_of(question)
            field.initial = one.value
            if one.is_required:
                field.needed = "nécessaire pour déposer"  # type: ignore[attr-defined]
            self.fields[f"q{question.pk}"] = field
            self.fields[f"v{question.pk}"] = forms.IntegerField(
                initial=one.version,
                required=False,
                min_value=0,
                widget=forms.HiddenInput,
            )

    def rows(self) -> Iterator[Row]:
        """The questions in order, each as it is drawn."""
        for one in self.asked:
            pk = one.question.pk
            yield Row(one.question, self[f"q{pk}"], self[f"v{pk}"])

    def values(self) -> dict[Question, tuple[str, int]]:
        """The valid answers with the version that each was written over.

        A field left out of what was sent is not an emptied answer, and is left out here too.
        """
        return {
            question: (
                _as_text(self.cleaned_data[f"q{question.pk}"]),
                self.cleaned_data.get(f"v{question.pk}") or 0,
            )
            for question in self.questions
            if f"q{question.pk}" in self.cleaned_data and self._was_sent(question)
        }

    def over(self, versions: Mapping[int, int]) -> AnswersForm:
        """The same texts as typed, to show again after saving, over these versions where given.

        Pressing « Enregistrer » once more then knowingly replaces a colleague's text. Where none is
        given, as that of an answer refused, a colleague's text has not been shown.
        """
        data = QueryDict(mutable=True)
        data.update(self.data)
        for pk, version in versions.items():
            data[f"v{pk}"] = str(version)
        return AnswersForm(data, asked=self.asked)

    def _was_sent(self, question: Question) -> bool:
        return f"v{question.pk}" in self.data


class RestoreForm(forms.Form):
    """Which earlier text to put back, over which version of the present one."""

    version = forms.IntegerField(min_value=1)
    over = forms.IntegerField(min_value=1)


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
