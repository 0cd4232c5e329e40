"""Who publishes the site: said where the law wants it, and said to be missing where it is."""

import pytest
import yaml
from django.conf import LazySettings
from django.test import Client

from villes_internet.launch.bootstrap import PROJECT
from villes_internet.launch.checks import PRODUCTION
from villes_internet.pages.checks import identity_is_complete

MISSING = "à compléter par l’association"
LEGAL = ("/mentions-legales/", "/donnees-personnelles/", "/accessibilite/")


def said(client: Client) -> str:
    return "".join(client.get(url).content.decode() for url in LEGAL)


@pytest.fixture
def nobody(settings: LazySettings) -> LazySettings:
    settings.IDENTITY = dict.fromkeys(settings.IDENTITY, "")
    return settings


def test_each_thing_that_is_known_is_said(client: Client, nobody: LazySettings) -> None:
    known = {name: f"{name.lower()}@label.example" for name in nobody.IDENTITY}
    nobody.IDENTITY = known
    shown = said(client) + client.get("/.well-known/security.txt").content.decode()
    assert [name for name, value in known.items() if value not in shown] == []
    assert "le seront par l’association" not in shown


def test_each_thing_that_is_missing_is_said_to_be(client: Client, nobody: LazySettings) -> None:
    page = client.get("/mentions-legales/").content.decode()
    assert page.count(MISSING) == 9  # the two contacts are on other pages
    assert "le seront par l’association" in page
    assert all(MISSING in client.get(url).content.decode() for url in LEGAL)


def test_the_check_of_production_names_what_is_missing(nobody: LazySettings) -> None:
    found = identity_is_complete(app_configs=None)
    assert [warning.id for warning in found] == [f"pages.{name}" for name in nobody.IDENTITY]
    nobody.IDENTITY = dict.fromkeys(nobody.IDENTITY, "connu")
    assert identity_is_complete(app_configs=None) == []


def test_each_variable_is_documented_and_given_to_every_process(settings: LazySettings) -> None:
    readme = (PROJECT / "README.md").read_text()
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    for name in (*settings.IDENTITY, "MAINTENANCE"):
        assert f"`{name}`" in readme
        assert name in compose["services"]["web"]["environment"]
        assert name in compose["services"]["worker"]["environment"]
    assert settings.IDENTITY.keys() <= PRODUCTION.keys()
