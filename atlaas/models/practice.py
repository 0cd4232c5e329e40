"""What a practice says of itself: shared by a candidature's initiative and by its public sheet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.dateformat import format as format_date

from atlaas.choices import CostBand, DeliveryMode, PracticeKind


class Practice(models.Model):
    """A digital project, place, event or service of a territory, told to its peers.

    `tools` are pairs, a name and its licence; `links` are web addresses. Without `ended_on` it is
    still running. `contact_role` is public: it names a service, never a person nor an address.
    """

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
    audience = models.CharField(
        "publics", max_length=300, blank=True, help_text="À qui elle sert d’abord."
    )
    partners = models.TextField(
        "partenaires",
        max_length=1000,
        blank=True,
        help_text="Associations, opérateurs, autres collectivités, et ce que chacun apporte.",
    )
    tools = models.JSONField("outils et licences", default=list, blank=True)
    links = models.JSONField("liens", default=list, blank=True)
    started_on = models.DateField("date de début")
    ended_on = models.DateField("date de fin", null=True, blank=True)
    cost_band = models.CharField("coût", max_length=12, choices=CostBand.choices, blank=True)

    contact_role = models.CharField("service ou fonction à contacter", max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message="Une action ne finit pas avant d’avoir commencé.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def still_running(self) -> bool:
        return self.ended_on is None

    @property
    def period(self) -> str:
        """« depuis mars 2024 », « de mars à octobre 2025 », « en juin 2025 »."""
        began, ended = self.started_on, self.ended_on
        if ended is None:
            return f"depuis {format_date(began, 'F Y')}"
        if (began.year, began.month) == (ended.year, ended.month):
            return f"en {format_date(began, 'F Y')}"
        first = format_date(began, "F" if began.year == ended.year else "F Y")
        elided = "d’" if first[0] in "ao" else "de "
        return f"{elided}{first} à {format_date(ended, 'F Y')}"

    PRACTICE_FIELDS = (
        "title",
        "kind",
        "mode",
        "summary",
        "context",
        "objectives",
        "course",
        "results",
        "audience",
        "partners",
        "tools",
        "links",
        "started_on",
        "ended_on",
        "cost_band",
        "contact_role",
    )
