"""The home page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atlaas import linked_data
from atlaas.library import library
from atlaas.models import Sheet
from labels import palmares
from labels.label_map import label_map
from labels.models import Award, Edition
from labels.mosaic import mosaic

LAUREATES = 8


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    proclaimed = Edition.objects.proclaimed().latest_first().first()
    best = Award.objects.filter(edition=proclaimed).with_details().best_first()
    featured, *laureates = best[: LAUREATES + 1] or [None]
    published = library()
    context = {
        "edition": proclaimed,
        "featured": featured,
        "laureates": laureates,
        "open_edition": Edition.objects.open(at=now).latest_first().first(),
        "figures": palmares.figures(proclaimed) if proclaimed else None,
        "map": label_map(proclaimed) if proclaimed else None,
        "sheet_count": published.sheets,
        "mosaic": mosaic(proclaimed, published.weights) if proclaimed else None,
        "latest_sheets": Sheet.objects.with_details()
        .filter(pk__in=published.highlights)
        .latest_first(),
        "linked_data": linked_data.of_site(),
    }
    return render(request, "atlaas/home.html", context)
