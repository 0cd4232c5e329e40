"""What was decided of the practices told in earlier years, for the candidature of this one."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from atlaas.models import Sheet
from candidatures.choices import ResumptionChoice
from candidatures.models.candidature import Candidature
from candidatures.models.content import Initiative


class ResumptionQuerySet(models.QuerySet["Resumption"]):
    def to_update(self) -> Self:
        """Those whose action was to be updated, and that nobody has changed yet."""
        return self.filter(choice=ResumptionChoice.UPDATED, initiative__passages={})

    def with_sources(self) -> Self:
        return self.select_related("sheet__edition", "earlier__candidature__edition", "decided_by")


class Resumption(models.Model):
    """One decision about one practice: it entered the dossier as `initiative`, or was dropped.

    Its source is a `sheet` of Atlaas, an `earlier` action of the last dossier deposited, or both
    when that action told its sheet anew. None is decided twice for a candidature. Taking the action
    out of the dossier takes the decision back.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="resumptions")
    sheet = models.ForeignKey(
        Sheet, models.SET_NULL, verbose_name="fiche", null=True, blank=True, related_name="+"
    )
    earlier = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        verbose_name="action de la dernière candidature",
        null=True,
        blank=True,
        related_name="+",
    )
    initiative = models.OneToOneField(
        Initiative,
        models.CASCADE,
        verbose_name="action",
        null=True,
        blank=True,
        related_name="resumption",
    )
    choice = models.CharField("choix", max_length=7, choices=ResumptionChoice.choices)
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="décidé par", related_name="+"
    )

    objects = ResumptionQuerySet.as_manager()

    class Meta:
        verbose_name = "reprise"
        constraints = (
            models.UniqueConstraint(
                "candidature",
                "sheet",
                name="resumption_once_per_sheet",
                violation_error_message="Cette fiche est déjà examinée pour cette candidature.",
            ),
            models.UniqueConstraint(
                "candidature",
                "earlier",
                name="resumption_once_per_action",
                violation_error_message="Cette action est déjà examinée pour cette candidature.",
            ),
            models.CheckConstraint(
                condition=Q(choice=ResumptionChoice.DROPPED, initiative=None)
                | (~Q(choice=ResumptionChoice.DROPPED) & Q(initiative__isnull=False)),
                name="resumption_enters_or_drops",
                violation_error_message="Une fiche reprise est une action ; une fiche abandonnée "
                "n’en est pas une.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_choice_display()} : {self.source}"

    @property
    def is_dropped(self) -> bool:
        return self.choice == ResumptionChoice.DROPPED

    @property
    def source(self) -> Sheet | Initiative | None:
        """The text that the action is compared with: what the public reads, where it is public."""
        return self.sheet or self.earlier
