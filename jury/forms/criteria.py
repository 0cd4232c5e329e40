from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms import BaseModelFormSet, modelformset_factory

from jury.models import Criterion, JuryRules
from labels.choices import CandidateType
from labels.models import Edition, Theme


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words, the weight and the reach of a criterion; its scale stays as it was created."""

    weight = forms.IntegerField(
        label="Poids",
        min_value=1,
        max_value=100,
        error_messages={
            "min_value": "Un critère pèse au moins 1.",
            "max_value": "Un critère pèse au plus 100.",
        },
    )
    candidate_types = forms.MultipleChoiceField(
        label="Types de candidature",
        choices=CandidateType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : le critère concerne tous les dossiers.",
        error_messages={"invalid_choice": "%(value)s n’est pas un type de candidature."},
    )
    theme_code = forms.ChoiceField(
        label="Limité à l’enjeu",
        required=False,
        help_text="Le critère ne se note alors que pour les dossiers dont une action touche cet "
        "enjeu.",
        error_messages={"invalid_choice": "Cet enjeu n’est pas de cette édition : %(value)s."},
    )

    class Meta:
        model = Criterion
        fields = (
            "name",
            "guidance",
            "weight",
            "is_required",
            "counts_in_total",
            "candidate_types",
            "theme_code",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {"guidance": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes: dict[str, str] = dict(themes)
        theme = self.fields["theme_code"]
        assert isinstance(theme, forms.ChoiceField)  # noqa: S101
        theme.choices = [("", "Tous les dossiers"), *themes]

    @property
    def types(self) -> str:
        """In words, for who may only read."""
        names = dict(CandidateType.choices)
        return ", ".join(names[one] for one in self.instance.candidate_types)

    @property
    def theme(self) -> str:
        code = str(self.instance.theme_code)
        return self.themes.get(code, code)


_CriterionFormSet: type[BaseModelFormSet[Criterion, CriterionForm]] = modelformset_factory(
    Criterion, CriterionForm, extra=0, can_delete=False
)


def criterion_formset(data: Any, *, edition: Edition) -> BaseModelFormSet[Criterion, CriterionForm]:
    themes = list(
        Theme.objects.filter(edition=edition).order_by("position").values_list("code", "name")
    )
    return _CriterionFormSet(
        data, queryset=Criterion.objects.of_edition(edition), form_kwargs={"themes": themes}
    )


class ThresholdsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the chair's figures are read by, in points out of 100."""

    class Meta:
        model = JuryRules
        fields = (
            "two_from",
            "three_from",
            "four_from",
            "five_from",
            "threshold_margin",
            "disagreement_from",
            "minimum_sample",
        )
        help_texts: ClassVar[dict[str, str]] = {
            "two_from": "En points sur 100. En dessous, le niveau suggéré est de 1 @ : chaque "
            "dossier admis en a au moins une.",
            "threshold_margin": "En points. Un dossier dont la moyenne est à cette distance d’un "
            "seuil, ou plus près, est signalé.",
            "disagreement_from": "En points d’écart, de l’évaluation la plus basse à la plus "
            "haute.",
            "minimum_sample": "Tant qu’une personne en a remis moins, ses notes ne sont pas "
            "normalisées, et la page le dit.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            span = "de 2 à 100 évaluations" if name == "minimum_sample" else "de 0 à 100 points"
            wrong = f"Écrivez un nombre entier, {span}."
            reasons = ["invalid", "required", "min_value", "max_value"]
            field.error_messages |= dict.fromkeys(reasons, wrong)
