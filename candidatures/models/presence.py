"""Who has the dossier under their eyes now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from candidatures.models.candidature import Candidature
from villes_internet.users.models import User

STILL_HERE = timedelta(seconds=75)  # three of the signs that an open page gives


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self, candidature: Candidature, *, at: datetime) -> Self:
        """Those who gave a sign lately, the first come first."""
        return (
            self.filter(candidature=candidature, seen_at__gt=at - STILL_HERE)
            .select_related("user", "section")
            .order_by("pk")
        )

    def besides(self, user: User) -> Self:
        return self.exclude(user=user)


class Presence(models.Model):
    """Where a person was last seen in a candidature: one row a person, written over."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="personne", related_name="+"
    )
    section = models.ForeignKey(
        "candidatures.Section",
        models.SET_NULL,
        verbose_name="rubrique",
        null=True,
        help_text="Vide ailleurs que dans le questionnaire.",
        related_name="+",
    )
    seen_at = models.DateTimeField("vue le")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "présence"
        constraints = (
            models.UniqueConstraint("candidature", "user", name="presence_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} – {self.candidature_id}"
