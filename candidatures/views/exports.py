"""Taking candidatures away: what is asked, how far it is, the file; and one dossier at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from candidatures import pdf, services
from candidatures.forms import ExportForm
from candidatures.models import Candidature, Deposit, Export
from candidatures.selection import selection
from labels.models import Edition
from villes_internet.files.responses import serve
from villes_internet.pdf import PdfUnavailableError
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 30
PAGE = "candidatures/exports/detail.html"


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    now = timezone.now()
    chosen = selection(edition, request.GET, at=now)
    form = ExportForm(request.POST or None)
    context = {"edition": edition, "chosen": chosen, "form": form}
    if request.method != "POST":
        return render(request, "candidatures/exports/ask.html", context)
    if not form.is_valid():
        return render(request, "candidatures/exports/ask.html", context, status=422)
    export = services.ask_for_export(
        edition,
        format=form.cleaned_data["format"],
        candidatures=chosen.keys,
        criteria=chosen.words,
        by=signed_in(request),
        at=now,
    )
    messages.success(request, "L’export est demandé. Un courriel vous dira quand il est prêt.")
    return redirect("candidatures_staff:export", year, export.pk)


@staff_required
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    exports = Export.objects.of_edition(edition).select_related("requested_by").latest_first()
    page = Paginator(exports, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "candidatures/exports/index.html", {"edition": edition, "page_obj": page}
    )


@staff_required
@require_safe
@vary_on_headers("HX-Request")
def detail(request: HttpRequest, year: int, export_pk: int) -> HttpResponse:
    """A page, or how far it is alone for htmx."""
    export = _get(year, export_pk)
    page = f"{PAGE}#progress" if request.headers.get("HX-Request") else PAGE
    return render(request, page, {"edition": export.edition, "export": export})


@staff_required
@require_safe
def file(request: HttpRequest, year: int, export_pk: int) -> FileResponse:
    export = _get(year, export_pk)
    if export.file is None:
        raise Http404("Cet export n’a pas de fichier.")
    return serve(export.file, name=export.name, inline=False)


@staff_required
@require_safe
def dossier(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    deposit = (
        Deposit.objects.standing()
        .select_related("deposited_by")
        .filter(candidature=candidature)
        .first()
        if candidature.is_deposited
        else None
    )
    try:
        content = pdf.dossier(candidature, deposit, at=timezone.now())
    except PdfUnavailableError as error:
        context = {"candidature": candidature, "edition": candidature.edition, "why": str(error)}
        return render(request, "candidatures/exports/no_pdf.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{pdf.dossier_name(candidature)}"'
    return response


def _get(year: int, pk: int) -> Export:
    return get_object_or_404(
        Export.objects.select_related("edition", "requested_by", "file"), edition__year=year, pk=pk
    )
