"""GET never writes: the rule, held on the connection itself."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?P<table>\w+)", re.IGNORECASE)
# Sessions, the cache, and allauth noting that the recovery codes were shown.
ALLOWED = {"django_session", "cache", "cache_pictures", "mfa_authenticator"}


class GetWroteError(AssertionError):
    pass


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    match = WRITE.match(sql)
    if match and match["table"] not in ALLOWED:
        raise GetWroteError(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)
