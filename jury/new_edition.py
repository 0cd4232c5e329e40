"""What jury puts into a new edition: the criteria, and the rules of its jury."""

from __future__ import annotations

import tomllib
from pathlib import Path

from jury.models import Criterion, JuryRules
from labels.models import Edition

DATA = Path(__file__).parent / "data"
COPIED_FIELDS = (
    "code",
    "name",
    "guidance",
    "weight",
    "scale_max",
    "levels",
    "is_required",
    "counts_in_total",
    "candidate_types",
    "theme_code",
    "position",
)


def prepare(edition: Edition, *, source: Edition | None) -> None:
    """Fill `edition` with the criteria and rules of `source`, or with those shipped here."""
    rules = JuryRules.of(source) if source else JuryRules()
    rules.pk, rules.edition = None, edition
    rules.save(force_insert=True)
    if source:
        rows = list(Criterion.objects.filter(edition=source).values(*COPIED_FIELDS))
    else:
        shipped = tomllib.loads((DATA / "criteria.toml").read_text())["criterion"]
        rows = [fields | {"position": rank} for rank, fields in enumerate(shipped, 1)]
    Criterion.objects.bulk_create(Criterion(edition=edition, **fields) for fields in rows)
