"""Brings the territories of France of one year from INSEE's and the DGCL's files into the base."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from villes_internet.territories.importing import checking, loading, reading
from villes_internet.territories.importing.plan import Plan, compare
from villes_internet.territories.importing.rows import MalformedDataError, Problem
from villes_internet.territories.importing.state import known, wanted
from villes_internet.territories.models import Perimeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from villes_internet.territories.importing.rows import Dataset

__all__ = ["DATA", "DATA_YEAR", "MalformedDataError", "OutdatedDataError", "Plan", "Problem"]

DATA = Path(__file__).parents[1] / "data"
DATA_YEAR = 2026
STEPS = (
    "Lecture des fichiers",
    "Vérification",
    "Comparaison avec la base",
    "Collectivités",
    "Autres noms",
    "Périmètres des intercommunalités",
)


class OutdatedDataError(Exception):
    """The base already holds the data of a later year."""


def import_territories(
    directory: Path = DATA,
    *,
    year: int = DATA_YEAR,
    write: bool = True,
    on_step: Callable[[str], None] = lambda _: None,
) -> Plan:
    """Bring the files of `directory`, true on 1 January of `year`; all of them or nothing.

    Returns what changed, or what would have if not `write`. Calls `on_step` with each of `STEPS`
    as it starts. Raises MalformedDataError before anything is written, and OutdatedDataError.
    """
    on_step("Lecture des fichiers")
    data = reading.read(directory)
    on_step("Vérification")
    checking.check(data)
    with transaction.atomic():
        return _load(data, year, write=write, on_step=on_step)


def _load(data: Dataset, year: int, *, write: bool, on_step: Callable[[str], None]) -> Plan:
    if write:
        loading.lock()
    on_step("Comparaison avec la base")
    loaded = Perimeter.objects.aggregate(year=Max("years__startswith"))["year"]
    if loaded and loaded > year:
        raise OutdatedDataError(f"La base contient déjà les données de {loaded}.")
    before = known()
    plan = compare(before, wanted(data, before.places), year=year)
    if write:
        loading.load_areas(data)
        on_step("Collectivités")
        loading.load_territories(plan)
        on_step("Autres noms")
        loading.load_names(plan)
        on_step("Périmètres des intercommunalités")
        loading.load_perimeters(plan)
        if not plan.is_empty:
            loading.index_names()
            loading.settle()
    return plan
