"""A correction asked of one answer of a deposited dossier, and nothing else of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from candidatures.choices import CorrectionState
from candidatures.models.deposit import Deposit
from candidatures.models.questionnaire import Question
from villes_internet.calendar import day_of
from villes_internet.files.models import StoredFile


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def asked(self) -> Self:
        """Neither made nor withdrawn, of a deposit that stands; the last day of some is past."""
        return self.filter(state=CorrectionState.ASKED, deposit__withdrawn_at=None)

    def open(self, *, at: datetime) -> Self:
        """Those that may be written now; none once the jury deliberates, whatever was said then."""
        return self.asked().filter(
            until__gte=day_of(at),
            deposit__candidature__edition__deliberates_on__gt=day_of(at),
            deposit__candidature__edition__proclaimed_at=None,
        )

    def unsent(self, *, at: datetime) -> Self:
        """Those whose draft is not sent, and cannot be any more: it is still read."""
        late = self.exclude(written_at=None).exclude(state=CorrectionState.MADE)
        return late.exclude(pk__in=self.model._default_manager.all().open(at=at))

    def with_people(self) -> Self:
        """And without the dossiers, which are long."""
        return self.select_related("question__section", "asked_by", "closed_by").defer("before")

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Correction(models.Model):
    """The staff ask the team to write one answer again, until the end of a day in Paris.

    What is written meanwhile waits in `draft`, stored as an answer is: the dossier does not change
    before it is sent. Then the deposit holds the new answer, and `before` the whole dossier as it
    was, with its fingerprint. Of a question answered by documents, they wait in `documents`.
    """

    deposit = models.ForeignKey(Deposit, models.CASCADE, related_name="corrections")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    request = models.TextField("ce qui est à corriger")
    until = models.DateField("dernier jour")
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="demandée par", related_name="+"
    )
    state = models.CharField(
        "état", max_length=9, choices=CorrectionState.choices, default=CorrectionState.ASKED
    )
    draft = models.TextField("brouillon", blank=True)
    version = models.PositiveIntegerField("version du brouillon", default=0)
    written_at = models.DateTimeField("brouillon écrit le", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="brouillon écrit par",
        null=True,
        blank=True,
        related_name="+",
    )
    before = models.JSONField("dossier d’avant", null=True, blank=True)
    before_sha256 = models.CharField("empreinte d’avant", max_length=64, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="close par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "correction"
        constraints = (
            models.UniqueConstraint(
                fields=["deposit", "question"],
                condition=Q(state=CorrectionState.ASKED),
                name="correction_asked_once",
                violation_error_message="Une correction de cette réponse est déjà demandée.",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.ASKED, closed_at=None, closed_by=None)
                | (
                    ~Q(state=CorrectionState.ASKED)
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                ),
                name="correction_closed_signed",
                violation_error_message="La fin d’une correction est datée et signée.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.MADE)
                | (Q(before__isnull=False) & ~Q(before_sha256="")),
                name="correction_keeps_before",
                violation_error_message="Une correction faite garde le dossier d’avant.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} – {self.deposit_id}"

    @property
    def is_made(self) -> bool:
        return self.state == CorrectionState.MADE

    def is_open(self, *, at: datetime) -> bool:
        """It may be written; fetched with its deposit's candidature and edition."""
        edition = self.deposit.candidature.edition
        return (
            self.state == CorrectionState.ASKED
            and self.deposit.stands
            and day_of(at) <= self.until
            and day_of(at) < edition.deliberates_on
            and edition.proclaimed_at is None
        )


class CorrectionDocumentQuerySet(models.QuerySet["CorrectionDocument"]):
    def drafted(self) -> Self:
        """Those of the new answer."""
        return self.filter(is_drafted=True)

    def in_order(self) -> Self:
        return self.order_by("pk")


class CorrectionDocument(models.Model):
    """A document of an answer to correct: of the one that is deposited, of the draft, or of both.

    Never an attachment of the dossier: whoever reads the dossier does not reach it from there. It
    stays, whatever becomes of the correction.
    """

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("nom du fichier", max_length=200)
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ajouté par", related_name="+"
    )
    is_deposited = models.BooleanField("dans la réponse déposée", default=False)
    is_drafted = models.BooleanField("dans la nouvelle réponse", default=True)

    objects = CorrectionDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document d’une correction"
        verbose_name_plural = "documents d’une correction"
        constraints = (
            models.UniqueConstraint(
                fields=["correction", "file"],
                name="correction_document_once",
                violation_error_message="Ce document est déjà dans cette correction.",
            ),
            models.CheckConstraint(
                condition=Q(is_deposited=True) | Q(is_drafted=True),
                name="correction_document_somewhere",
                violation_error_message="Ce document n’est ni déposé, ni dans le brouillon.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its team reads it; fetched with its correction's deposit."""
        candidature = self.correction.deposit.candidature_id
        return reverse(
            "candidatures:correction_document", args=[candidature, self.correction_id, self.pk]
        )

    @property
    def question_id(self) -> int:
        return self.correction.question_id
