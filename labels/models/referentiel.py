"""The référentiel of an edition: the mosaïque des enjeux, and the mentions."""

from __future__ import annotations

from typing import Self

from django.db import models

from labels.models.edition import Edition

ASSUMED_HELP = "Plausible, à confirmer : non trouvé dans les textes publics du label."


class Family(models.Model):
    """One of the four families into which the enjeux are gathered."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="families")
    code = models.SlugField("code", max_length=80)
    name = models.CharField("nom", max_length=120)
    position = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "famille"
        constraints = (models.UniqueConstraint("edition", "code", name="family_code_once"),)

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """An enjeu: one tile of the mosaïque. Its code stays the same from one edition to the next."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    family = models.ForeignKey(
        Family, models.CASCADE, verbose_name="famille", related_name="themes"
    )
    code = models.SlugField("code", max_length=80)
    name = models.CharField("nom", max_length=120)
    description = models.CharField("description", max_length=300, blank=True)
    is_assumed = models.BooleanField("à confirmer", default=False, help_text=ASSUMED_HELP)
    position = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "enjeu"
        verbose_name_plural = "enjeux"
        constraints = (models.UniqueConstraint("edition", "code", name="theme_code_once"),)

    def __str__(self) -> str:
        return self.name


class DigitalServiceQuerySet(models.QuerySet["DigitalService"]):
    def in_order(self) -> Self:
        """As the référentiel lists them, each with its enjeu."""
        return self.select_related("theme").order_by("theme__position", "position", "pk")


class DigitalService(models.Model):
    """One of the services numériques that an initiative may contribute to."""

    theme = models.ForeignKey(Theme, models.CASCADE, verbose_name="enjeu", related_name="services")
    code = models.SlugField("code", max_length=80)
    name = models.CharField("nom", max_length=160)
    description = models.CharField("description", max_length=300, blank=True)
    is_assumed = models.BooleanField("à confirmer", default=True, help_text=ASSUMED_HELP)
    position = models.PositiveSmallIntegerField("ordre")

    objects = DigitalServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "service numérique"
        verbose_name_plural = "services numériques"
        constraints = (models.UniqueConstraint("theme", "code", name="service_code_once"),)

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A thematic mention of an edition; `green` turns one arobase of the panel green."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="mentions")
    code = models.SlugField("code", max_length=80)
    name = models.CharField("nom", max_length=120)
    description = models.CharField("description", max_length=300, blank=True)
    green = models.BooleanField("arobase verte", default=False)
    position = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "mention thématique"
        verbose_name_plural = "mentions thématiques"
        constraints = (models.UniqueConstraint("edition", "code", name="mention_code_once"),)

    def __str__(self) -> str:
        return self.name
