"""How the practice sheets are found: words, enjeu, place, year."""

from __future__ import annotations

from typing import ClassVar

import django_filters

from atlaas.models import Sheet
from atlaas.models.sheet import SheetQuerySet
from labels.models import Edition, Theme
from villes_internet.filters import FilterSet
from villes_internet.territories.models import Department, Region


def theme_choices() -> list[tuple[str, str]]:
    """The enjeux of the latest proclaimed edition: codes last from one edition to the next."""
    edition = Edition.objects.proclaimed().latest_first().first()
    themes = Theme.objects.filter(edition=edition).order_by("name")
    return list(themes.values_list("code", "name")) if edition else []


class SheetFilter(FilterSet):
    """Each criterion narrows the others; `q` is French full-text search, best first."""

    q = django_filters.CharFilter(label="Mots", method="by_words", max_length=200)
    enjeu = django_filters.ChoiceFilter(
        label="Enjeu", method="by_theme", choices=theme_choices, empty_label="Tous"
    )
    region = django_filters.ModelChoiceFilter(
        label="Région",
        field_name="territory__department__region",
        queryset=Region.objects.order_by("name"),
        empty_label="Toutes",
    )
    departement = django_filters.ModelChoiceFilter(
        label="Département",
        field_name="territory__department",
        queryset=Department.objects.order_by("name"),
        empty_label="Tous",
    )
    annee = django_filters.ModelChoiceFilter(
        label="Édition",
        field_name="edition",
        queryset=Edition.objects.proclaimed().latest_first(),
        to_field_name="year",
        empty_label="Toutes",
    )

    class Meta:
        model = Sheet
        fields: ClassVar[list[str]] = []

    def by_words(self, queryset: SheetQuerySet, name: str, value: str) -> SheetQuerySet:
        return queryset.search(value)

    def by_theme(self, queryset: SheetQuerySet, name: str, value: str) -> SheetQuerySet:
        return queryset.filter(services__theme__code=value).distinct()
