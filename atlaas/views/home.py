"""The home page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atlaas.models import Sheet
from labels import palmares
from labels.models import Award, Edition

LATEST_SHEETS = 6
LAUREATES = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    proclaimed = Edition.objects.proclaimed().latest_first().first()
    best = Award.objects.filter(edition=proclaimed).with_details().best_first()
    featured, *laureates = best[: LAUREATES + 1] or [None]
    context = {
        "edition": proclaimed,
        "featured": featured,
        "laureates": laureates,
        "open_edition": Edition.objects.open(at=now).latest_first().first(),
        "figures": palmares.figures(proclaimed) if proclaimed else None,
        "sheet_count": Sheet.objects.count(),
        "latest_sheets": Sheet.objects.with_details().latest_first()[:LATEST_SHEETS],
    }
    return render(request, "atlaas/home.html", context)
