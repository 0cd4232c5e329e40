"""How the team shares a questionnaire out: who sees to a section, and whether it is ready."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from candidatures.models.candidature import Candidature
from candidatures.models.content import Answer
from candidatures.models.questionnaire import Section


class SectionStateQuerySet(models.QuerySet["SectionState"]):
    def of(self, candidature: Candidature) -> Self:
        """With the people named, and `rewritten_at`, when an answer changed since it was ready."""
        rewritten = Answer.objects.filter(
            candidature=OuterRef("candidature"),
            question__section=OuterRef("section"),
            updated_at__gt=OuterRef("ready_at"),
        )
        return (
            self.filter(candidature=candidature)
            .select_related("delegate", "ready_by")
            .annotate(
                rewritten_at=Subquery(rewritten.order_by("-updated_at").values("updated_at")[:1])
            )
        )


class SectionState(models.Model):
    """What the team says of one section of its candidature; no row as long as it says nothing."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="section_states")
    section = models.ForeignKey(Section, models.CASCADE, verbose_name="rubrique", related_name="+")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="confiée à",
        null=True,
        blank=True,
        related_name="+",
    )
    ready_at = models.DateTimeField("prête depuis le", null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dite prête par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SectionStateQuerySet.as_manager()

    class Meta:
        verbose_name = "état d’une rubrique"
        verbose_name_plural = "états des rubriques"
        constraints = (
            models.UniqueConstraint("candidature", "section", name="section_state_once"),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None)
                | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="section_ready_signed",
                violation_error_message="Une rubrique prête l’est d’une date et d’une personne.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidature_id} – {self.section_id}"

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None
