"""What the territory and the staff write to each other about a candidature."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import (
    BigIntegerField,
    BooleanField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce

from candidatures.choices import Side
from candidatures.models.candidature import Candidature
from villes_internet.users.models import User


class ThreadMessageQuerySet(models.QuerySet["ThreadMessage"]):
    def latest_first(self) -> Self:
        """In the order in which they were written: each is, under the lock of its candidature."""
        return self.order_by("-pk")

    def marked_for(self, user: User, *, side: Side) -> Self:
        """Each with `is_unread`: the other side's, after the last that this person has read."""
        read = ThreadFollower.objects.filter(candidature=OuterRef("candidature"), user=user)
        return self.annotate(
            read_up_to=Coalesce(
                Subquery(read.values("read_up_to")[:1]), 0, output_field=BigIntegerField()
            ),
            is_unread=ExpressionWrapper(
                Q(side=side.other) & Q(pk__gt=F("read_up_to")), BooleanField()
            ),
        )

    def unread_by(self, user: User, *, side: Side) -> Self:
        return self.marked_for(user, side=side).filter(is_unread=True)

    def unanswered(self) -> Self:
        """Those of a territory after the last that the staff answered, or filed."""
        settled = (
            ThreadMessage.objects.filter(candidature=OuterRef("candidature"))
            .exclude(settled_at=None)
            .order_by("-pk")
        )
        return self.filter(side=Side.TERRITORY).filter(
            pk__gt=Coalesce(Subquery(settled.values("pk")[:1]), 0, output_field=BigIntegerField())
        )

    def first_unanswered(self) -> Self:
        """One a thread: since when its territory waits."""
        firsts = self.unanswered().order_by("candidature_id", "pk").distinct("candidature_id")
        return self.filter(pk__in=firsts.values("pk"))


class ThreadMessage(models.Model):
    """A message of one side to the other, never changed after.

    `key` comes from the form that sent it: sent twice, it is written once. The staff settle a
    territory's message, and all those before it, by answering it or by filing it without an answer.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="thread")
    side = models.CharField("de", max_length=9, choices=Side.choices)
    text = models.TextField("message")
    key = models.UUIDField("clé", editable=False)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="écrit par", related_name="+"
    )
    settled_at = models.DateTimeField("traité le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="traité par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ThreadMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        constraints = (
            models.UniqueConstraint(
                "candidature",
                "key",
                name="thread_message_once",
                violation_error_message="Ce message est déjà envoyé.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False, side=Side.TERRITORY),
                name="thread_message_settled_signed",
                violation_error_message="Seul un message de collectivité se traite, avec la date "
                "et le nom de qui l’a fait.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()} – {self.candidature_id}"


class ThreadFollower(models.Model):
    """How far one person has read a thread, and when a letter last told them of it."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="personne", related_name="+"
    )
    read_up_to = models.ForeignKey(
        ThreadMessage,
        models.CASCADE,
        verbose_name="lu jusqu’à",
        null=True,
        related_name="+",
    )
    told_at = models.DateTimeField("prévenue le", null=True)

    class Meta:
        verbose_name = "lecture des messages"
        constraints = (
            models.UniqueConstraint("candidature", "user", name="thread_follower_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} – {self.candidature_id}"
