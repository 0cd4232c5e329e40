"""Brings the territories of France into the base: `manage.py import_territories`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from villes_internet.territories.importing import (
    DATA,
    DATA_YEAR,
    STEPS,
    MalformedDataError,
    OutdatedDataError,
    import_territories,
)
from villes_internet.territories.importing.telling import EXAMPLES, number, tell

SHOWN_PROBLEMS = 50
BAR = 24  # characters


class Command(BaseCommand):
    help = "Charge les communes et les intercommunalités de France."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory", type=Path, default=DATA, help="dossier des fichiers CSV à charger"
        )
        parser.add_argument(
            "--year",
            type=int,
            default=DATA_YEAR,
            help="année dont les données sont vraies au 1er janvier",
        )
        parser.add_argument(
            "--check", action="store_true", help="dit ce qui changerait, sans rien écrire"
        )

    def handle(
        self, *, directory: Path, year: int, check: bool, verbosity: int, **options: Any
    ) -> None:
        started = monotonic()
        try:
            plan = import_territories(directory, year=year, write=not check, on_step=self.step)
        except MalformedDataError as error:
            self.end_bar()
            for problem in error.problems[:SHOWN_PROBLEMS]:
                self.stderr.write(str(problem))
            count = number(len(error.problems))
            raise CommandError(
                f"{count} anomalie(s) dans les fichiers\u00a0: rien n’est chargé."
            ) from error
        except OutdatedDataError as error:
            self.end_bar()
            if directory != DATA:
                raise CommandError(f"{error} Rien n’est chargé.") from error
            self.stdout.write(f"{error} Rien à charger.")  # each start of the platform asks
            return
        self.end_bar()
        for line in tell(plan, examples=None if verbosity > 1 else EXAMPLES):
            self.stdout.write(line)
        done = "Vérifié, rien n’est écrit" if check else "Chargé"
        seconds = f"{monotonic() - started:.1f}".replace(".", ",")
        self.stdout.write(self.style.SUCCESS(f"{done} en {seconds}\u00a0s."))

    def step(self, name: str) -> None:
        """A bar that fills up on a terminal, a line elsewhere."""
        if not self.stdout.isatty():
            self.stdout.write(f"{name}…")
            return
        done = STEPS.index(name) * BAR // len(STEPS)
        bar = "█" * done + "░" * (BAR - done)
        self.stdout.write(f"\r{bar} {name}…\033[K", ending="")
        sys.stdout.flush()

    def end_bar(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\033[K", ending="")
