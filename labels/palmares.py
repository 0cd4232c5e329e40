"""The figures of an edition, each with its definition."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum

from labels.models import Award, AwardedCommune, Edition


@dataclass(frozen=True)
class Figures:
    """What an edition amounts to.

    `communes` and `population` (inhabitants) are taken over the union of the communes covered: a
    commune labelled itself and through its EPCI counts once.
    """

    labelled: int
    communes: int
    population: int
    ten: int
    by_level: dict[int, int]

    @property
    def most_of_a_level(self) -> int:
        return max(self.by_level.values())


def figures(edition: Edition) -> Figures:
    """Three queries. All zero for an edition that is not proclaimed: it has no award."""
    awards = Award.objects.filter(edition=edition)
    by_level = dict(
        awards.exclude(level=None).values("level").annotate(n=Count("pk")).values_list("level", "n")
    )
    communes = (
        AwardedCommune.objects.filter(award__edition=edition)
        .values("code")
        .annotate(inhabitants=Max("population"))
    )
    union = communes.aggregate(count=Count("code"), population=Sum("inhabitants"))
    totals = awards.aggregate(labelled=Count("pk"), ten=Count("pk", filter=Q(is_ten=True)))
    return Figures(
        labelled=totals["labelled"],
        communes=union["count"] or 0,
        population=union["population"] or 0,
        ten=totals["ten"],
        by_level={level: by_level.get(level, 0) for level in range(5, 0, -1)},
    )
