"""A rule says no: one exception, one sentence for the person, one HTTP status."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from villes_internet.navigation import came_from


class Refusal(Exception):  # noqa: N818  (it is a decision of the label, not a fault)
    """What was asked is against a rule, or somebody else was faster.

    The message is a whole French sentence for the person who asked; nothing was changed.
    """

    status = 409


class Forbidden(Refusal):
    """It is for others to do: the person may see it, and not change it."""

    status = 403


def typed_again(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    """The page with its form as it was typed, `context["form"]`, under why it is not taken.

    What a form holds is never lost to a refusal: the person may change it, or copy it.
    """
    context["form"].add_error(None, str(refusal))
    return render(request, template, context, status=refusal.status)


class RefusalMiddleware:
    """Answers a refusal that a view let through with a page that says why: 409, or 403.

    A script that asked for JSON is answered `problem`, the fragment of page that says it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if not request.accepts("text/html"):
            alert = {"kind": "warning", "text": str(exception)}
            problem = render_to_string("components/alert.html", alert)
            return JsonResponse({"problem": problem}, status=exception.status)
        context = {"sentence": str(exception), "back": came_from(request)}
        return render(request, f"{exception.status}.html", context, status=exception.status)
