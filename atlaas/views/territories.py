"""Finding a collectivité, and its page: its labels and its practices."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from atlaas.models import Sheet
from labels.models import Award
from labels.mosaic import mosaic
from villes_internet.territories.models import Territory

FOUND_AT_MOST = 30
PER_PAGE = 20


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = Territory.objects.current().search(text)[:FOUND_AT_MOST] if text else []
    return render(request, "atlaas/territories.html", {"q": text, "territories": found})


@login_not_required
@require_safe
def territory(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    found = get_object_or_404(
        Territory.objects.select_related("department__region", "successor"), code=code.upper()
    )
    if found.successor:
        return redirect("atlaas:territory", found.successor.code)
    sheets = Sheet.objects.of_territory(found)
    awards = list(Award.objects.of_territory(found).with_details().order_by("-edition__year", "pk"))
    page = Paginator(sheets.with_details().latest_first(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "territory": found,
        "epci": Territory.objects.current_epci_of(found).first(),
        "members": Territory.objects.current_members_of(found).count() if found.is_epci else 0,
        "awards": awards,
        "page_obj": page,
        "mosaic": mosaic(awards[0].edition, sheets.theme_codes()) if awards else None,
    }
    return render(request, "atlaas/territory.html", context)
