"""What a deposit freezes, and what the jury's decision gives back."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.models.approval import Approval
from candidatures.models.candidature import Candidature
from labels.choices import CandidateType
from labels.models import Award
from villes_internet.files.models import StoredFile


class DepositQuerySet(models.QuerySet["Deposit"]):
    def standing(self) -> Self:
        """Those that were not taken back: what the jury reads, one a candidature at most."""
        return self.filter(withdrawn_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-number")

    def without_dossiers(self) -> Self:
        """Who and when, and not the long texts."""
        return self.select_related("deposited_by", "withdrawn_by").defer(
            "snapshot", "perimeter", "admission"
        )


class Deposit(models.Model):
    """The dossier as it was deposited: what the receipt prints and what the jury reads.

    A candidature taken back and deposited again has several, numbered from 1; one at most stands.
    `snapshot` is described in `candidatures.snapshot`; `sha256` is that of its canonical JSON.
    `perimeter` lists the communes covered that day: code, name, population (inhabitants).
    `admission` lists the conditions of that day: `candidatures.admission.frozen` describes it.
    """

    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="deposits")
    number = models.PositiveSmallIntegerField("numéro", default=1)
    deposited_at = models.DateTimeField("déposée le")
    deposited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="déposée par", related_name="+"
    )
    candidate_type = models.CharField("type", max_length=10, choices=CandidateType.choices)
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    perimeter = models.JSONField("périmètre")
    admission = models.JSONField("conditions d’admission", default=list)
    snapshot = models.JSONField("dossier")
    sha256 = models.CharField("empreinte", max_length=64)
    receipt = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        verbose_name="accusé de réception",
        null=True,
        blank=True,
        related_name="+",
    )
    approval = models.ForeignKey(
        Approval,
        models.PROTECT,
        verbose_name="accord",
        null=True,
        blank=True,
        related_name="+",
        help_text="Celui sous lequel elle a été déposée, quand l’édition en demande un.",
    )
    receipt_queued_at = models.DateTimeField("accusé de réception confié le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="retiré par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DepositQuerySet.as_manager()

    class Meta:
        verbose_name = "dépôt"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(withdrawn_at=None),
                name="deposit_one_stands",
                violation_error_message="Un dépôt tient déjà pour cette candidature.",
            ),
            models.UniqueConstraint(
                fields=["candidature", "number"],
                name="deposit_number_once",
                violation_error_message="Cette candidature a déjà un dépôt de ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="deposit_withdrawal_signed",
                violation_error_message="Le retrait d’un dépôt est daté et signé.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} de {self.candidature}"

    @property
    def name(self) -> str:
        return f"Dépôt n°\N{NO-BREAK SPACE}{self.number}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class Result(models.Model):
    """What the jury answers to the territory: its own rows, written by the proclamation."""

    candidature = models.OneToOneField(Candidature, models.PROTECT, related_name="result")
    award = models.ForeignKey(Award, models.PROTECT, related_name="+")
    letter = models.TextField("mot du jury", blank=True)
    returned_at = models.DateTimeField("rendu le")

    class Meta:
        verbose_name = "résultat"

    def __str__(self) -> str:
        return f"Résultat de {self.candidature}"
