"""What became of a sheet, edition after edition."""

from __future__ import annotations

from typing import Self

from django.db import models

from atlaas.choices import SheetEvent
from atlaas.models.sheet import Sheet
from labels.models import Edition


class SheetEntryQuerySet(models.QuerySet["SheetEntry"]):
    def in_order(self) -> Self:
        return self.select_related("edition").order_by("at", "pk")


class SheetEntry(models.Model):
    """One line of the public history of a sheet, written by the proclamation of an edition."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="history")
    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    event = models.CharField("événement", max_length=9, choices=SheetEvent.choices)
    at = models.DateTimeField("le")

    objects = SheetEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de l’historique d’une fiche"
        verbose_name_plural = "historique d’une fiche"
        constraints = (
            models.UniqueConstraint(
                "sheet",
                "edition",
                name="sheet_entry_once_per_edition",
                violation_error_message="L’historique dit déjà ce que cette édition en a fait.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_event_display()} ({self.edition_id})"
