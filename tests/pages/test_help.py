"""The help quotes the words of the screens as they are: « Enregistrer » is still on a button."""

import re

import pytest
from django.test import Client

from villes_internet.launch.bootstrap import PROJECT

pytestmark = pytest.mark.django_db

APPS = ("candidatures", "jury", "labels", "atlaas", "villes_internet")
QUOTED = re.compile("«\u00a0(.+?)\u00a0»")


def written() -> str:
    """All that the screens may say, the help aside."""
    templates = (PROJECT / "templates").rglob("*.html")
    code = [path for app in APPS for path in (PROJECT / app).rglob("*.py")]
    files = [p for p in [*templates, *code] if "pages" not in p.relative_to(PROJECT).parts]
    return "\n".join(path.read_text() for path in files)


def test_what_the_help_quotes_is_on_a_screen(client: Client) -> None:
    pages = [client.get(url).content.decode() for url in ("/aide/agents/", "/aide/jures/")]
    quoted = {words for page in pages for words in QUOTED.findall(page)}
    assert len(quoted) > 8
    screens = written()
    assert {words for words in quoted if words not in screens} == set()
