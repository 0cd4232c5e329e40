"""The gallery draws every component, and only for the staff."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape

from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.PROJECT) / "templates"
STATIC = Path(settings.PROJECT) / "static"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_user("equipe@label.example", is_staff=True))
    return client


@pytest.mark.parametrize("address", ["/gestion/composants/", "/gestion/composants/themes.css"])
def test_the_gallery_is_for_the_staff(address: str, client: Client) -> None:
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("agent@arcueil.example"))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.create_user("equipe@label.example", is_staff=True))
    assert client.get(address).status_code == 200


def test_every_component_is_drawn_named_and_documented(staff: Client) -> None:
    page = staff.get("/gestion/composants/")
    drawn = {template.name for template in page.templates if template.name}
    html = page.content.decode()
    for path in (TEMPLATES / "components").glob("*.html"):
        assert f"components/{path.name}" in drawn
        assert f'id="composant-{path.stem}"' in html
        takes = path.read_text().splitlines()[0].removeprefix("{# ").removesuffix(" #}")
        assert escape(takes) in html


def test_what_a_component_takes_is_not_cut_off_by_the_end_of_its_line() -> None:
    """The gallery reads one line: a comment that went on would be shown in part."""
    for path in (TEMPLATES / "components").glob("*.html"):
        assert path.read_text().splitlines()[0].endswith(" #}"), path.name


def test_every_component_says_what_it_takes() -> None:
    silent = [
        path.name
        for path in (TEMPLATES / "components").glob("*.html")
        if not path.read_text().startswith("{# ")
    ]
    assert silent == []


def test_the_stylesheets_of_every_page_stay_light() -> None:
    """A quarter of what a page may weigh, for the fonts and the page itself to have the rest."""
    frame = (TEMPLATES / "base.html").read_text()
    sheets = re.findall(r"{% static '(css/[\w-]+\.css)' %}", frame)
    sheets.remove("css/workspace.css")  # for who has signed in
    assert len(sheets) == 4
    weight = sum(len(gzip.compress((STATIC / sheet).read_bytes(), 6)) for sheet in sheets)
    assert weight < 16_000  # bytes over the wire


# What saves by itself and shows who is here asks the site, for those who are signed in.
WORKING = {"autosave.js", "copies.js", "elements.js", "keep.js", "presence.js"}


def test_a_script_is_a_small_module_that_asks_for_nothing() -> None:
    for script in (STATIC / "js").glob("*.js"):
        if script.name in WORKING:
            continue
        assert len(gzip.compress(script.read_bytes())) < 1_500, script.name
        asks = re.search(
            r"\b(import|fetch|eval|innerHTML|localStorage|cookie)\b", script.read_text()
        )
        assert asks is None, (script.name, asks)


def test_the_scripts_of_the_workspace_weigh_less_than_a_picture() -> None:
    for name in WORKING:
        assert len(gzip.compress((STATIC / "js" / name).read_bytes())) < 6_000, name


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


@pytest.mark.parametrize("error", ["400", "500", "503", "maintenance"])
def test_the_worst_pages_need_neither_context_nor_database(
    error: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        page = render_to_string(f"{error}.html")
    assert page.count("<h1>") == 1
