"""Writes many rows at once, through PostgreSQL's COPY."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model


def copy_rows(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    conflict: str | None = None,
) -> None:
    """Insert `rows`; where one has the `conflict` column of a row that exists, update that one.

    To be called in a transaction. `columns` are names in the database, not those of fields.
    """
    table = Identifier(model._meta.db_table)
    incoming = Identifier(f"incoming_{model._meta.model_name}")
    names = SQL(", ").join(map(Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                incoming, names, table
            )
        )
        with cursor.copy(SQL("COPY {} FROM STDIN").format(incoming)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(table, names, names, incoming)
            + (_update(columns, conflict) if conflict else SQL(""))
        )
        cursor.execute(SQL("DROP TABLE {}").format(incoming))


def _update(columns: Sequence[str], conflict: str) -> Composed:
    values = SQL(", ").join(
        SQL("{0} = EXCLUDED.{0}").format(Identifier(column))
        for column in columns
        if column != conflict
    )
    return SQL(" ON CONFLICT ({}) DO UPDATE SET {}").format(Identifier(conflict), values)
