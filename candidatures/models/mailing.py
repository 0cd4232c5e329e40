"""What the staff write to those who hold candidatures: one text, a letter for each."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candidatures.choices import Audience
from candidatures.models.candidature import Candidature
from labels.models import Edition
from villes_internet.mail.models import Message


class MailingQuerySet(models.QuerySet["Mailing"]):
    def of_edition(self, edition: Edition) -> Self:
        return self.filter(edition=edition)

    def drafts(self) -> Self:
        return self.filter(confirmed_at=None)

    def leaving(self) -> Self:
        """Confirmed, and not yet wholly in the outbox."""
        return self.exclude(confirmed_at=None).filter(queued_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-written_at", "-pk")


class Mailing(models.Model):
    """A draft until somebody confirms it, once; its letters are then those that they saw.

    A reminder leaves in peace whoever stopped those of the candidature.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    candidatures = ArrayField(models.BigIntegerField(), verbose_name="candidatures")
    criteria = models.CharField("ce qui a été choisi", max_length=500)
    subject = models.CharField("objet", max_length=80)
    body = models.TextField("texte", max_length=5000)
    audience = models.CharField("destinataires", max_length=9, choices=Audience.choices)
    is_reminder = models.BooleanField("relance", default=True)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="écrit par", related_name="+"
    )
    confirmed_at = models.DateTimeField("envoyé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="envoyé par",
        null=True,
        blank=True,
        related_name="+",
    )
    queued_at = models.DateTimeField("confié le", null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel groupé"
        verbose_name_plural = "courriels groupés"
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, queued_at=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="mailing_confirmation_signed",
                violation_error_message="L’envoi d’un courriel groupé est daté et signé.",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.confirmed_at is None


class MailingLetter(models.Model):
    """One letter of a mailing: about one candidature, or about none in particular."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="letters")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="destinataire", related_name="+"
    )
    candidature = models.ForeignKey(
        Candidature, models.CASCADE, null=True, blank=True, related_name="+"
    )
    message = models.OneToOneField(
        Message, models.PROTECT, verbose_name="courrier", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lettre d’un courriel groupé"
        verbose_name_plural = "lettres d’un courriel groupé"
        constraints = (
            models.UniqueConstraint(
                fields=["mailing", "user", "candidature"],
                name="mailing_letter_once",
                nulls_distinct=False,
                violation_error_message="Cette personne reçoit déjà ce courriel.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.mailing_id} – {self.user_id}"
