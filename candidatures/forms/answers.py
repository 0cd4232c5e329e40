"""One section of the questionnaire as a form built from its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from candidatures.choices import QuestionKind
from candidatures.models import Answer, Question

SHORT_TEXT_MAX = 300
LONG_TEXT_MAX = 20_000


class MaxWords:
    """Refuses a text longer than `limit` words."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        count = len(value.split())
        if count > self.limit:
            raise ValidationError(
                f"Ce texte compte {count} mots, soit {count - self.limit} de plus que les "
                f"{self.limit} permis. Il est conservé ci-dessous : raccourcissez-le avant "
                "d’enregistrer."
            )


class AnswersForm(forms.Form):
    """Nothing is required to save a draft: what lacks is listed before the deposit.

    Each question has its field `q<id>` and a hidden `v<id>`, the version of the answer shown.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questions: Iterable[Question],
        answers: Mapping[int, Answer],
    ) -> None:
        super().__init__(data)
        self.questions = list(questions)
        for question in self.questions:
            answer = answers.get(question.pk)
            field = _field(question)
            field.initial = answer.value if answer else ""
            if question.is_required:
                field.needed = "nécessaire pour déposer"  # type: ignore[attr-defined]
            self.fields[f"q{question.pk}"] = field
            self.fields[f"v{question.pk}"] = forms.IntegerField(
                initial=answer.version if answer else 0,
                required=False,
                min_value=0,
                widget=forms.HiddenInput,
            )

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

    def over(self, answers: Mapping[int, Answer]) -> AnswersForm:
        """The same texts as typed, over the versions now stored: to show again after saving.

        Pressing « Enregistrer » once more then knowingly replaces a colleague's text.
        """
        data = QueryDict(mutable=True)
        for name in self.fields:
            if name in self.data:
                data[name] = self.data[name]
        for question in self.questions:
            answer = answers.get(question.pk)
            data[f"v{question.pk}"] = str(answer.version if answer else 0)
        return AnswersForm(data, questions=self.questions, answers=answers)

    def _was_sent(self, question: Question) -> bool:
        return f"v{question.pk}" in self.data


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": False,
    }
    match question.kind:
        case QuestionKind.LONG_TEXT:
            attrs: dict[str, Any] = {"rows": 7}
            validators = []
            if question.max_words:
                attrs["data-max-words"] = question.max_words
                validators.append(MaxWords(question.max_words))
            return forms.CharField(
                widget=forms.Textarea(attrs=attrs),
                max_length=LONG_TEXT_MAX,
                validators=validators,
                **common,
            )
        case QuestionKind.NUMBER:
            if question.unit:
                common["label"] = f"{question.label} ({question.unit})"
            return forms.DecimalField(
                min_value=0, max_digits=14, decimal_places=2, localize=True, **common
            )
        case QuestionKind.CHOICE:
            options = [("", "Pas encore répondu"), *((c, c) for c in question.choices)]
            return forms.ChoiceField(choices=options, **common)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(
                choices=[("yes", "Oui"), ("no", "Non")], widget=forms.RadioSelect, **common
            )
        case QuestionKind.URL:
            return forms.URLField(max_length=SHORT_TEXT_MAX, assume_scheme="https", **common)
        case _:
            return forms.CharField(max_length=SHORT_TEXT_MAX, **common)
