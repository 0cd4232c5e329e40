"""A colleague asked by e-mail to act for a collectivité."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q

from villes_internet.territories.choices import Role
from villes_internet.territories.models.territory import Territory

LIFETIME = timedelta(days=14)
SALT = "territories.invitation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        """Neither accepted nor revoked; expired or not."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_details(self) -> Self:
        return self.select_related("territory__department", "invited_by", "accepted_by")

    def signed(self, token: str) -> Self:
        """The one that this token of a letter opens; none when it was forged or cut."""
        try:
            pk, nonce = signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, TypeError, ValueError):
            return self.none()
        return self.filter(pk=pk, nonce=nonce)


class Invitation(models.Model):
    """It is worth something to its address alone, until it expires.

    `invited_by` vouches for the person: whoever sends it again vouches in their place.
    """

    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="collectivité", related_name="invitations"
    )
    email = models.EmailField("adresse électronique", max_length=254)
    role = models.CharField("rôle", max_length=11, choices=Role.choices)
    nonce = models.CharField("clé", max_length=32, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="invité·e par",
        null=True,
        related_name="+",
    )
    invited_at = models.DateTimeField("invité·e le")
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="acceptée par",
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="retirée par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        constraints = (
            models.UniqueConstraint(
                fields=["territory", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_once",
                violation_error_message="Cette adresse a déjà une invitation pour cette "
                "collectivité.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_one_end",
                violation_error_message="Une invitation est acceptée ou retirée, jamais les deux.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_later",
                violation_error_message="Une invitation expire après avoir été envoyée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} – {self.territory_id}"

    @property
    def token(self) -> str:
        """What its letter carries: nobody makes one without the site's key."""
        return signing.Signer(salt=SALT).sign_object([self.pk, self.nonce])

    def is_expired(self, *, at: datetime) -> bool:
        """The instant at which it expires is already too late."""
        return at >= self.expires_at
