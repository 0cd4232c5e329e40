"""What a person says of themselves when they create their account."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest

from villes_internet.users.models import User


class SignupForm(forms.Form):
    """Added by allauth to its own form, which asks for the e-mail address."""

    full_name = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "email")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name a person goes by, on their account page."""

    class Meta:
        model = User
        fields = ("full_name",)
        widgets: ClassVar = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}
