"""What leaves the store: under its reader's name, for this reader alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from villes_internet.compression import TextCompressionMiddleware
from villes_internet.files.responses import serve
from villes_internet.files.services import store_bytes

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("inline", "disposition"), [(True, "inline"), (False, "attachment")])
def test_a_file_is_served_under_its_french_name(
    settings: LazySettings, tmp_path: Path, inline: bool, disposition: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = store_bytes(b"%PDF-1.7", content_type="application/pdf", at=NOW)
    response = serve(stored, name="Accusé n° 1 «\u00a0été\u00a0».pdf", inline=inline)
    assert response.getvalue() == b"%PDF-1.7"
    response.close()
    assert response["Content-Disposition"] == (
        f"{disposition}; filename*=utf-8''"
        "Accus%C3%A9%20n%C2%B0%201%20%C2%AB%C2%A0%C3%A9t%C3%A9%C2%A0%C2%BB.pdf"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize(
    ("content_type", "encoding"), [("application/pdf", None), ("text/csv", "gzip")]
)
def test_a_document_travels_as_it_is_and_a_text_compressed(
    rf: RequestFactory, content_type: str, encoding: str | None
) -> None:
    browser = rf.get("/", headers={"accept-encoding": "gzip, deflate, br"})
    content = HttpResponse(b"%PDF or not " * 100, content_type=content_type)
    response = TextCompressionMiddleware(lambda request: content).process_response(browser, content)
    assert response.headers.get("Content-Encoding") == encoding


@pytest.mark.parametrize("address", ["/media/", "/contents/", "/fichiers/"])
def test_no_address_serves_the_store(address: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"{address}{'0' * 64}")
