"""Atlaas: searching and reading practice sheets."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from atlaas import linked_data
from atlaas.filters import SheetFilter
from atlaas.models import Sheet, SheetEntry, SheetIllustration
from labels.models import DigitalService
from villes_internet.territories.cartography import locate

PER_PAGE = 21
OTHERS = 3


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    found = SheetFilter(request.GET, Sheet.objects.with_details().latest_first())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "atlaas/sheets.html", {"filter": found, "page_obj": page})


@login_not_required
@require_safe
def sheet(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    found = get_object_or_404(
        Sheet.objects.select_related("territory__department__region", "edition", "contact")
        .prefetch_related(
            Prefetch("services", DigitalService.objects.in_order()),
            Prefetch("illustrations", SheetIllustration.objects.in_order()),
            Prefetch("history", SheetEntry.objects.in_order()),
        )
        .defer("search_vector"),
        pk=pk,
    )
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    listed = Sheet.objects.with_details().exclude(pk=pk)
    context = {
        "sheet": found,
        "location": locate(found.territory),
        "is_sent": request.GET.get("message") == "envoye",
        "others": listed.filter(territory=found.territory_id).latest_first()[:OTHERS],
        "akin": listed.akin_to(found)[:OTHERS],
        "linked_data": linked_data.of_sheet(found),
    }
    return render(request, "atlaas/sheet.html", context)
