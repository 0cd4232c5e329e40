"""The gallery draws every component, and only for the staff."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.PROJECT) / "templates"


def test_the_gallery_is_for_the_staff(client: Client) -> None:
    assert client.get("/gestion/composants/").status_code == 302
    client.force_login(User.objects.create_user("agent@arcueil.example"))
    assert client.get("/gestion/composants/").status_code == 403
    client.force_login(User.objects.create_user("equipe@label.example", is_staff=True))
    assert client.get("/gestion/composants/").status_code == 200


def test_every_component_says_what_it_takes() -> None:
    silent = [
        path.name
        for path in (TEMPLATES / "components").glob("*.html")
        if not path.read_text().startswith("{# ")
    ]
    assert silent == []


def test_no_page_carries_inline_style_or_script() -> None:
    """The content security policy would silently drop them. E-mails and PDF are not pages."""
    inline = re.compile(
        r"\sstyle=\"|<style|\son[a-z]+=\"|<script(?![^>]*(\ssrc=|application/json))"
    )
    guilty = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if not {"emails", "email", "pdf"} & set(path.parts) and inline.search(path.read_text())
    ]
    assert guilty == []


def test_a_passer_by_gets_no_cookie_no_form_to_post_and_a_light_page(client: Client) -> None:
    response = client.get("/")
    page = response.content.decode()
    assert dict(response.cookies) == {}
    assert 'method="post"' not in page
    assert "csrf" not in page.lower()
    files = re.findall(r'<(?:link|script)[^>]*(?:href|src)="/static/([^"]+)"', page)
    weight = len(response.content) + sum(
        (Path(settings.PROJECT) / "static" / name).stat().st_size for name in files
    )
    assert len(files) + 1 <= 12
    assert weight <= 100_000  # bytes, before any compression


@pytest.mark.parametrize("error", ["400", "500", "503", "maintenance"])
def test_the_worst_pages_need_neither_context_nor_database(
    error: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        page = render_to_string(f"{error}.html")
    assert page.count("<h1>") == 1
