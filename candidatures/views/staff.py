"""The staff's pages: where the campaign stands, and one dossier, read only."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidatures import snapshot
from candidatures.campaign import campaign
from candidatures.filters import CandidatureFilter
from candidatures.models import Candidature, Deposit
from labels.course import course
from labels.models import Edition
from villes_internet.sorting import sorting
from villes_internet.staff.permissions import staff_required

PER_PAGE = 50
COLUMNS = {
    "collectivite": "territory__sort_key",
    "actions": "initiative_count",
    "modifiee": "updated_at",
}


@staff_required
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    order = sorting(request.GET.get("tri"), COLUMNS)
    candidatures = (
        Candidature.objects.of_edition(edition)
        .with_details()
        .annotate(initiative_count=Count("initiatives"))
        .order_by(*order.fields)
    )
    narrowed = CandidatureFilter(request.GET, candidatures)
    context = {
        "edition": edition,
        "course": course(edition, at=timezone.now()),
        "campaign": campaign(edition),
        "sorting": order,
        "filter": narrowed,
        "page_obj": Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "candidatures/staff_index.html", context)


@staff_required
@require_safe
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    deposit = Deposit.objects.select_related("deposited_by").filter(candidature=candidature).first()
    context = {
        "candidature": candidature,
        "edition": candidature.edition,
        "deposit": deposit,
        "dossier": deposit.snapshot if deposit else snapshot.take(candidature),
        "journal": candidature.journal.select_related("by").order_by("-at", "-pk")[:30],
    }
    return render(request, "candidatures/staff_detail.html", context)
