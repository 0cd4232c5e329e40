"""What every page knows."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest

from villes_internet.navigation import workspaces


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "demonstration": settings.DEMONSTRATION,
        "site_url": settings.SITE_URL,
        "workspaces": partial(workspaces, request.user),
    }
