"""An address opened where something is to be sent, or the reverse: a page says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


class MethodMiddleware:
    """Gives words to the empty answer that Django makes to a method that a view does not take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"reading": request.method in {"GET", "HEAD"}})
        response.content = page.content
        return response
