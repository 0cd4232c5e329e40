"""One territory's application to one edition, and its journal."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from candidatures.choices import CandidatureState
from labels.choices import CandidateType
from labels.models import Edition
from villes_internet.journal import JournalEntry
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


class CandidatureQuerySet(models.QuerySet["Candidature"]):
    def for_user(self, user: User) -> Self:
        """Those of the territories that this person may act for: where an agent's page starts."""
        return self.filter(territory__in=Territory.objects.for_user(user))

    def of_edition(self, edition: Edition) -> Self:
        return self.filter(edition=edition)

    def deposited(self) -> Self:
        return self.filter(state=CandidatureState.DEPOSITED)

    def with_details(self) -> Self:
        return self.select_related("edition", "territory__department__region")

    def by_name(self) -> Self:
        return self.order_by("territory__sort_key", "pk")


class Candidature(models.Model):
    """A territory applies once to an edition; the type is computed until the deposit freezes it."""

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="collectivité", related_name="+"
    )
    candidate_type = models.CharField("type", max_length=10, choices=CandidateType.choices)
    state = models.CharField(
        "état", max_length=9, choices=CandidatureState.choices, default=CandidatureState.DRAFT
    )
    created_at = models.DateTimeField("commencée le")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="commencée par", related_name="+"
    )
    updated_at = models.DateTimeField("modifiée le")

    objects = CandidatureQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        constraints = (
            models.UniqueConstraint(
                "edition",
                "territory",
                name="candidature_once_per_edition",
                violation_error_message="Cette collectivité a déjà une candidature à cette "
                "édition.",
            ),
        )
        indexes = (models.Index(fields=["edition", "state"], name="candidature_edition_state"),)

    def __str__(self) -> str:
        return f"{self.territory} – {self.edition}"

    @property
    def is_deposited(self) -> bool:
        return self.state == CandidatureState.DEPOSITED

    def is_open(self, *, at: datetime) -> bool:
        """It may be written: not deposited yet, and the edition still takes candidatures."""
        return not self.is_deposited and self.edition.takes_candidatures(at=at)


class CandidatureEntry(JournalEntry):
    """The journal of a candidature, readable by those who fill it."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="journal")

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
