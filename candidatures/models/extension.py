"""More time given to one candidature by the association."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.models.candidature import Candidature


class Extension(models.Model):
    """Until which day one candidature may be deposited, who granted it and why.

    One at most stands: granting another revokes it. The day that stands is also
    `Candidature.extended_until`, so that every page knows it without asking.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="extensions")
    until = models.DateField("dernier jour accordé")
    reason = models.CharField("motif", max_length=300)
    granted_at = models.DateTimeField("accordée le")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="accordée par", related_name="+"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="retirée par",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "prolongation"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(revoked_at=None),
                name="extension_one_stands",
                violation_error_message="Une prolongation tient déjà pour cette candidature.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="extension_revocation_signed",
                violation_error_message="Le retrait d’une prolongation est daté et signé.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidature_id} – {self.until}"

    @property
    def stands(self) -> bool:
        return self.revoked_at is None
