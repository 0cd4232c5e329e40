"""The pages of no app: health, and what Django answers when a request goes wrong."""

import sys
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.views import defaults
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers: what the reverse proxy and the launcher wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"etat": "ok"})


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers and feed readers look for it, whatever the pages say."""
    return HttpResponse(_favicon(), content_type="image/x-icon")


@cache
def _favicon() -> bytes:
    content: bytes = (settings.PROJECT / "static" / "images" / "favicon.ico").read_bytes()
    return content


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A text beyond what a form may weigh has a page of its own, and its own status."""
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    most = f"{(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024**2}\N{NO-BREAK SPACE}Mo"
    return render(request, "413.html", {"most": most}, status=413)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's answer to whoever tries too often; its limits all empty within five minutes."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that does not answer is a pause, whatever else goes wrong is our fault."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return defaults.server_error(request)
    response = HttpResponse(loader.get_template("503.html").render(), status=503)
    response["Retry-After"] = "60"
    return response
