"""What jury puts into a new edition: the criteria."""

from __future__ import annotations

import tomllib
from pathlib import Path

from jury.models import Criterion
from labels.models import Edition

DATA = Path(__file__).parent / "data"
COPIED_FIELDS = ("code", "name", "guidance", "weight", "scale_max", "levels", "position")


def prepare(edition: Edition, *, source: Edition | None) -> None:
    """Fill `edition` with the criteria of `source`, or with those shipped here."""
    if source:
        rows = list(Criterion.objects.filter(edition=source).values(*COPIED_FIELDS))
    else:
        shipped = tomllib.loads((DATA / "criteria.toml").read_text())["criterion"]
        rows = [fields | {"position": rank} for rank, fields in enumerate(shipped, 1)]
    Criterion.objects.bulk_create(Criterion(edition=edition, **fields) for fields in rows)
