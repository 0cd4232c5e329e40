from typing import ClassVar

from django import forms

from labels.models import Edition


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The calendar of an edition: its order is checked by the constraints of the database."""

    class Meta:
        model = Edition
        fields = (
            "year",
            "number",
            "opens_on",
            "closes_on",
            "grace_minutes",
            "reading_starts_on",
            "deliberates_on",
            "ceremony_on",
            "village_below",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "year": forms.NumberInput(),
            "opens_on": _day(),
            "closes_on": _day(),
            "reading_starts_on": _day(),
            "deliberates_on": _day(),
            "ceremony_on": _day(),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "year": {"unique": "Une édition porte déjà ce millésime."},
        }
