"""One territory's application to one edition, and its journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from candidatures.choices import CandidatureState
from labels.choices import CandidateType
from labels.models import Edition
from villes_internet.calendar import end_of, start_of
from villes_internet.journal import JournalEntry
from villes_internet.territories.models import Territory
from villes_internet.users.models import User


class CandidatureQuerySet(models.QuerySet["Candidature"]):
    def for_user(self, user: User) -> Self:
        """Those of the territories that this person may act for: where an agent's page starts."""
        return self.filter(territory__in=Territory.objects.for_user(user))

    def of_edition(self, edition: Edition) -> Self:
        return self.filter(edition=edition)

    def drafts(self) -> Self:
        return self.filter(state=CandidatureState.DRAFT)

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
    extended_until = models.DateField(
        "prolongée jusqu’au",
        null=True,
        blank=True,
        editable=False,
        help_text="Le jour de la prolongation qui tient, écrit par les services avec elle.",
    )

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

    @property
    def last_day(self) -> date:
        """The last day on which it may be deposited, included: what every page and letter says.

        The edition's, or that of its own extension, always before the jury's reading.
        """
        eve_of_reading = self.edition.reading_starts_on - timedelta(days=1)
        return min(max(self.edition.closes_on, self.extended_until or date.min), eve_of_reading)

    @property
    def last_second(self) -> datetime:
        """23:59:59 in Paris on its last day."""
        return end_of(self.last_day) - timedelta(seconds=1)

    @property
    def closes_at(self) -> datetime:
        """The first instant at which it is too late to write or deposit it, grace included.

        The one answer to « until when »: nothing else compares a candidature with the clock.
        """
        grace = timedelta(minutes=self.edition.grace_minutes)
        over = end_of(self.last_day).astimezone(UTC) + grace
        return min(over, start_of(self.edition.reading_starts_on).astimezone(UTC))

    @property
    def is_extended(self) -> bool:
        """It has more time than the others."""
        return self.last_day > self.edition.closes_on

    def is_open(self, *, at: datetime) -> bool:
        """It may be written: not deposited yet, within the edition's time and its own."""
        return (
            not self.is_deposited
            and self.edition.proclaimed_at is None
            and start_of(self.edition.opens_on) <= at < self.closes_at
        )


class CandidatureEntry(JournalEntry):
    """The journal of a candidature, readable by those who fill it."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="journal")

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
