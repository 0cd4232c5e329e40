"""When something goes wrong: the right status, when to come back, and a page that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from villes_internet.maintenance import MaintenanceMiddleware

pytestmark = pytest.mark.django_db


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    """A database that answers nothing but this."""

    def fail(execute: Callable[..., Any], *args: Any) -> Any:
        raise error

    with connection.execute_wrapper(fail):
        yield


def test_a_page_that_is_not_there_offers_to_look_for_a_territory(client: Client) -> None:
    response = client.get("/nulle-part/")
    page = response.content.decode()
    assert response.status_code == 404
    assert '<form class="search" action="/territoires/" method="get"' in page


@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("closed")])
def test_a_database_that_does_not_answer_is_a_pause(error: Exception, client: Client) -> None:
    client.raise_request_exception = False
    with failing(error):
        response = client.get("/atlaas/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "momentanément indisponible" in response.content.decode()


def test_any_other_failure_is_ours(client: Client) -> None:
    client.raise_request_exception = False
    with failing(RuntimeError("a bug")):
        response = client.get("/atlaas/")
    assert response.status_code == 500
    assert "Le site a rencontré une erreur" in response.content.decode()


def test_too_many_attempts_say_when_to_come_back(client: Client) -> None:
    answers = [client.post("/comptes/signup/", {}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    refused = answers[-1]
    assert refused.headers["Retry-After"] == "300"
    assert "Attendez cinq minutes" in refused.content.decode()


def beyond(request: HttpRequest) -> HttpResponse:
    return HttpResponse("le site")


@pytest.mark.parametrize("url", ["/", "/jury/", "/contact/", "/nulle-part/"])
def test_in_maintenance_every_page_says_so_and_asks_the_database_nothing(
    url: str, settings: LazySettings, django_assert_num_queries: Any
) -> None:
    settings.MAINTENANCE = True
    closed = MaintenanceMiddleware(beyond)
    for method in ("get", "post"):
        with django_assert_num_queries(0):
            response = closed(getattr(RequestFactory(), method)(url))
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "600"
        assert response.headers["Cache-Control"] == "no-store"
        assert "en maintenance" in response.content.decode()


def test_in_maintenance_the_health_check_still_answers(settings: LazySettings) -> None:
    settings.MAINTENANCE = True
    answer = MaintenanceMiddleware(beyond)(RequestFactory().get("/sante/"))
    assert answer.content.decode() == "le site"


def test_out_of_maintenance_the_middleware_is_not_there(settings: LazySettings) -> None:
    settings.MAINTENANCE = False
    with pytest.raises(MiddlewareNotUsed):
        MaintenanceMiddleware(beyond)


def test_maintenance_stands_before_all_that_could_ask_the_database(
    settings: LazySettings,
) -> None:
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    maintenance = order.index("MaintenanceMiddleware")
    assert order.index("WhiteNoiseMiddleware") < maintenance
    assert maintenance < order.index("PersonalPageMiddleware") < order.index("SessionMiddleware")
