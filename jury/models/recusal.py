"""What a juror has to do with collectivités, and what they may not read because of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.models import Candidature
from jury.choices import AffiliationKind, RecusalOrigin
from jury.models.juror import Juror
from villes_internet.territories.models import Department, Territory


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def with_places(self) -> Self:
        return self.select_related("territory__department", "department", "added_by")

    def in_order(self) -> Self:
        return self.order_by("kind", "pk")


class Affiliation(models.Model):
    """A lien d'intérêts: what ties a juror to a collectivité, or to a whole département.

    A mandate or an employment may be of today (`is_current`) or of the past.
    """

    juror = models.ForeignKey(
        Juror, models.CASCADE, verbose_name="juré·e", related_name="affiliations"
    )
    kind = models.CharField("lien", max_length=10, choices=AffiliationKind.choices)
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        verbose_name="collectivité",
        null=True,
        blank=True,
        related_name="+",
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name="département",
        null=True,
        blank=True,
        related_name="+",
    )
    is_current = models.BooleanField("aujourd’hui", default=False)
    note = models.CharField("précision", max_length=200, blank=True)
    added_at = models.DateTimeField("noté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="noté par", related_name="+"
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "lien d’intérêts"
        verbose_name_plural = "liens d’intérêts"
        constraints = (
            models.CheckConstraint(
                condition=Q(territory__isnull=False, department=None)
                | Q(territory=None, department__isnull=False),
                name="affiliation_to_one_place",
                violation_error_message="Un lien est avec une collectivité ou un département.",
            ),
            models.UniqueConstraint(
                fields=["juror", "kind", "territory", "department"],
                nulls_distinct=False,
                name="affiliation_once",
                violation_error_message="Ce lien est déjà noté.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.territory or self.department}"


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def standing(self) -> Self:
        """Those that were not lifted."""
        return self.filter(lifted_at=None)

    def with_people(self) -> Self:
        return self.select_related(
            "juror__user",
            "juror__edition",
            "candidature__territory",
            "candidature__edition",
            "recused_by",
            "lifted_by",
        )

    def by_name(self) -> Self:
        return self.order_by("candidature__territory__sort_key", "pk")


class Recusal(models.Model):
    """A déport: this juror has nothing to do with this dossier, and sees nothing of it.

    The staff may lift it, with a reason: it stays here, and does not come back by itself.
    """

    juror = models.ForeignKey(Juror, models.PROTECT, verbose_name="juré·e", related_name="recusals")
    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="+")
    origin = models.CharField(
        "origine", max_length=9, choices=RecusalOrigin.choices, default=RecusalOrigin.IMPOSED
    )
    reason = models.CharField("raison", max_length=300)
    recused_at = models.DateTimeField("prononcé le")
    recused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="prononcé par",
        null=True,
        blank=True,
        related_name="+",
        help_text="Personne, pour celui qui suit d’un lien d’intérêts.",
    )
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="levé par",
        null=True,
        blank=True,
        related_name="+",
    )
    lift_reason = models.CharField("raison de la levée", max_length=300, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "déport"
        constraints = (
            models.UniqueConstraint(
                fields=["juror", "candidature"],
                name="recusal_once",
                violation_error_message="Cette personne est déjà déportée de ce dossier.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="recusal_lifted_signed",
                violation_error_message="La levée d’un déport est datée, signée et motivée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.juror} se déporte de {self.candidature}"
