"""allauth's own forms, in the words of the house.

Apart from `forms.py`, which allauth reads while it is still building these.
"""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.totp.forms import ActivateTOTPForm as ActivateTOTP
from django import forms

EMAIL_LABEL = "Adresse électronique"


def reword(
    field: forms.Field, *, label: str = "", help_text: str = "", **attrs: str | None
) -> None:
    """Give a field our label and help; a placeholder would only say the label twice."""
    field.label = label or field.label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class CodeFieldMixin:
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self.fields["code"],
            label="Code à 6 chiffres",
            inputmode="numeric",
            autocomplete="one-time-code",
            spellcheck="false",
            **{"class": "one-time-code"},
        )


class ActivateTOTPForm(CodeFieldMixin, ActivateTOTP):
    pass


class EmailFieldMixin:
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self.fields["email"],
            label=EMAIL_LABEL,
            help_text="De préférence celle de votre collectivité.",
            autocomplete="email",
        )


class RequestLoginCodeForm(EmailFieldMixin, allauth_forms.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Celle de votre compte."


class ConfirmLoginCodeForm(CodeFieldMixin, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(
    CodeFieldMixin, allauth_forms.ConfirmEmailVerificationCodeForm
):
    pass


class SignupForm(EmailFieldMixin, allauth_forms.SignupForm):
    pass


class AddEmailForm(EmailFieldMixin, allauth_forms.AddEmailForm):
    pass


class ChangeEmailForm(EmailFieldMixin, allauth_forms.ChangeEmailForm):
    pass
