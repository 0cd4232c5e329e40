"""A label attribué: what the public reads. The rows do not exist before the proclamation."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from labels.choices import CandidateType, LevelStatus
from labels.models.edition import Edition
from labels.models.referentiel import Mention
from villes_internet.territories.models import Territory


class AwardQuerySet(models.QuerySet["Award"]):
    def with_details(self) -> Self:
        """All that a list shows, in a constant number of queries."""
        return self.select_related("edition", "territory__department").prefetch_related("mentions")

    def best_first(self) -> Self:
        return self.order_by(models.F("level").desc(nulls_last=True), "territory__sort_key", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-edition__year", "pk")

    def of_the_latest_edition(self) -> Self:
        """Those of the last proclamation."""
        latest = Edition.objects.proclaimed().latest_first()
        return self.filter(edition=latest.values("pk")[:1])

    def of_territory(self, territory: Territory) -> Self:
        """Its own, and those of the communes merged into it."""
        return self.filter(Q(territory=territory) | Q(territory__successor=territory))


class Award(models.Model):
    """What one territory obtained in one edition, with its name, population and type then."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="awards")
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="collectivité", related_name="+"
    )
    candidate_type = models.CharField("type", max_length=10, choices=CandidateType.choices)
    level_status = models.CharField(
        "connaissance du niveau",
        max_length=7,
        choices=LevelStatus.choices,
        default=LevelStatus.KNOWN,
    )
    level = models.PositiveSmallIntegerField("arobases", null=True, blank=True)
    is_ten = models.BooleanField("Territoire d’Excellence Numérique", default=False)
    mentions = models.ManyToManyField(Mention, blank=True, related_name="awards")
    territory_name = models.CharField("nom de la collectivité ce jour-là", max_length=160)
    population = models.PositiveIntegerField(
        "population municipale ce jour-là", null=True, blank=True
    )
    awarded_at = models.DateTimeField("attribué le")

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "label attribué"
        verbose_name_plural = "labels attribués"
        constraints = (
            models.UniqueConstraint("edition", "territory", name="award_once_per_edition"),
            models.CheckConstraint(
                condition=Q(level_status=LevelStatus.KNOWN, level__range=(1, 5))
                | (~Q(level_status=LevelStatus.KNOWN) & Q(level=None)),
                name="award_level_one_to_five",
                violation_error_message="Un label compte de 1 à 5 arobases.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.territory_name}, {self.edition}"

    @property
    def title(self) -> str:
        """What the panel says above the name: « Village Internet 2027 »."""
        return f"{self.get_candidate_type_display().capitalize()} Internet {self.edition.year}"

    @property
    def has_green(self) -> bool:
        """Whether a mention turns an arobase green; reads the mentions, to be fetched ahead."""
        return any(mention.green for mention in self.mentions.all())


class AwardedCommune(models.Model):
    """A commune that an award covers, as it was that day: a total counts each commune once."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="communes")
    code = models.CharField("code INSEE", max_length=5)
    name = models.CharField("nom", max_length=160)
    population = models.PositiveIntegerField("population municipale", default=0)

    class Meta:
        verbose_name = "commune couverte"
        verbose_name_plural = "communes couvertes"
        constraints = (models.UniqueConstraint("award", "code", name="awarded_commune_once"),)

    def __str__(self) -> str:
        return self.name
