"""How the staff write the questionnaire: a section, a question, the conditions under which it is
put.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from candidatures.choices import (
    CLOSED,
    NUMERIC,
    WITH_CHOICES,
    Operator,
    QuestionKind,
    Trait,
)
from candidatures.conditions import Clause
from candidatures.forms.seen import SeenModelForm
from candidatures.models import Question, Section
from candidatures.models.questionnaire import MOST_FILES
from candidatures.values import YES_NO
from labels.choices import CandidateType

CLAUSES = 2  # offered for each of the two conditions
SEPARATOR = "|"
NOTHING = "none"


class SectionForm(SeenModelForm):
    class Meta:
        model = Section
        fields = Section.WORDS
        widgets: ClassVar[dict[str, forms.Widget]] = {"intro": forms.Textarea(attrs={"rows": 3})}


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), required=False, **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or [])

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if long := [line for line in kept if len(line) > self.longest]:
            raise ValidationError(
                f"« {long[0][:40]}… » dépasse {self.longest} caractères : raccourcissez-la."
            )
        return kept


class QuestionForm(SeenModelForm):
    """The words and the rules of a question; its place and its section are not changed here."""

    choices = LinesField(
        label="Réponses proposées",
        help_text="Pour un ou plusieurs choix. Une par ligne, dans l’ordre où elles se lisent.",
        longest=160,
    )
    columns = LinesField(
        label="Colonnes",
        help_text="Pour un tableau. Une par ligne, de gauche à droite.",
        longest=60,
    )
    candidate_types = forms.MultipleChoiceField(
        label="Posée aux",
        choices=CandidateType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Aucune case cochée : posée à tous les types de candidats.",
    )

    class Meta:
        model = Question
        fields = (
            "label",
            "help",
            "example",
            "kind",
            "is_required",
            "candidate_types",
            "max_words",
            "unit",
            "minimum",
            "maximum",
            "choices",
            "columns",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "label": forms.Textarea(attrs={"rows": 2}),
            "help": forms.Textarea(attrs={"rows": 2}),
            "example": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "is_required": "Nécessaire pour déposer ; un brouillon peut l’ignorer.",
            "max_words": "Pour un texte long.",
            "unit": "Pour un nombre : agents, lieux, heures… Un montant est en euros.",
            "minimum": "Pour un nombre ou un montant.",
            "maximum": "Pour un nombre ou un montant ; pour des fichiers, combien au plus.",
        }

    def __init__(self, *args: Any, is_answered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answered:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = "Des réponses existent : le type ne change plus."

    def clean(self) -> dict[str, Any]:
        """Rules that belong to another kind are dropped, for them not to wait unseen."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind", self.instance.kind)
        if kind != QuestionKind.LONG_TEXT:
            cleaned["max_words"] = None
        if kind not in NUMERIC:
            cleaned["minimum"] = None
        if kind == QuestionKind.FILES:
            self._check_number_of_files(cleaned.get("maximum"))
        elif kind not in NUMERIC:
            cleaned["maximum"] = None
        if kind != QuestionKind.NUMBER:
            cleaned["unit"] = ""
        if kind not in WITH_CHOICES:
            cleaned["choices"] = []
        elif not cleaned.get("choices"):
            self.add_error("choices", "Une question à choix propose au moins une réponse.")
        if kind != QuestionKind.TABLE:
            cleaned["columns"] = []
        elif not cleaned.get("columns"):
            self.add_error("columns", "Un tableau a au moins une colonne.")
        return cleaned

    def _check_number_of_files(self, most: Decimal | None) -> None:
        if most is not None and (most % 1 or not 1 <= most <= MOST_FILES):
            self.add_error("maximum", f"Une réponse compte de 1 à {MOST_FILES} fichiers.")


class ClauseForm(forms.Form):
    """One thing that must be so: what, how it is compared, with what."""

    subject = forms.ChoiceField(label="Si")
    operator = forms.ChoiceField(label="Comparaison", choices=Operator.choices)
    value = forms.CharField(
        label="Valeur",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, earlier: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {question.code: question for question in earlier}
        self.fields["subject"] = forms.ChoiceField(
            label="Si",
            choices=[
                (NOTHING, "aucune condition"),
                *((f"trait:{trait.value}", trait.label) for trait in Trait),
                *((f"question:{code}", question.label) for code, question in self.earlier.items()),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Puts the `clause` into what is returned, None where there is no condition."""
        cleaned: dict[str, Any] = super().clean() or {}
        about, _, name = cleaned.get("subject", NOTHING).partition(":")
        if about == NOTHING or self.errors:
            return cleaned | {"clause": None}
        operator = Operator(cleaned["operator"])
        typed = [part.strip() for part in cleaned.get("value", "").split(SEPARATOR)]
        typed = [part for part in typed if part]
        if about == "trait":
            clause = self._of_trait(Trait(name), operator, typed)
        else:
            clause = self._of_question(self.earlier[name], operator, typed)
        return cleaned | {"clause": clause}

    def _of_trait(self, trait: Trait, operator: Operator, typed: list[str]) -> Clause:
        if trait == Trait.OVERSEAS:
            return Clause(Operator.IS, self._choices(YES_NO, typed), trait=trait.value)
        if operator not in {Operator.AT_LEAST, Operator.AT_MOST}:
            self.add_error("operator", "Une population est au moins, ou au plus, un nombre.")
        return Clause(operator, self._number(typed), trait=trait.value)

    def _of_question(self, question: Question, operator: Operator, typed: list[str]) -> Clause:
        kind = QuestionKind(question.kind)
        if operator == Operator.ANSWERED:
            return Clause(operator, question=question.code)
        if kind in NUMERIC and operator != Operator.IS:
            return Clause(operator, self._number(typed), question=question.code)
        if kind in CLOSED and operator == Operator.IS:
            offered = YES_NO if kind == QuestionKind.YES_NO else {c: c for c in question.choices}
            return Clause(operator, self._choices(offered, typed), question=question.code)
        self.add_error(
            "operator",
            "Cette comparaison ne convient pas à cette question : un texte « a une réponse », un "
            "nombre « est au moins » ou « au plus », un choix « est » l’une de ses réponses.",
        )
        return Clause(Operator.ANSWERED, question=question.code)

    def _choices(self, offered: Mapping[str, str], typed: list[str]) -> tuple[str, ...]:
        known = {label.casefold(): value for value, label in offered.items()}
        if not typed or any(part.casefold() not in known for part in typed):
            named = ", ".join(offered.values())
            self.add_error("value", f"Choisissez parmi : {named}.")
        return tuple(known.get(part.casefold(), part) for part in typed)

    def _number(self, typed: list[str]) -> tuple[str, ...]:
        try:
            [number] = [Decimal(part.replace(",", ".").replace(" ", "")) for part in typed]
        except (ArithmeticError, ValueError):
            self.add_error("value", "Donnez un nombre.")
            return ("0",)
        return (f"{number:f}",)


class ConditionForms:
    """The clauses of one condition, `prefix` before their fields."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        prefix: str,
        clauses: Sequence[Clause],
        earlier: Sequence[Question],
    ) -> None:
        self.forms = [
            ClauseForm(
                data, prefix=f"{prefix}-{rank}", initial=_initial(clauses, rank), earlier=earlier
            )
            for rank in range(max(CLAUSES, len(clauses)))
        ]

    def is_valid(self) -> bool:
        found = [form.is_valid() for form in self.forms]  # each of them, to show all that is wrong
        return all(found)

    def as_json(self) -> list[dict[str, Any]]:
        clauses = [form.cleaned_data["clause"] for form in self.forms]
        return [clause.as_json() for clause in clauses if clause]


def _initial(clauses: Sequence[Clause], rank: int) -> dict[str, str]:
    if rank >= len(clauses):
        return {}
    clause = clauses[rank]
    subject = f"trait:{clause.trait}" if clause.trait else f"question:{clause.question}"
    shown = [YES_NO.get(value, value) for value in clause.values]
    return {
        "subject": subject,
        "operator": clause.operator.value,
        "value": f" {SEPARATOR} ".join(shown),
    }


class PreviewForm(forms.Form):
    """For whom the questionnaire is shown."""

    kind = forms.ChoiceField(label="Candidat", choices=CandidateType.choices)
    population = forms.IntegerField(label="Population", min_value=0, required=False)
    overseas = forms.BooleanField(label="Outre-mer", required=False)
