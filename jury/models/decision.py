"""What the jury decides, in secret until the proclamation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.models import Candidature
from labels.models import Edition, Mention
from villes_internet.journal import JournalEntry


class Decision(models.Model):
    """One per candidature: arobases, mentions, the TEN title, and the word to the territory."""

    candidature = models.OneToOneField(Candidature, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("arobases")
    mentions = models.ManyToManyField(Mention, blank=True, related_name="+")
    is_ten = models.BooleanField("Territoire d’Excellence Numérique", default=False)
    letter = models.TextField("mot du jury à la collectivité", max_length=5000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="décidée par", related_name="+"
    )
    decided_at = models.DateTimeField("décidée le")

    class Meta:
        verbose_name = "décision"
        constraints = (
            models.CheckConstraint(
                condition=Q(level__range=(1, 5)),
                name="decision_level_one_to_five",
                violation_error_message="Un label compte de 1 à 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(is_ten=False) | Q(level=5),
                name="decision_ten_has_five_arobases",
                violation_error_message="Le titre Territoire d’Excellence Numérique suppose "
                "5 arobases.",
            ),
        )

    def __str__(self) -> str:
        return f"Décision sur {self.candidature}"


class JuryEntry(JournalEntry):
    """The journal of an edition's jury, for the chair."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    candidature = models.ForeignKey(Candidature, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
