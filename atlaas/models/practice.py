"""What a practice says of itself: shared by a candidature's initiative and by its public sheet."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from atlaas.choices import CostBand, DeliveryMode, PracticeKind


class Practice(models.Model):
    """A digital project, place, event or service of a territory, told to its peers."""

    title = models.CharField("titre", max_length=140)
    kind = models.CharField("nature", max_length=10, choices=PracticeKind.choices)
    mode = models.CharField("mode de gestion", max_length=12, choices=DeliveryMode.choices)
    summary = models.TextField(
        "résumé", max_length=600, help_text="En deux ou trois phrases, pour qui ne connaît pas."
    )
    context = models.TextField("contexte", max_length=3000, blank=True)
    objectives = models.TextField("objectifs", max_length=3000, blank=True)
    course = models.TextField("déroulement", max_length=5000, blank=True)
    results = models.TextField("résultats", max_length=3000, blank=True)
    started_year = models.PositiveSmallIntegerField(
        "année de début", validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    still_running = models.BooleanField("toujours en cours", default=True)
    cost_band = models.CharField("coût", max_length=12, choices=CostBand.choices, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    PRACTICE_FIELDS = (
        "title",
        "kind",
        "mode",
        "summary",
        "context",
        "objectives",
        "course",
        "results",
        "started_year",
        "still_running",
        "cost_band",
    )
