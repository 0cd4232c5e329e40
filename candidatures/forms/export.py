"""Which file the staff want."""

from django import forms

from candidatures.choices import ExportFormat


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label="Format",
        choices=ExportFormat.choices,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
    )
