"""Who asked to be left in peace."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from candidatures.models.candidature import Candidature


class StoppedReminders(models.Model):
    """A person who wants no reminder of one candidature any more; taken away when they do again."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="personne", related_name="+"
    )
    stopped_at = models.DateTimeField("arrêtés le")

    class Meta:
        verbose_name = "rappels arrêtés"
        verbose_name_plural = "rappels arrêtés"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature", "user"],
                name="reminders_stopped_once",
                violation_error_message="Cette personne a déjà arrêté ces rappels.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} – {self.candidature_id}"
