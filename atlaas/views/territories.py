"""Finding a collectivité, and its page: its labels and its practices."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from atlaas import linked_data
from atlaas.models import Sheet
from labels.models import Award
from labels.mosaic import mosaic
from villes_internet.territories.cartography import locate
from villes_internet.territories.models import Territory

FOUND_AT_MOST = 30
PER_PAGE = 21
NEIGHBOURS = 6


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = list(Territory.objects.current().search(text)[:FOUND_AT_MOST]) if text else []
    labelled = Award.objects.of_the_latest_edition().filter(territory__in=found).with_details()
    awards = {award.territory_id: award for award in labelled} if found else {}
    context = {
        "q": text,
        "rows": [(territory, awards.get(territory.pk)) for territory in found],
        "at_most": FOUND_AT_MOST,
    }
    return render(request, "atlaas/territories.html", context)


@login_not_required
@require_safe
def territory(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    found = get_object_or_404(
        Territory.objects.select_related("department__region", "successor"), code=code.upper()
    )
    if found.successor:
        return redirect("atlaas:territory", found.successor.code)
    sheets = Sheet.objects.of_territory(found)
    awards = list(Award.objects.of_territory(found).with_details().latest_first())
    page = Paginator(sheets.with_details().latest_first(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    neighbours = (
        Award.objects.of_the_latest_edition()
        .filter(territory__department=found.department)
        .exclude(territory=found)
    )
    context = {
        "territory": found,
        "location": locate(found),
        "epci": Territory.objects.current_epci_of(found).first(),
        "members": Territory.objects.current_members_of(found).count() if found.is_epci else 0,
        "awards": awards,
        "linked_data": linked_data.of_territory(found),
        "page_obj": page,
        "neighbours": neighbours.with_details().best_first()[:NEIGHBOURS],
        "mosaic": mosaic(awards[0].edition, sheets.weights()) if awards else None,
    }
    return render(request, "atlaas/territory.html", context)
