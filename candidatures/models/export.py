"""What the staff asked to take away of a campaign, and how far its making is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from candidatures.choices import EXPORT_TRANSITIONS, ExportFormat, ExportState
from labels.models import Edition
from villes_internet.calendar import day_of
from villes_internet.files.models import StoredFile

KEPT = timedelta(days=7)


class ExportQuerySet(models.QuerySet["Export"]):
    def of_edition(self, edition: Edition) -> Self:
        return self.filter(edition=edition)

    def moving_to(self, state: ExportState) -> Self:
        """Those that may become `state`: the guard of each change."""
        return self.filter(
            state__in=[old for old, new in EXPORT_TRANSITIONS.items() if state in new]
        )

    def latest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class Export(models.Model):
    """The candidatures are those of the day it was asked, by their keys.

    `attempts` numbers each taking in hand: a process that was thought dead, and was not, sees by it
    that another has its place. `beaten_at` is its last sign of life.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    format = models.CharField("format", max_length=4, choices=ExportFormat.choices)
    candidatures = ArrayField(models.BigIntegerField(), verbose_name="candidatures")
    criteria = models.CharField("ce qui a été choisi", max_length=500)
    requested_at = models.DateTimeField("demandé le")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="demandé par", related_name="+"
    )
    state = models.CharField(
        "état", max_length=7, choices=ExportState.choices, default=ExportState.WAITING
    )
    queued_at = models.DateTimeField("confié le")
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    beaten_at = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    done = models.PositiveIntegerField("dossiers écrits", default=0)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="fichier", null=True, blank=True, related_name="+"
    )
    error = models.CharField("erreur", max_length=300, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        indexes = (models.Index(fields=["state", "queued_at"], name="export_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ExportState.READY, file__isnull=False)
                | (~Q(state=ExportState.READY) & Q(file=None)),
                name="export_ready_has_file",
                violation_error_message="Un export prêt a un fichier, et lui seul.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.RUNNING)
                | Q(beaten_at__isnull=False, attempts__gt=0),
                name="export_running_taken",
                violation_error_message="Un export en préparation a été pris en charge.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.FAILED) | ~Q(error=""),
                name="export_failure_said",
                violation_error_message="Un export qui a échoué dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("candidatures__len")),
                name="export_no_more_than_asked",
                violation_error_message="Un export n’écrit pas plus de dossiers que demandé.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_format_display()} – {self.edition_id}"

    @property
    def total(self) -> int:
        return len(self.candidatures)

    @property
    def is_under_way(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.RUNNING}

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY

    @property
    def removed_after(self) -> datetime | None:
        """When its file goes away."""
        return self.finished_at + KEPT if self.finished_at else None

    @property
    def name(self) -> str:
        """That of its file, of the day it was asked: « candidatures-2027-du-2026-11-23.xlsx »."""
        suffix = self.format if self.format in {ExportFormat.XLSX, ExportFormat.ODS} else "zip"
        what = "dossiers" if self.format == ExportFormat.PDF else "candidatures"
        return f"{what}-{self.edition.year}-du-{day_of(self.requested_at)}.{suffix}"
