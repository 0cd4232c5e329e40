from django import forms


class StartForm(forms.Form):
    """Which territory applies to which edition; both are checked against what the person may do."""

    territory = forms.CharField(max_length=9)
    edition = forms.IntegerField(min_value=2000, max_value=2200)
