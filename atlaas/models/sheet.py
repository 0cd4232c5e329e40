"""One public practice sheet of Atlaas, found by French full-text search."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils.text import slugify

from atlaas.models.practice import Practice
from labels.models import DigitalService, Edition
from labels.mosaic import Weights
from villes_internet.territories.models import Territory

SEARCH_CONFIG = "french_unaccent"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def search(self, text: str) -> Self:
        """Those whose words match, best first: French stems, without regard to accents."""
        query = SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
        return (
            self.filter(search_vector=query)
            .annotate(rank=SearchRank(F("search_vector"), query))
            .order_by("-rank", "-published_at", "pk")
        )

    def of_territory(self, territory: Territory) -> Self:
        """Its own, and those of the communes merged into it."""
        return self.filter(Q(territory=territory) | Q(territory__successor=territory))

    def akin_to(self, sheet: Sheet) -> Self:
        """Those of other territories that share services with this one, the closest first.

        Reads the services of `sheet`, to be fetched ahead.
        """
        codes = [service.code for service in sheet.services.all()]
        shared = Count("services", filter=Q(services__code__in=codes))
        return (
            self.exclude(territory=sheet.territory_id)
            .filter(services__code__in=codes)
            .annotate(shared=shared)
            .order_by("-shared", "-published_at", "-pk")
        )

    def weights(self) -> Weights:
        """How many of these sheets contribute to each enjeu and service, in two queries."""
        theme, service = "services__theme__code", "services__code"
        sheets = Count("pk", distinct=True)
        themes = self.order_by().values_list(theme).annotate(sheets)
        services = self.order_by().values_list(theme, service).annotate(sheets)
        return Weights(
            themes=dict(themes),
            services={(theme, service): count for theme, service, count in services},
        )

    def latest_of_each_territory(self) -> Self:
        """A proclamation publishes all sheets of a territory at once: one of them stands out."""
        newest = self.order_by("territory", "-published_at", "-pk").distinct("territory")
        return self.filter(pk__in=newest.values("pk"))

    def latest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def with_details(self) -> Self:
        """All that a list of sheets shows, in a constant number of queries; long texts left out."""
        return (
            self.select_related("territory__department", "edition")
            .prefetch_related(Prefetch("services", DigitalService.objects.in_order()))
            .defer("context", "objectives", "course", "results", "partners", "search_vector")
        )


class Sheet(Practice):
    """A practice that a territory shares with all; it exists from the proclamation on."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="collectivité", related_name="+"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    services = models.ManyToManyField(
        DigitalService, verbose_name="services numériques", related_name="+"
    )
    published_at = models.DateTimeField("publiée le")
    updated_at = models.DateTimeField("mise à jour le")
    search_vector = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="B", config=SEARCH_CONFIG)
        + SearchVector(
            "context", "objectives", "course", "results", weight="C", config=SEARCH_CONFIG
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SheetQuerySet.as_manager()

    class Meta(Practice.Meta):
        verbose_name = "fiche"
        indexes = (
            GinIndex(fields=["search_vector"], name="sheet_search"),
            models.Index(fields=["-published_at", "-id"], name="sheet_latest"),
        )

    @property
    def theme_names(self) -> list[str]:
        """The enjeux that it touches, each once; reads the services, to be fetched ahead."""
        return list(dict.fromkeys(service.theme.name for service in self.services.all()))

    def get_absolute_url(self) -> str:
        slug = slugify(self.title)[:80] or "fiche"
        return reverse("atlaas:sheet", kwargs={"pk": self.pk, "slug": slug})
