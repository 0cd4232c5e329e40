"""One section of the questionnaire as a form built from its questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from candidatures.asking import Asked
from candidatures.choices import QuestionKind
from candidatures.forms.files import Document, FilesChange
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
        files: MultiValueDict[str, Any] | None = None,
        *,
        asked: Iterable[Asked],
        attachments: Iterable[Document] = (),
    ) -> None:
        super().__init__(data, files)
        joined: dict[int | None, list[Document]] = {}
        for attachment in attachments:
            joined.setdefault(attachment.question_id, []).append(attachment)
        self.asked = list(asked)
        self.questions = [one.question for one in self.asked]
        for one in self.asked:
            question = one.question
            field = field_of(question, attachments=joined.get(question.pk, []))
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
        Documents are given by `files_changes`.
        """
        return {
            question: (
                _as_text(self.cleaned_data[f"q{question.pk}"]),
                self.cleaned_data.get(f"v{question.pk}") or 0,
            )
            for question in self._valid()
            if question.kind != QuestionKind.FILES
        }

    def files_changes(self) -> dict[Question, FilesChange]:
        """The valid documents to add and to take out; no two people's can conflict."""
        changes = {
            question: self.cleaned_data[f"q{question.pk}"]
            for question in self._valid()
            if question.kind == QuestionKind.FILES
        }
        return {question: change for question, change in changes.items() if change}

    def over(
        self, versions: Mapping[int, int], attachments: Iterable[Document] = ()
    ) -> AnswersForm:
        """The same texts as typed, to show again after saving, over these versions where given.

        Pressing « Enregistrer » once more then knowingly replaces a colleague's text. Where none is
        given, as that of an answer refused, a colleague's text has not been shown.
        """
        data = QueryDict(mutable=True)
        data.update(self.data)
        for pk, version in versions.items():
            data[f"v{pk}"] = str(version)
        return AnswersForm(data, self._refused_files(), asked=self.asked, attachments=attachments)

    def _refused_files(self) -> MultiValueDict[str, Any]:
        """What was taken is not sent again; what was not says again why."""
        names = [name for name in self.files if name in self.errors]
        return MultiValueDict({name: self.files.getlist(name) for name in names})

    def _valid(self) -> list[Question]:
        return [
            question
            for question in self.questions
            if f"q{question.pk}" in self.cleaned_data and f"v{question.pk}" in self.data
        ]


class RestoreForm(forms.Form):
    """Which earlier text to put back, over which version of the present one."""

    version = forms.IntegerField(min_value=0)
    over = forms.IntegerField(min_value=0)


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
