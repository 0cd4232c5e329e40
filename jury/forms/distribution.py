"""The rules that the distribution of the readings follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from jury.models import Juror, JuryRules
from labels.models import Theme
from villes_internet.files.scanner import SuspectError, scan
from villes_internet.spreadsheets import Line, UnreadableTableError, read

SHEET = "Lectures"
MOST_BYTES = 1024 * 1024
MOST_READERS = 9  # of a dossier
MOST_READINGS = 500  # of a juror


class ReadersForm(forms.Form):
    """How many people read each dossier."""

    readers = forms.IntegerField(
        label="Lectures par dossier",
        min_value=1,
        max_value=MOST_READERS,
        help_text="Combien de personnes lisent chaque dossier, de 1 à 9.",
        error_messages={
            "min_value": "Un dossier a au moins une lecture.",
            "max_value": "Un dossier a au plus neuf lectures.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, rules: JuryRules) -> None:
        super().__init__(data, initial={"readers": rules.readers_per_dossier})


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple


class LoadForm(forms.Form):
    """How much a juror reads, and which enjeux they know."""

    max_load = forms.IntegerField(
        label="Lectures au plus",
        min_value=0,
        max_value=MOST_READINGS,
        help_text="0 pour ne plus rien lui confier. Ce qui lui est confié déjà lui reste.",
        error_messages={
            "min_value": "Le nombre de lectures ne peut pas être négatif.",
            "max_value": "Une personne lit au plus 500 dossiers.",
        },
    )
    expertise = ThemesField(
        label="Enjeux connus",
        queryset=None,
        required=False,
        help_text="Les dossiers qui en parlent lui sont confiés de préférence.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, juror: Juror) -> None:
        known = [theme.pk for theme in juror.expertise.all()]
        super().__init__(data, initial={"max_load": juror.max_load, "expertise": known})
        field = self.fields["expertise"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = Theme.objects.filter(edition=juror.edition_id).order_by("position", "pk")


class ReadingsForm(forms.Form):
    """A table of readings; what it really is, its content says."""

    file = forms.FileField(
        label="Tableau des lectures",
        help_text="CSV ou XLSX, 1 Mo au plus, avec deux colonnes : « code », celui de la "
        "collectivité, et « adresse », celle du compte de la personne qui lit.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": "Choisissez le fichier à lire.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )

    def clean_file(self) -> list[Line]:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                "Ce fichier est trop lourd : gardez les deux colonnes, sans image ni autre feuille."
            )
        data = upload.read()
        try:
            scan(data)
            return read(data, sheet=SHEET)
        except (SuspectError, UnreadableTableError) as error:
            raise forms.ValidationError(str(error)) from error
