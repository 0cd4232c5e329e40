"""The pictures of a practice: shared by a candidature's initiative and by its public sheet."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from atlaas.models.sheet import Sheet
from villes_internet.files.models import StoredFile

MOST_ILLUSTRATIONS = 3
# Longest side in pixels, and bytes: a sheet with one in sight stays within what a page may weigh.
MEDIUM = (800, 22_000)
SMALL = (400, 9_000)


class IllustrationQuerySet(models.QuerySet["Illustration"]):
    def in_order(self) -> Self:
        """In the order in which they were sent, with the sizes that a page shows."""
        return self.select_related("medium", "small").order_by("pk")


class Illustration(models.Model):
    """A picture, with the words for those who do not see it, and whose it is.

    `file` is the whole picture, without its metadata; `medium` and `small` are what pages show.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="image", related_name="+")
    medium = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="image moyenne", related_name="+"
    )
    small = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="petite image", related_name="+"
    )
    alternative = models.CharField("description de l’image", max_length=300)
    credit = models.CharField("crédit", max_length=120)

    objects = IllustrationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(alternative="") & ~Q(credit=""),
                name="%(class)s_described_and_credited",
                violation_error_message="Une image a une description et un crédit.",
            ),
        )

    def __str__(self) -> str:
        return self.alternative

    ILLUSTRATION_FIELDS = ("file_id", "medium_id", "small_id", "alternative", "credit")

    @property
    def width(self) -> int | None:
        """In pixels, of the medium picture, to be fetched ahead; so are the two others."""
        return self.medium.width

    @property
    def height(self) -> int | None:
        return self.medium.height

    @property
    def small_width(self) -> int | None:
        return self.small.width

    def sized(self, size: str) -> StoredFile | None:
        """By the word of its address; None when there is no such size."""
        return {"petite": self.small, "moyenne": self.medium, "grande": self.file}.get(size)


class SheetIllustration(Illustration):
    """A public picture: it exists from the day its sheet is published."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="illustrations")

    class Meta(Illustration.Meta):
        verbose_name = "image d’une fiche"
        verbose_name_plural = "images d’une fiche"
