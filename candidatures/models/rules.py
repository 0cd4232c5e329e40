"""What an edition asks of whoever deposits: engagements to accept, conditions to meet."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.choices import CheckedBy
from candidatures.models.candidature import Candidature
from candidatures.models.deposit import Deposit
from labels.models import Edition


class Rule(models.Model):
    """What engagements and conditions share: an edition, a place in its list, an end."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField("ordre")
    retired_at = models.DateTimeField("remplacé ou retiré le", null=True, blank=True)

    class Meta:
        abstract = True

    # What the staff write of it.
    WORDS: tuple[str, ...] = ()


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def of(self, edition: Edition) -> Self:
        """Those of the edition today, in order: neither replaced nor withdrawn."""
        return self.filter(edition=edition, retired_at=None).order_by("position", "pk")


class Engagement(Rule):
    """A text that the territory accepts by depositing, in one of its versions.

    Once a deposit accepted it its words change no more: another row takes its place, its version
    one higher.
    """

    title = models.CharField(
        "engagement", max_length=120, help_text="À côté de la case : « Nous certifions… »."
    )
    text = models.TextField("texte accepté", max_length=2_000)
    version = models.PositiveSmallIntegerField("version", default=1)
    replaced_by = models.OneToOneField(
        "self",
        models.SET_NULL,
        verbose_name="remplacé par",
        null=True,
        blank=True,
        related_name="replaces",
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement"

    WORDS = ("title", "text")

    def __str__(self) -> str:
        return self.title


class Acceptance(models.Model):
    """Who accepted which version of an engagement, when, by which deposit."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="acceptances")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField("accepté le")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="accepté par", related_name="+"
    )

    class Meta:
        verbose_name = "engagement accepté"
        verbose_name_plural = "engagements acceptés"
        constraints = (
            models.UniqueConstraint(
                fields=["deposit", "engagement"],
                name="acceptance_once",
                violation_error_message="Ce dépôt accepte déjà cet engagement.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deposit_id} – {self.engagement_id}"


class ConditionQuerySet(models.QuerySet["Condition"]):
    def of(self, edition: Edition) -> Self:
        """Those of the edition today, in order: neither replaced nor withdrawn."""
        return self.filter(edition=edition, retired_at=None).order_by("position", "pk")


class Condition(Rule):
    """What a territory must meet to be admitted; one that blocks refuses the deposit."""

    label = models.CharField("condition", max_length=200)
    help = models.CharField("aide", max_length=500, blank=True)
    checked_by = models.CharField(
        "qui répond", max_length=9, choices=CheckedBy.choices, default=CheckedBy.STAFF
    )
    is_blocking = models.BooleanField(
        "bloquante",
        default=True,
        help_text="Non remplie, elle empêche de déposer. Sinon, elle est seulement signalée.",
    )

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = "condition d’admission"
        verbose_name_plural = "conditions d’admission"

    WORDS = ("label", "help", "checked_by", "is_blocking")

    def __str__(self) -> str:
        return self.label


class ConditionCheck(models.Model):
    """What the staff found of a condition for one candidature; `note` is read by the territory."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="checks")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="+")
    is_met = models.BooleanField("remplie")
    note = models.CharField("note", max_length=300, blank=True)
    checked_at = models.DateTimeField("vérifiée le")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="vérifiée par", related_name="+"
    )

    class Meta:
        verbose_name = "vérification"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature", "condition"],
                name="condition_checked_once",
                violation_error_message="Cette condition est déjà vérifiée.",
            ),
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(note=""),
                name="condition_not_met_says_why",
                violation_error_message="Dites à la collectivité pourquoi elle n’est pas remplie.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidature_id} – {self.condition_id}"
