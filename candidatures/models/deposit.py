"""What a deposit freezes, and what the jury's decision gives back."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from candidatures.models.candidature import Candidature
from labels.choices import CandidateType
from labels.models import Award
from villes_internet.files.models import StoredFile


class Deposit(models.Model):
    """The dossier as it was deposited: what the receipt prints and what the jury reads.

    `snapshot` is described in `candidatures.snapshot`; `sha256` is that of its canonical JSON.
    `perimeter` lists the communes covered that day: code, name, population (inhabitants).
    """

    candidature = models.OneToOneField(Candidature, models.PROTECT, related_name="deposit")
    deposited_at = models.DateTimeField("déposée le")
    deposited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="déposée par", related_name="+"
    )
    candidate_type = models.CharField("type", max_length=10, choices=CandidateType.choices)
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    perimeter = models.JSONField("périmètre")
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
    receipt_queued_at = models.DateTimeField("accusé de réception confié le", null=True, blank=True)

    class Meta:
        verbose_name = "dépôt"

    def __str__(self) -> str:
        return f"Dépôt de {self.candidature}"


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
