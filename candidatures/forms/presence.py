"""What an open page says of itself."""

from django import forms


class PresenceForm(forms.Form):
    """In which section or action one is, if any, and since when the page has no news."""

    section = forms.SlugField(required=False)
    action = forms.IntegerField(required=False)
    since = forms.DateTimeField(required=False)
