"""The site, a territory and a sheet in the words of schema.org, for machines that read pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from atlaas.models import Sheet
from villes_internet.territories.models import Territory

ASSOCIATION = {"@type": "NGO", "name": "Villes Internet", "url": f"{settings.SITE_URL}/"}


def of_site() -> dict[str, Any]:
    search = f"{_whole(reverse('atlaas:territories'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "name": "Villes Internet",
        "alternateName": "Label national Territoires, Villes et Villages Internet",
        "url": _whole("/"),
        "inLanguage": "fr",
        "publisher": ASSOCIATION,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def of_territory(territory: Territory) -> dict[str, Any]:
    """Reads its département and région, to be fetched ahead."""
    code = "SIREN" if territory.is_epci else "Code INSEE"
    said: dict[str, Any] = {
        "@type": "AdministrativeArea",
        "name": territory.name,
        "url": _whole(reverse("atlaas:territory", args=[territory.code])),
        "identifier": {"@type": "PropertyValue", "propertyID": code, "value": territory.code},
        "containedInPlace": {
            "@type": "AdministrativeArea",
            "name": territory.department.name,
            "containedInPlace": {
                "@type": "AdministrativeArea",
                "name": territory.department.region.name,
            },
        },
    }
    if territory.latitude is not None and territory.longitude is not None:
        place = {"latitude": territory.latitude, "longitude": territory.longitude}
        said["geo"] = {"@type": "GeoCoordinates"} | place
    return said


def of_sheet(sheet: Sheet) -> dict[str, Any]:
    """Reads its territory and its services' enjeux, to be fetched ahead."""
    territory = sheet.territory
    return {
        "@type": "Article",
        "headline": sheet.title,
        "description": sheet.summary,
        "url": _whole(sheet.get_absolute_url()),
        "image": _whole(reverse("atlaas:sheet_picture", args=[sheet.pk])),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "datePublished": sheet.published_at.isoformat(),
        "dateModified": sheet.updated_at.isoformat(),
        "about": sheet.theme_names,
        "author": {
            "@type": "GovernmentOrganization",
            "name": territory.name,
            "url": _whole(reverse("atlaas:territory", args=[territory.code])),
        },
        "publisher": ASSOCIATION,
    }


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
