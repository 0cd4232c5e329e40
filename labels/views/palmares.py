"""The palmarès: public once proclaimed, unknown before."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from labels import palmares as results
from labels.filters import AwardFilter
from labels.label_map import label_map
from labels.models import Award, Edition
from labels.pictures import palmares_of
from villes_internet.drawing.responses import answer

PER_PAGE = 60


@login_not_required
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    edition = Edition.objects.proclaimed().latest_first().first()
    if edition is None:
        return render(request, "labels/no_palmares.html")
    return redirect("labels:palmares", edition.year)


@login_not_required
@require_safe
def palmares(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.proclaimed(), year=year)
    awards = Award.objects.filter(edition=edition).with_details().best_first()
    narrowed = AwardFilter(request.GET, awards, edition=edition)
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "editions": Edition.objects.proclaimed().latest_first(),
        "figures": results.figures(edition),
        "map": None if request.GET else label_map(edition),  # a search is for its list
        "filter": narrowed,
        "page_obj": page,
    }
    return render(request, "labels/palmares.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.proclaimed(), year=year)
    return answer(request, palmares_of(edition, results.figures(edition)))
