"""The field in which a question is answered, by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candidatures import values
from candidatures.choices import QuestionKind
from candidatures.forms.files import Document, FilesField, files_help
from candidatures.models import Question
from villes_internet.territories.models import Territory

SHORT_TEXT_MAX = 300
LONG_TEXT_MAX = 20_000
CELL_MAX = 300
MAX_ROWS = 60
SPARE_ROWS = 3
SUGGESTED = 5


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


class TableWidget(forms.Widget):
    """A line of cells for each row, and a few empty ones: cell `<name>-<row>-<column>`."""

    template_name = "candidatures/widgets/table.html"
    use_fieldset = True

    def __init__(self, columns: list[str]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = value if isinstance(value, list) else values.as_rows(value or "")
        blank = [""] * len(self.columns)
        spare = min(SPARE_ROWS, max(MAX_ROWS - len(rows), 0))
        context["widget"].update(
            columns=self.columns,
            rows=[
                [
                    (f"{name}-{line}-{rank}", column, cell)
                    for rank, (column, cell) in enumerate(zip(self.columns, row, strict=False))
                ]
                for line, row in enumerate([*rows, *[blank] * spare])
            ],
        )
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[list[str]]:
        lines = range(MAX_ROWS)
        ranks = range(len(self.columns))
        rows = [[str(data.get(f"{name}-{line}-{rank}", "")) for rank in ranks] for line in lines]
        return [row for row in rows if any(cell.strip() for cell in row)]

    def id_for_label(self, id_: str) -> str:
        return ""


class TableField(forms.Field):
    def __init__(self, *, columns: list[str], **kwargs: Any) -> None:
        super().__init__(widget=TableWidget(columns), **kwargs)

    def clean(self, value: list[list[str]]) -> str:
        rows = [[cell.strip() for cell in row] for row in value]
        if any(len(cell) > CELL_MAX for row in rows for cell in row):
            raise ValidationError(f"Une case contient au plus {CELL_MAX} caractères.")
        return values.from_rows(rows)


class ChoicesField(forms.MultipleChoiceField):
    """Several choices, kept in the order in which they are offered."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.offered = [choice for choice, _ in choices]

    def prepare_value(self, value: Any) -> Any:
        return values.as_list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        ticked = set(super().clean(value))
        return values.from_list(choice for choice in self.offered if choice in ticked)


class TerritoryField(forms.CharField):
    """A territory by its name or its code; its stored value is the code."""

    def prepare_value(self, value: Any) -> Any:
        """What is stored is shown with its name, which `clean` reads back; one query."""
        found = Territory.objects.filter(code=value).first() if value else None
        return f"{found} ({found.code})" if found else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        if shown := re.fullmatch(r".+ \((\w{5,9})\)", typed):
            typed = shown[1]
        found = list(Territory.objects.current().search(typed)[: SUGGESTED + 1])
        exact = [one for one in found if one.code == typed.upper() or one.name == typed]
        likely = exact or found
        if not likely:
            raise ValidationError(
                "Aucune collectivité ne porte ce nom. Vérifiez-le, ou donnez son code postal."
            )
        if len(likely) > 1:
            named = ", ".join(f"{one.code} pour {one}" for one in likely[:SUGGESTED])
            raise ValidationError(
                f"Plusieurs collectivités portent ce nom. Donnez le code de la vôtre : {named}."
            )
        return likely[0].code


def field_of(question: Question, *, attachments: Sequence[Document] = ()) -> forms.Field:
    """Never required, for a draft may be incomplete: `needed` says what a deposit lacks.

    `attachments` are the documents given in answer so far, to a question of kind « fichiers ».
    """
    make: Callable[..., forms.Field] = forms.CharField
    options: dict[str, Any] = {"label": question.label}
    match question.kind:
        case QuestionKind.LONG_TEXT:
            options |= _long_text(question)
        case QuestionKind.NUMBER | QuestionKind.AMOUNT:
            make = forms.DecimalField
            options |= _number(question)
        case QuestionKind.CHOICE:
            make = forms.ChoiceField
            options["choices"] = [("", "Pas encore répondu"), *((c, c) for c in question.choices)]
        case QuestionKind.CHOICES:
            make = ChoicesField
            options["choices"] = [(c, c) for c in question.choices]
        case QuestionKind.YES_NO:
            make = forms.ChoiceField
            options |= {"choices": list(values.YES_NO.items()), "widget": forms.RadioSelect}
        case QuestionKind.DATE:
            make = forms.DateField
            options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        case QuestionKind.URL:
            make = forms.URLField
            options |= {"max_length": SHORT_TEXT_MAX, "assume_scheme": "https"}
        case QuestionKind.TABLE:
            make, options["columns"] = TableField, question.columns
        case QuestionKind.TERRITORY:
            make, options["max_length"] = TerritoryField, SHORT_TEXT_MAX
        case QuestionKind.FILES:
            make = FilesField
            options |= {"attachments": attachments, "most": question.most_files}
        case _:
            options["max_length"] = SHORT_TEXT_MAX
    return make(help_text=_help(question), required=False, **options)


def _long_text(question: Question) -> dict[str, Any]:
    attrs: dict[str, Any] = {"rows": 7}
    validators = []
    if question.max_words:
        attrs["data-max-words"] = question.max_words
        validators.append(MaxWords(question.max_words))
    return {
        "widget": forms.Textarea(attrs=attrs),
        "max_length": LONG_TEXT_MAX,
        "validators": validators,
    }


def _number(question: Question) -> dict[str, Any]:
    unit = f" ({question.shown_unit})" if question.shown_unit else ""
    return {
        "label": f"{question.label}{unit}",
        "min_value": question.minimum or 0,
        "max_value": question.maximum,
        "max_digits": 14,
        "decimal_places": 2,
        "localize": True,
    }


def _help(question: Question) -> str:
    example = f"Par exemple : {question.example}" if question.example else ""
    files = files_help(question.most_files) if question.kind == QuestionKind.FILES else ""
    return " ".join(part for part in (question.help, example, files) if part)
