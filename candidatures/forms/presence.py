"""What an open page says of itself."""

from django import forms


class PresenceForm(forms.Form):
    """In which section one is, if any, and since when the page has no news."""

    section = forms.SlugField(required=False)
    since = forms.DateTimeField(required=False)
