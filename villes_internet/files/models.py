"""One private store: a content is kept once, whoever sent it and however often."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A content known by its SHA-256. Its name and its rights belong to the row that refers to it.

    `size` is in bytes, `width` and `height` in pixels for a picture.
    """

    sha256 = models.CharField("empreinte", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("taille en octets")
    content_type = models.CharField("nature", max_length=100)
    width = models.PositiveIntegerField("largeur", null=True, blank=True)
    height = models.PositiveIntegerField("hauteur", null=True, blank=True)
    created_at = models.DateTimeField("conservé le")

    class Meta:
        verbose_name = "fichier"
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="stored_file_sha256",
                violation_error_message="L’empreinte d’un fichier a 64 chiffres hexadécimaux.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="stored_file_not_empty",
                violation_error_message="Un fichier conservé n’est jamais vide.",
            ),
            models.CheckConstraint(
                condition=Q(width=None, height=None)
                | Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0),
                name="stored_file_two_dimensions",
                violation_error_message="Une image a une largeur et une hauteur.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.content_type} {self.sha256[:12]}"

    @property
    def path(self) -> str:
        """Its place in the default storage, by content alone."""
        return f"contents/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
