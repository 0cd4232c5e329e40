"""The person behind a request."""

from django.http import HttpRequest

from villes_internet.users.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that the login middleware let through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view is for signed-in people")
    return user
