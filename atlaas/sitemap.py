"""The sitemap's sections of Atlaas: its entrances, the territories with something to show, sheets.

Awards and sheets do not exist before the proclamation; neither do these lines.
"""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from atlaas.models import Sheet
from labels.models import Award
from villes_internet.territories.models import Territory

PER_PAGE = 2_000


class Entrances(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return ["home", "sheets", "territories"]

    def location(self, item: str) -> str:
        return reverse(f"atlaas:{item}")


class Territories(Sitemap):  # type: ignore[type-arg]
    """Those whose page shows an award or a sheet, be it of a commune merged into them since."""

    limit = PER_PAGE

    def items(self) -> QuerySet[Territory]:
        shown = Territory.objects.filter(
            Q(pk__in=Award.objects.values("territory"))
            | Q(pk__in=Sheet.objects.values("territory"))
        )
        return (
            Territory.objects.filter(Q(pk__in=shown) | Q(pk__in=shown.values("successor")))
            .filter(successor=None)
            .only("code")
            .order_by("code")
        )

    def location(self, item: Territory) -> str:
        return reverse("atlaas:territory", args=[item.code])


class Sheets(Sitemap):  # type: ignore[type-arg]
    limit = PER_PAGE

    def items(self) -> QuerySet[Sheet]:
        return Sheet.objects.only("title", "updated_at").order_by("pk")

    def lastmod(self, item: Sheet) -> datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = Sheet.objects.aggregate(at=Max("updated_at"))["at"]
        return latest


SECTIONS = {"entrees": Entrances, "territoires": Territories, "fiches": Sheets}
