"""The staff's pages: where the campaign stands, and one dossier, read only."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidatures import snapshot
from candidatures.filters import CandidatureFilter
from candidatures.models import Candidature, Deposit
from labels.models import Edition
from villes_internet.staff.permissions import staff_required

PER_PAGE = 50


@staff_required
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    candidatures = (
        Candidature.objects.of_edition(edition)
        .with_details()
        .annotate(initiative_count=Count("initiatives"))
        .by_name()
    )
    narrowed = CandidatureFilter(request.GET, candidatures)
    context = {
        "edition": edition,
        "phase": edition.phase(at=timezone.now()),
        "started": Candidature.objects.of_edition(edition).count(),
        "deposited": Candidature.objects.of_edition(edition).deposited().count(),
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
