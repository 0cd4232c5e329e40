"""What those who deposited think of the platform: said once, by nobody in particular."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.choices import Ease, TimeSpent
from candidatures.models.candidature import Candidature
from labels.models import Edition


class Feedback(models.Model):
    """An anonymous opinion: no person, no territory, no hour, and a key that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="édition", related_name="+")
    ease = models.PositiveSmallIntegerField("facilité", choices=Ease.choices)
    time_spent = models.CharField("temps passé", max_length=8, choices=TimeSpent.choices)
    wish = models.TextField("à changer", max_length=1000, blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        constraints = (
            models.CheckConstraint(
                condition=Q(ease__in=Ease.values),
                name="feedback_ease_in_scale",
                violation_error_message="La facilité va de 1 à 5.",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_ease_display())


class FeedbackGiven(models.Model):
    """That somebody gave theirs about a candidature, so as not to be asked again; not which one."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="personne", related_name="+"
    )

    class Meta:
        verbose_name = "avis donné"
        verbose_name_plural = "avis donnés"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature", "user"],
                name="feedback_once",
                violation_error_message="Cette personne a déjà donné son avis.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} – {self.candidature_id}"
