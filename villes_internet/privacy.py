"""What is for one person stays with that person."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PersonalPageMiddleware:
    """Keeps what a signed-in person is shown, and what sets a cookie, out of every cache.

    Nobody finds it again with the « back » key of a shared computer. A view that says otherwise
    (a document, kept five minutes by one browser) is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and (response.cookies or _is_signed_in(request)):
            response["Cache-Control"] = "private, no-store"
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    """Without opening the session of a passer-by, who has none: that would vary every page."""
    return bool(request.COOKIES) and hasattr(request, "user") and request.user.is_authenticated
