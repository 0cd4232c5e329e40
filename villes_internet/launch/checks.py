"""`make test` and `make lint`: each check named, the tests last."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from villes_internet.launch.bootstrap import PROJECT, Refusal, plainly, step
from villes_internet.launch.postgres import Cluster
from villes_internet.launch.processes import python

# What production asks for, filled with nothing: its settings must load and pass Django's checks.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "villes_internet.settings.base",
    "SECRET_KEY": "not-a-secret-but-long-enough-for-the-checks-of-production-1234567890",
    "SITE_URL": "https://example.org",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgresql://user:password@example.org/database",
    "REDIS_URL": "redis://example.org",
    "EMAIL_URL": "smtp+tls://user:password@example.org:587",
    "DEFAULT_FROM_EMAIL": "label@example.org",
    "CLAMD_URL": "tcp://example.org:3310",
    "PUBLISHER_NAME": "nobody",
    "PUBLISHER_LEGAL_FORM": "none",
    "PUBLISHER_ADDRESS": "nowhere",
    "PUBLISHER_EMAIL": "publisher@example.org",
    "PUBLISHER_PHONE": "none",
    "PUBLICATION_DIRECTOR": "nobody",
    "HOST_NAME": "nobody",
    "HOST_ADDRESS": "nowhere",
    "HOST_PHONE": "none",
    "DPO_CONTACT": "dpo@example.org",
    "SECURITY_CONTACT": "security@example.org",
}


class Check(NamedTuple):
    label: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = {}


def main(goal: str) -> None:
    os.chdir(PROJECT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "villes_internet.settings.test"
    if "DATABASE_URL" not in os.environ:
        Cluster(PROJECT, "postgres-test").lease()
    if failed := lint():
        raise Refusal("Échec : " + ", ".join(failed) + ".")
    if goal == "test":
        print("\nTests", flush=True)
        tests = subprocess.run(python("pytest", "-n", "2", "--create-db"), check=False)
        sys.exit(tests.returncode)


def lint() -> list[str]:
    """Runs every check, prints what the failing ones say, and returns their names."""
    failed = []
    checks = every_check()
    for number, check in enumerate(checks, start=1):
        with step(number, len(checks), check.label):
            outcome = subprocess.run(
                check.command,
                env={**os.environ, **check.environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        if outcome.returncode:
            failed.append(check.label)
            print(outcome.stdout, flush=True)
    return failed


def every_check() -> list[Check]:
    programs = Path(sys.executable).parent
    djade = (str(programs / "djade"), "--check", "--target-version", "5.2")
    templates = [str(path) for path in sorted(Path("templates").rglob("*.html"))]
    manage = (sys.executable, "manage.py")
    return [
        Check("code (ruff)", python("ruff", "check", "--quiet")),
        Check("mise en forme (ruff)", python("ruff", "format", "--check", "--quiet")),
        Check("types (mypy)", python("mypy", "--no-error-summary", ".")),
        Check("ordre des applications (import-linter)", (str(programs / "lint-imports"),)),
        Check("mise en forme des gabarits (djade)", (*djade, *templates)),
        Check(
            "gabarits (djlint)",
            python("djlint", "--lint", "--quiet", "--profile", "django", "templates"),
        ),
        Check("migrations", (*manage, "makemigrations", "--check", "--dry-run")),
        Check(
            "réglages de production",
            (*manage, "check", "--deploy", "--fail-level", "WARNING"),
            PRODUCTION,
        ),
    ]


if __name__ == "__main__":
    with plainly():
        main(sys.argv[1] if len(sys.argv) > 1 else "test")
