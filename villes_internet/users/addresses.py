"""Which addresses are a person's own: those that they have confirmed by a code."""

from allauth.account.models import EmailAddress

from villes_internet.users.models import User


def owns(user: User, email: str) -> bool:
    found = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return bool(found.exists())
