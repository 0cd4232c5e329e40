"""Signing in where it is needed, without a word lost."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from villes_internet.navigation import came_from

NOT_TAKEN = "not_taken"  # in the session, until the person has signed in again
KEPT_FOR = 3600  # seconds for which a passer-by's session holds it
LONGEST = 50_000  # characters in all; beyond, they are not kept


class SignInMiddleware(LoginRequiredMiddleware):
    """Gives back what was sent after the end of a session, on the page that asks to sign in.

    It is not saved, and this is said there, and again once signed in. A page that saves by itself,
    and keeps its text, is answered 401.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if not request.accepts("text/html"):
            return HttpResponse(status=401)
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return super().handle_no_permission(request, view_func)
        request.session[NOT_TAKEN] = True
        request.session.set_expiry(KEPT_FOR)
        message = render_to_string("users/not_taken.html", {"texts": typed(request)})
        messages.warning(request, message)
        return redirect_to_login(came_from(request), settings.LOGIN_URL)


def typed(request: HttpRequest) -> list[str]:
    """What took some writing: the texts of more than one word, unless they are far too long."""
    texts = [
        text for _, values in request.POST.lists() for text in values if len(str(text).split()) > 1
    ]
    return texts if sum(map(len, texts)) <= LONGEST else []
