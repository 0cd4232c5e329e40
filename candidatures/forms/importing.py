"""Importing actions: the file that is sent, a line of it, and the import that is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from candidatures.forms.initiative import InitiativeForm
from labels.models import DigitalService
from villes_internet.files.scanner import SuspectError, scan
from villes_internet.french import number
from villes_internet.spreadsheets import Line, UnreadableTableError, read

if TYPE_CHECKING:
    from candidatures.importing.cells import Referential

SHEET = "Actions"
MOST_LINES = 300
MOST_BYTES = 5 * 1024 * 1024


class ImportForm(forms.Form):
    """A file of actions; what it really is, its content says."""

    file = forms.FileField(
        label="Fichier",
        help_text=f"XLSX ou CSV, {MOST_BYTES // (1024 * 1024)} Mo et {MOST_LINES} actions au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": "Choisissez le fichier à lire.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )

    name = ""  # of the file, once it is read

    def clean_file(self) -> list[Line]:
        upload = self.cleaned_data["file"]
        self.name = upload.name
        if upload.size > MOST_BYTES:
            size = number(round(upload.size / (1024 * 1024)))
            raise ValidationError(
                f"Ce fichier est trop lourd : {size} Mo, et {MOST_BYTES // (1024 * 1024)} au plus. "
                "Retirez ses images et ses autres feuilles, ou partagez-le en deux."
            )
        data = upload.read()
        try:
            scan(data)
            return read(data, sheet=SHEET)
        except (SuspectError, UnreadableTableError) as error:
            raise ValidationError(str(error)) from error


class KnownServicesField(forms.Field):
    """Services of the référentiel by their keys, read once for all the lines of a file."""

    widget = forms.MultipleHiddenInput
    referential: Referential

    def clean(self, value: Any) -> list[DigitalService]:
        self.validate(value)
        try:
            return [self.referential.by_key[key] for key in value]
        except KeyError as error:
            raise ValidationError(
                "Un de ces services n’est plus dans le référentiel de l’édition : choisissez-en un "
                "autre."
            ) from error


class LineForm(InitiativeForm):
    """A line of a file, judged as an action that is typed is; it asks the database nothing."""

    services = KnownServicesField(error_messages=InitiativeForm.Meta.error_messages["services"])

    def __init__(self, *args: Any, referential: Referential, **kwargs: Any) -> None:
        self.referential = referential
        super().__init__(*args, **kwargs)

    def offer_services(self, *, named: bool) -> None:
        field = self.fields["services"]
        assert isinstance(field, KnownServicesField)  # noqa: S101
        field.referential = self.referential

    def _get_validation_exclusions(self) -> set[str]:
        """Leaves out the only constraint, dates in order, which is a query and is said by `clean`.

        PostgreSQL holds it all the same when the action is added.
        """
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"ended_on"}


class ConfirmForm(forms.Form):
    """What was shown, as it was shown, signed; and what becomes of the titles already there."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    skip_known = forms.BooleanField(
        label="Laisser de côté les actions dont le titre est déjà dans la candidature",
        required=False,
        initial=True,
    )
