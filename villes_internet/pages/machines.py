"""What robots ask for: robots.txt, security.txt, and the sitemap of what is public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from villes_internet import steps
from villes_internet.calendar import day_of, start_of

SECURITY_TXT_LASTS = timedelta(days=180)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; without an address of its own, security is written to through the contact page."""
    contact = settings.IDENTITY["SECURITY_CONTACT"]
    context = {
        "contact": f"mailto:{contact}" if "@" in contact else contact,
        "expires": start_of(day_of(timezone.now()) + SECURITY_TXT_LASTS),
    }
    return render(request, "pages/security.txt", context, content_type="text/plain; charset=utf-8")


def offered_sections() -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    """What each app's module `sitemap` offers as `SECTIONS`, lowest app first."""
    return {
        name: section
        for module in steps.offered("sitemap")
        for name, section in module.SECTIONS.items()
    }


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemaps.index(request, offered_sections(), sitemap_url_name="pages:sitemap_section")


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemaps.sitemap(request, offered_sections(), section)
