"""The word of the mayor, or of who acts for them, on a dossier before its deposit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q

from candidatures.models.candidature import Candidature

LIFETIME = timedelta(days=14)
SALT = "candidatures.approval"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def unanswered(self) -> Self:
        """Neither answered nor replaced by another; expired or not."""
        return self.filter(answered_at=None, replaced_at=None)

    def granted(self) -> Self:
        return self.filter(is_granted=True)

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def signed(self, token: str) -> Self:
        """The one that this token of a letter opens; none when it was forged or cut."""
        try:
            pk, nonce = signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, TypeError, ValueError):
            return self.none()
        return self.filter(pk=pk, nonce=nonce)


class Approval(models.Model):
    """Asked of one person by e-mail: the link of the letter is answered once, until it expires.

    One that is granted holds for the dossier of fingerprint `sha256` and for no other.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="approvals")
    name = models.CharField("prénom et nom", max_length=120)
    function = models.CharField("fonction", max_length=120)
    email = models.EmailField("adresse électronique", max_length=254)
    nonce = models.CharField("clé", max_length=32, editable=False)
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="demandé par", related_name="+"
    )
    expires_at = models.DateTimeField("expire le")
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    is_granted = models.BooleanField("accordé", null=True, blank=True)
    word = models.TextField("mot", max_length=2_000, blank=True)
    sha256 = models.CharField("empreinte approuvée", max_length=64, blank=True)
    replaced_at = models.DateTimeField("redemandé le", null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "accord"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(answered_at=None, replaced_at=None),
                name="approval_one_waits",
                violation_error_message="Un accord est déjà demandé pour cette candidature.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_granted=None)
                | Q(answered_at__isnull=False, is_granted__isnull=False, replaced_at=None),
                name="approval_answer_dated",
                violation_error_message="Une réponse est datée, et ne se redemande pas.",
            ),
            models.CheckConstraint(
                condition=~Q(is_granted=True) | ~Q(sha256=""),
                name="approval_of_a_content",
                violation_error_message="Un accord porte sur un dossier précis.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="approval_expires_later",
                violation_error_message="Une demande expire après avoir été envoyée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"

    @property
    def token(self) -> str:
        """What its letter carries: nobody makes one without the site's key."""
        return signing.Signer(salt=SALT).sign_object([self.pk, self.nonce])

    def is_expired(self, *, at: datetime) -> bool:
        """The instant at which it expires is already too late."""
        return at >= self.expires_at
