"""The staff's pages: where the campaign stands, one dossier, read only, and its deadline."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import services, snapshot
from candidatures.admission import standings
from candidatures.corrections import why_no_correction, with_former
from candidatures.curve import curve
from candidatures.filters import CandidatureFilter
from candidatures.following import following
from candidatures.forms import ExtensionForm
from candidatures.models import Candidature, Correction, Deposit, Extension
from candidatures.permissions import why_not_extend
from candidatures.reminders import departures
from labels.course import course
from labels.models import Edition
from villes_internet.french import day as spelled
from villes_internet.refusals import Refusal, typed_again
from villes_internet.sorting import sorting
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 50
COLUMNS = {
    "collectivite": "territory__sort_key",
    "departement": "territory__department",
    "avancement": "percent",
    "actions": "initiative_count",
    "modifiee": "updated_at",
}


@staff_required
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    now = timezone.now()
    followed = following(edition, at=now)
    order = sorting(request.GET.get("tri"), COLUMNS)
    narrowed = CandidatureFilter(request.GET, following=followed)
    page = Paginator(narrowed.qs.order_by(*order.fields), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "edition": edition,
        "course": course(edition, at=now),
        "following": followed,
        "curve": curve(edition, at=now),
        "departures": departures(followed.candidatures, followed.lacking, at=now),
        "sorting": order,
        "filter": narrowed,
        "kept": [(one.name, request.GET[one.name]) for one in narrowed.criteria],
        "page_obj": page,
        "rows": [(one, followed.of(one)) for one in page],
    }
    return render(request, "candidatures/staff_index.html", context)


@staff_required
@require_safe
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    deposits = Deposit.objects.filter(candidature=candidature)
    deposit = deposits.standing().select_related("deposited_by").first()
    corrections = Correction.objects.filter(deposit__candidature=candidature)
    context = {
        "candidature": candidature,
        "edition": candidature.edition,
        "deposit": deposit,
        "withdrawn": deposits.exclude(withdrawn_at=None).without_dossiers().latest_first(),
        "extensions": candidature.extensions.select_related("granted_by", "revoked_by").order_by(
            "-granted_at", "-pk"
        ),
        "corrections": with_former(corrections.with_people().latest_first()),
        "why_no_correction": why_no_correction(candidature, at=timezone.now()),
        "unanswered": candidature.thread.unanswered().count(),
        "standings": standings(candidature, deposit),
        "why_not_extend": why_not_extend(candidature, at=timezone.now()),
        "dossier": deposit.snapshot if deposit else snapshot.take(candidature),
        "journal": candidature.journal.select_related("by").order_by("-at", "-pk")[:30],
    }
    return render(request, "candidatures/staff_detail.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    now = timezone.now()
    form = ExtensionForm(request.POST or None, candidature=candidature, at=now)
    context = {
        "candidature": candidature,
        "edition": candidature.edition,
        "form": form,
        "why_not": why_not_extend(candidature, at=now),
    }
    if request.method != "POST":
        return render(request, "candidatures/extend.html", context)
    if not form.is_valid():
        return render(request, "candidatures/extend.html", context, status=422)
    try:
        granted = services.extend(candidature, **form.cleaned_data, by=signed_in(request), at=now)
    except Refusal as refusal:
        return typed_again(request, "candidatures/extend.html", context, refusal)
    messages.success(
        request, f"La candidature peut être déposée jusqu’au {spelled(granted.until)}, 23 h 59."
    )
    return redirect("candidatures_staff:candidature", year, pk)


@staff_required
@require_POST
def revoke(request: HttpRequest, year: int, pk: int, extension_pk: int) -> HttpResponse:
    extension = get_object_or_404(
        Extension.objects.select_related("candidature"),
        pk=extension_pk,
        candidature=pk,
        candidature__edition__year=year,
    )
    services.revoke(extension, by=signed_in(request), at=timezone.now())
    messages.success(request, "La prolongation est retirée : la date limite est celle de tous.")
    return redirect("candidatures_staff:candidature", year, pk)
