"""The outbox: each letter of the platform, from the transaction that decides it to its sending."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from villes_internet.files.models import StoredFile
from villes_internet.mail.choices import TRANSITIONS, MessageState


class MessageQuerySet(models.QuerySet["Message"]):
    def queued(self) -> Self:
        return self.filter(state=MessageState.QUEUED)

    def sending(self) -> Self:
        return self.filter(state=MessageState.SENDING)

    def unresolved(self) -> Self:
        """Those that only a person moves: nobody knows whether they left, or they did not."""
        return self.filter(state__in=[MessageState.UNCERTAIN, MessageState.FAILED])

    def needing_attention(self, at: datetime) -> Self:
        """Those that wait for a person; who missed a code has long asked for another."""
        return self.unresolved().worth_sending(at)

    def expired(self, at: datetime) -> Self:
        """Codes that nobody can use any more."""
        return self.filter(transient=True, created_at__lte=_oldest_useful(at))

    def worth_sending(self, at: datetime) -> Self:
        return self.exclude(transient=True, created_at__lte=_oldest_useful(at))

    def moving_to(self, state: MessageState) -> Self:
        """Those that may become `state`: the guard of each change."""
        return self.filter(
            state__in=[before for before, after in TRANSITIONS.items() if state in after]
        )

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def without_bodies(self) -> Self:
        return self.defer("text", "html")


def _oldest_useful(at: datetime) -> datetime:
    return at - timedelta(seconds=settings.MAIL_TRANSIENT_LIFETIME)


class Message(models.Model):
    """A letter to one person, rendered once and for all when it was decided.

    `key` names the occasion (« candidature 12 deposited »): asked twice, it is written once.
    `transient` is a letter with a code: its body goes away once it was sent or is of no use.
    """

    key = models.CharField("occasion", max_length=200, unique=True)
    category = models.CharField("catégorie", max_length=40)
    to = models.EmailField("destinataire", max_length=254)
    from_email = models.CharField("expéditeur", max_length=254)
    reply_to = models.EmailField("adresse de réponse", max_length=254, blank=True)
    unsubscribe_url = models.URLField("adresse de désabonnement", max_length=500, blank=True)
    subject = models.CharField("objet", max_length=300)
    text = models.TextField("texte", blank=True)
    html = models.TextField("texte mis en forme", blank=True)
    transient = models.BooleanField("éphémère", default=False)

    state = models.CharField(
        "état", max_length=9, choices=MessageState.choices, default=MessageState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("écrit le")
    next_try_at = models.DateTimeField("prochain essai")
    claimed_at = models.DateTimeField("pris en charge le", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    last_error = models.CharField("dernière erreur", max_length=500, blank=True)
    resolved_at = models.DateTimeField("décidé le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="décidé par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "courrier"
        indexes = (
            models.Index("created_at", "id", name="message_by_date"),
            models.Index("state", "created_at", name="message_by_state"),
            models.Index(
                "created_at",
                condition=Q(transient=True) & ~Q(text=""),
                name="message_body_to_blank",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at=None)),
                name="message_sent_dated",
                violation_error_message="Un courrier envoyé a une date d’envoi, et lui seul.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENDING)
                | Q(claimed_at__isnull=False, attempts__gt=0),
                name="message_sending_claimed",
                violation_error_message="Un courrier en cours d’envoi a été pris en charge.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(transient=True),
                name="message_body_kept",
                violation_error_message="Seul un courrier éphémère perd son texte.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="message_decision_signed",
                violation_error_message="Une décision est datée et signée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} – {self.to}"

    @property
    def is_unresolved(self) -> bool:
        """A person must say what becomes of it."""
        return self.state in {MessageState.UNCERTAIN, MessageState.FAILED}

    @property
    def can_leave_again(self) -> bool:
        """False once its body is gone: there is nothing left to send."""
        return self.is_unresolved and bool(self.text)


class MessageAttachment(models.Model):
    """A file of the store joined to a letter, under the name that its reader will see."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "pièce jointe"
        constraints = (
            models.UniqueConstraint(
                fields=["message", "name"],
                name="attachment_name_once",
                violation_error_message="Deux pièces jointes d’un courrier n’ont pas le même nom.",
            ),
        )

    def __str__(self) -> str:
        return self.name
