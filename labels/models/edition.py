"""One yearly round of the label, and its calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from labels.choices import CandidateType, Phase
from villes_internet.calendar import day_of, end_of, start_of
from villes_internet.journal import JournalEntry
from villes_internet.territories.models import Territory


class EditionQuerySet(models.QuerySet["Edition"]):
    def proclaimed(self) -> Self:
        """Those whose results are public."""
        return self.exclude(proclaimed_at=None)

    def under_way(self) -> Self:
        """Those whose results are not public yet."""
        return self.filter(proclaimed_at=None)

    def announced(self, *, at: datetime) -> Self:
        """Those that opened: before, nobody outside the association has read of them."""
        return self.filter(opens_on__lte=day_of(at))

    def open(self, *, at: datetime) -> Self:
        """Those that take candidatures at that instant."""
        day = day_of(at)
        return self.filter(opens_on__lte=day, closes_on__gte=day, proclaimed_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-year")


class Edition(models.Model):
    """A yearly round: days are civil days in Paris, `closes_on` included until 23:59:59.

    The number is stored and never derived from the year, for public sources disagree on it.
    """

    year = models.PositiveSmallIntegerField(
        "millésime", unique=True, validators=[MinValueValidator(2000)]
    )
    number = models.PositiveSmallIntegerField("numéro d’édition", null=True, blank=True)
    opens_on = models.DateField("ouverture des candidatures")
    closes_on = models.DateField(
        "date limite de dépôt", help_text="Jour inclus, jusqu’à 23 h 59 (heure de Paris)."
    )
    grace_minutes = models.PositiveSmallIntegerField(
        "minutes de grâce après la date limite",
        default=0,
        validators=[MaxValueValidator(24 * 60)],
        help_text="Une candidature commencée est encore acceptée pendant ce temps, sans que ce "
        "soit annoncé. 0 pour aucune, 1 440 au plus. La grâce s’arrête au début de la lecture.",
    )
    reading_starts_on = models.DateField("début de la lecture")
    deliberates_on = models.DateField("délibération du jury")
    ceremony_on = models.DateField(
        "cérémonie", help_text="Les résultats ne peuvent pas être proclamés avant ce jour."
    )
    village_below = models.PositiveIntegerField(
        "population en dessous de laquelle une commune est un village",
        default=3000,
        help_text="En habitants. Usage constaté, à confirmer par le règlement de l’édition.",
    )
    approval_asked = models.BooleanField(
        "accord de l’élu·e avant le dépôt",
        default=False,
        editable=False,
        help_text="Le ou la maire, la présidence ou leur délégué·e approuve le dossier.",
    )
    proclaimed_at = models.DateTimeField("proclamée le", null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="edition_closes_after_opening",
                violation_error_message="La date limite de dépôt ne peut pas précéder l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(grace_minutes__lte=24 * 60),
                name="edition_grace_of_a_day_at_most",
                violation_error_message="La grâce est d’une journée au plus, soit 1440 minutes.",
            ),
            models.CheckConstraint(
                condition=Q(reading_starts_on__gt=F("closes_on")),
                name="edition_reading_after_closing",
                violation_error_message="La lecture commence après la date limite de dépôt.",
            ),
            models.CheckConstraint(
                condition=Q(deliberates_on__gte=F("reading_starts_on")),
                name="edition_deliberation_after_reading",
                violation_error_message="La délibération ne peut pas précéder la lecture.",
            ),
            models.CheckConstraint(
                condition=Q(ceremony_on__gte=F("deliberates_on")),
                name="edition_ceremony_after_deliberation",
                violation_error_message="La cérémonie ne peut pas précéder la délibération.",
            ),
        )

    def __str__(self) -> str:
        return f"édition {self.year}"

    @property
    def closes_at(self) -> datetime:
        """The first instant at which it is too late to deposit."""
        return end_of(self.closes_on)

    @property
    def last_second(self) -> datetime:
        """23:59:59 in Paris on the closing day."""
        return self.closes_at - timedelta(seconds=1)

    def takes_candidatures(self, *, at: datetime) -> bool:
        return start_of(self.opens_on) <= at < self.closes_at and self.proclaimed_at is None

    def phase(self, *, at: datetime) -> Phase:
        day = day_of(at)
        if self.proclaimed_at is not None:
            return Phase.PROCLAIMED
        starts = (
            (self.ceremony_on, Phase.CEREMONY),
            (self.deliberates_on, Phase.DELIBERATION),
            (self.reading_starts_on, Phase.READING),
        )
        for start, phase in starts:
            if day >= start:
                return phase
        if day > self.closes_on:
            return Phase.CLOSED
        return Phase.OPEN if day >= self.opens_on else Phase.PREPARATION

    def candidate_type_of(self, territory: Territory) -> CandidateType:
        """The type under which a territory applies to this edition, from its nature and population.

        A commune whose population is unknown applies as a village.
        """
        if territory.is_epci:
            return CandidateType.EPCI
        if (territory.population or 0) < self.village_below:
            return CandidateType.VILLAGE
        return CandidateType.TOWN


class EditionEntry(JournalEntry):
    """The journal of an edition: opening, changes of calendar, proclamation."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="journal")

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
