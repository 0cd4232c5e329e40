"""What the whole library amounts to, worked out once for each version of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max

from atlaas.models import Sheet
from labels.mosaic import Weights

KEPT = 24 * 3600  # seconds
HIGHLIGHTS = 6


@dataclass(frozen=True)
class Library:
    """How many sheets are published; what they weigh in the mosaïque; the latest, by primary key,
    no two of the same territory."""

    sheets: int
    weights: Weights
    highlights: tuple[int, ...]


def library() -> Library:
    """One query, and three more for the first to ask since a sheet changed."""
    found = Sheet.objects.aggregate(sheets=Count("pk"), changed=Max("updated_at"))
    if not found["sheets"]:
        return Library(0, Weights(), ())
    key = f"library-{found['sheets']}-{found['changed'].timestamp()}"
    known: Library | None = cache.get(key)
    if known is None:
        sheets = Sheet.objects.all()
        newest = sheets.latest_of_each_territory().latest_first()[:HIGHLIGHTS]
        known = Library(
            found["sheets"], sheets.weights(), tuple(newest.values_list("pk", flat=True))
        )
        cache.set(key, known, KEPT)
    return known
