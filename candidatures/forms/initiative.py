from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from candidatures.models import Initiative
from labels.models import DigitalService, Edition

MAX_SERVICES = 5
RECENT_YEARS = 2


class ServicesWidget(forms.CheckboxSelectMultiple):
    """The services as checkboxes, one fold for each enjeu, open where something is checked."""

    template_name = "candidatures/widgets/services.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["open"] = [
            index
            for _, options, index in context["widget"]["optgroups"]
            if any(option["selected"] for option in options)
        ]
        return context


class InitiativeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An action: a practice of the territory, linked to services of the référentiel.

    The label takes those under two years old or still running [règlement: public description].
    """

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Initiative
        fields = (
            "title",
            "summary",
            "services",
            "kind",
            "mode",
            "started_year",
            "still_running",
            "context",
            "objectives",
            "course",
            "results",
            "cost_band",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "context": forms.Textarea(attrs={"rows": 5}),
            "objectives": forms.Textarea(attrs={"rows": 5}),
            "course": forms.Textarea(attrs={"rows": 6}),
            "results": forms.Textarea(attrs={"rows": 5}),
            "services": ServicesWidget(),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "services": f"De un à {MAX_SERVICES} services que cette action rend ou améliore, "
            "rangés par enjeu.",
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "services": {"required": "Choisissez au moins un service numérique."},
        }

    def __init__(self, *args: Any, edition: Edition, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        services = DigitalService.objects.filter(theme__edition=edition)
        field = self.fields["services"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = services
        field.choices = _by_theme(services)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def clean_services(self) -> Any:
        services = self.cleaned_data["services"]
        if len(services) > MAX_SERVICES:
            raise ValidationError(
                f"Choisissez au plus {MAX_SERVICES} services : ici {len(services)} sont cochés."
            )
        return services

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year = cleaned.get("started_year")
        if year and year > self.this_year:
            self.add_error("started_year", "L’année de début est dans le futur.")
        elif year and year < self.this_year - RECENT_YEARS and not cleaned.get("still_running"):
            self.add_error(
                "still_running",
                "Le label accueille les actions de moins de deux ans, ou toujours en cours : "
                "celle-ci est plus ancienne et terminée.",
            )
        return cleaned


def _by_theme(services: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    rows = services.order_by("theme__position", "position").values_list("pk", "name", "theme__name")
    for pk, name, theme in rows:
        groups.setdefault(theme, []).append((pk, name))
    return list(groups.items())
