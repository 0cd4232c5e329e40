"""Brings the database to what the code expects. Each step is idempotent, and quick when done."""

import os
import sys

import django
from django.core.management import call_command, get_commands

from villes_internet.launch.bootstrap import VAR

STEPS = {
    "migrate": "schéma",
    "install_broker": "file des tâches",
    "createcachetable": "cache",
    "import_territories": "territoires",
    "load_demonstration": "démonstration",
}


def main() -> None:
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # the terminal is for the steps
    django.setup()
    known = get_commands()
    with (VAR / "log" / "prepare.log").open("w") as log:
        for command, label in STEPS.items():
            if command in known:
                print(label, end=" ", flush=True)
                call_command(command, stdout=log, stderr=log)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        full = "No space left on device" in str(error)
        sys.exit("\nLe disque est plein." if full else f"\n{type(error).__name__} : {error}")
