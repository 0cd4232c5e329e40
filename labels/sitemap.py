"""The sitemap's section of the palmarès: an edition joins it when it is proclaimed."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from labels.models import Edition


class Palmares(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.proclaimed().latest_first()

    def location(self, item: Edition) -> str:
        return reverse("labels:palmares", args=[item.year])

    def lastmod(self, item: Edition) -> datetime | None:
        return item.proclaimed_at

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = Edition.objects.aggregate(at=Max("proclaimed_at"))["at"]
        return latest


SECTIONS = {"palmares": Palmares}
