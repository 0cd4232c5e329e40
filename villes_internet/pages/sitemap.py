"""The sitemap's section of the service pages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class ServicePages(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return [
            "help",
            "help_agents",
            "help_jurors",
            "contact",
            "site_map",
            "accessibility",
            "legal_notice",
            "personal_data",
        ]

    def location(self, item: str) -> str:
        return reverse(f"pages:{item}")


SECTIONS = {"service": ServicePages}
