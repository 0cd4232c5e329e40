"""The production files stay in step with the settings, the launcher and the tree."""

import re
from typing import Any

import pytest
import yaml

from villes_internet.launch.bootstrap import PDF_PACKAGES, PROJECT
from villes_internet.launch.checks import PRODUCTION

APPLICATION = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return content


def test_every_process_of_the_application_is_given_what_the_settings_refuse_to_start_without(
    compose: dict[str, Any],
) -> None:
    settings = (PROJECT / "villes_internet/settings/base.py").read_text()
    required = set(re.findall(r'env\.\w+\(\s*"(\w+)"\s*\)', settings))
    assert "SECRET_KEY" in required
    for name in APPLICATION:
        assert required - compose["services"][name]["environment"].keys() == set()
    assert required - PRODUCTION.keys() == set()


def test_no_secret_is_written_in_the_file(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    for name in ("SECRET_KEY", "EMAIL_URL"):
        assert environment[name] == f"${{{name}:?}}"
    assert "${POSTGRES_PASSWORD:?}" in environment["DATABASE_URL"]


def test_every_volume_and_every_awaited_service_is_declared(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= services.keys()
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]


def test_only_the_reverse_proxy_is_open_to_the_world(compose: dict[str, Any]) -> None:
    assert [name for name, it in compose["services"].items() if "ports" in it] == ["proxy"]


def test_the_image_holds_the_system_libraries_that_a_developer_is_told_to_install() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text()
    assert all(package in dockerfile for package in PDF_PACKAGES)


def test_the_image_is_built_from_folders_that_exist() -> None:
    kept = re.findall(r"^!(.+)$", (PROJECT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in kept if not (PROJECT / name).exists()] == []
