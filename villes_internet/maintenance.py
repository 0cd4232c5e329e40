"""The site is closed for a while: one page says so, and nothing else is touched."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse

BACK_IN = 600  # seconds


class MaintenanceMiddleware:
    """Answers 503 to everything but the health check while MAINTENANCE is on.

    It stands before the sessions: no page of it asks for the database. Static files are served
    before it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == reverse("health"):
            return self.get_response(request)
        page = loader.get_template("maintenance.html").render()
        headers = {"Retry-After": str(BACK_IN), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)
