"""Writes a plan into the database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.indexes import GinIndex
from django.db import connection
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Concat
from psycopg.sql import SQL, Identifier

from villes_internet.territories import spelling
from villes_internet.territories.importing.copying import copy_rows
from villes_internet.territories.importing.state import Place
from villes_internet.territories.models import (
    Department,
    Perimeter,
    Region,
    Territory,
    TerritoryName,
)

if TYPE_CHECKING:
    from villes_internet.territories.importing.plan import Plan
    from villes_internet.territories.importing.rows import Dataset

REGION = ("code", "name", "zone")
DEPARTMENT = ("code", "name", "zone", "region_id")
NAME = ("territory_id", "kind", "name", "sort_key", "code")


def lock() -> None:
    """Wait for another import to end; people go on reading meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE territories_territory IN SHARE ROW EXCLUSIVE MODE")


def load_areas(data: Dataset) -> None:
    """Write the régions and the départements, where they differ from what is known."""
    known = {
        model: set(model.objects.values_list(*columns))
        for model, columns in ((Region, REGION), (Department, DEPARTMENT))
    }
    regions = {(row.code, spelling.typographic(row.name), row.zone) for row in data.regions}
    departments = {
        (row.code, spelling.typographic(row.name), row.zone, row.region) for row in data.departments
    }
    if regions - known[Region]:
        copy_rows(Region, REGION, regions - known[Region], conflict="code")
    if departments - known[Department]:
        copy_rows(Department, DEPARTMENT, departments - known[Department], conflict="code")


def load_territories(plan: Plan) -> None:
    """Write those that appeared, changed or came back, and date the end of those that vanished."""
    if plan.to_write:
        rows = ((*place, None, None) for place in plan.to_write)
        columns = (*Place._fields, "vanished_on", "successor_id")
        copy_rows(Territory, columns, rows, conflict="code")
    pks = primary_keys() if plan.vanished else {}
    for place, successor in plan.vanished:
        Territory.objects.filter(code=place.code).update(
            vanished_on=date(plan.year, 1, 1),
            successor=pks[successor.code] if successor else None,
        )


def load_names(plan: Plan) -> None:
    TerritoryName.objects.filter(pk__in=plan.names_removed).delete()
    if plan.names_added:
        pks = primary_keys()
        rows = (
            (pks[name.territory], name.kind, name.name, spelling.sort_key(name.name), name.code)
            for name in plan.names_added
        )
        copy_rows(TerritoryName, NAME, rows)


def index_names() -> None:
    """Copy the keys of the other names beside the territory, where one index finds them all."""
    keys = TerritoryName.objects.filter(territory=OuterRef("pk")).exclude(sort_key="")
    joined = keys.values("territory").values(joined=StringAgg("sort_key", "|", order_by="sort_key"))
    wanted = Case(
        When(
            Exists(keys),
            then=Concat(Value("|"), Subquery(joined), Value("|"), output_field=TextField()),
        ),
        default=Value(""),
        output_field=TextField(),
    )
    concerned = Territory.objects.filter(Exists(keys) | ~Q(other_keys=""))
    concerned.annotate(wanted_keys=wanted).exclude(other_keys=F("wanted_keys")).update(
        other_keys=wanted
    )


def load_perimeters(plan: Plan) -> None:
    """Close those left at the start of the year, and open the new ones then.

    One opened the same year was a mistake of that year's first data: it never took effect.
    """
    mistaken = [perimeter.pk for perimeter in plan.closed if perimeter.since >= plan.year]
    Perimeter.objects.filter(pk__in=mistaken).delete()
    closed = Perimeter.objects.in_bulk([p.pk for p in plan.closed if p.since < plan.year])
    for perimeter in closed.values():
        perimeter.years = NumericRange(perimeter.years.lower, plan.year)
    Perimeter.objects.bulk_update(closed.values(), ["years"], batch_size=1000)
    if plan.opened:
        pks = primary_keys()
        rows = ((pks[commune], pks[epci], f"[{plan.year},)") for commune, epci in plan.opened)
        copy_rows(Perimeter, ("commune_id", "epci_id", "years"), rows)


def settle() -> None:
    """Tidy what so many rows leave behind: the first search must not scan the whole of France.

    The planner learns the new rows, and what waits to be sorted into the GIN indexes is.
    """
    with connection.cursor() as cursor:
        for index in Territory._meta.indexes:
            if isinstance(index, GinIndex):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.name])
        for model in (Region, Department, Territory, TerritoryName, Perimeter):
            cursor.execute(SQL("ANALYZE {}").format(Identifier(model._meta.db_table)))


def primary_keys() -> dict[str, int]:
    return dict(Territory.objects.values_list("code", "pk"))
