"""The staff's pages of the readings: can they be done, who would read what and why. No score."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jury import services
from jury.distribution import foresee, gather
from jury.forms import LoadForm, ReadersForm, ReadingsForm
from jury.models import Juror
from jury.permissions import can_distribute
from labels.models import Edition
from villes_internet.french import number, plural
from villes_internet.refusals import Refusal, typed_again
from villes_internet.spreadsheets import UnreadableTableError
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 25
MOST_SEED = 9999
DISTRIBUTION = "jury/distribution.html"
LOAD = "jury/load.html"
ENTRUST = "jury/entrust.html"


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def distribution(request: HttpRequest, year: int) -> HttpResponse:
    """The simulation and the rules; posting changes how many people read a dossier."""
    edition = get_object_or_404(Edition, year=year)
    verdict = foresee(gather(edition))
    form = ReadersForm(request.POST or None, rules=verdict.gathered.rules)
    context = {"edition": edition, "verdict": verdict, "form": form}
    if request.method != "POST":
        return render(request, DISTRIBUTION, context)
    if not form.is_valid():
        return render(request, DISTRIBUTION, context, status=422)
    services.change_readers_per_dossier(
        edition, **form.cleaned_data, by=signed_in(request), at=timezone.now()
    )
    messages.success(request, "Le nombre de lectures par dossier est enregistré.")
    return redirect("jury_staff:distribution", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_load(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    juror = _get_juror(year, pk)
    form = LoadForm(request.POST or None, juror=juror)
    context = {"edition": juror.edition, "juror": juror, "form": form}
    if request.method != "POST":
        return render(request, LOAD, context)
    if not form.is_valid():
        return render(request, LOAD, context, status=422)
    try:
        services.change_load(juror, **form.cleaned_data, by=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return typed_again(request, LOAD, context, refusal)
    messages.success(request, f"Les lectures de {juror} sont réglées.")
    return redirect("jury_staff:distribution", year)


@staff_required
@require_POST
def release(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    juror = _get_juror(year, pk)
    count = services.release(juror, by=signed_in(request), at=timezone.now())
    s = plural(count)
    messages.success(request, f"{count} lecture{s} reprise{s} à {juror}, à répartir à nouveau.")
    return redirect("jury_staff:distribution", year)


@staff_required
@require_safe
def proposal(request: HttpRequest, year: int) -> HttpResponse:
    """Who would read what, and why; another draw parts equals otherwise."""
    edition = get_object_or_404(Edition, year=year)
    seed = _seed(request.GET.get("tirage", ""))
    verdict = foresee(gather(edition, seed=seed))
    page = Paginator(list(verdict.gathered.candidatures.values()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "edition": edition,
        "verdict": verdict,
        "page_obj": page,
        "rows": verdict.dossiers(list(page.object_list)),
        "can_distribute": can_distribute(edition, at=timezone.now()),
    }
    return render(request, "jury/proposal.html", context)


@staff_required
@require_POST
def distribute(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    seed = _seed(request.POST.get("tirage", ""))
    proposed = services.distribute(
        edition,
        seen=request.POST.get("seen", ""),
        seed=edition.year if seed is None else seed,
        by=signed_in(request),
        at=timezone.now(),
    )
    count = len(proposed.pairs)
    s = plural(count)
    messages.success(request, f"{number(count)} lecture{s} {plural(count, 'est,sont')} confiée{s}.")
    return redirect("jury_staff:jury", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def entrust(request: HttpRequest, year: int) -> HttpResponse:
    """Readings listed in a spreadsheet: what is wrong in it, line by line, or all of them kept."""
    edition = get_object_or_404(Edition, year=year)
    form = ReadingsForm(request.POST, request.FILES) if request.method == "POST" else ReadingsForm()
    context: dict[str, object] = {"edition": edition, "form": form}
    if request.method != "POST":
        return render(request, ENTRUST, context)
    if not form.is_valid():
        return render(request, ENTRUST, context, status=422)
    try:
        listed = services.entrust(
            edition, lines=form.cleaned_data["file"], by=signed_in(request), at=timezone.now()
        )
    except UnreadableTableError as error:
        form.add_error("file", str(error))
        return render(request, ENTRUST, context, status=422)
    if listed.faults:
        return render(request, ENTRUST, context | {"listed": listed}, status=422)
    count, s = len(listed.readings), plural(len(listed.readings))
    messages.success(
        request,
        f"{number(count)} lecture{s} confiée{s}, {number(listed.already)} qui l’"
        f"{plural(listed.already, 'était,étaient')} déjà.",
    )
    return redirect("jury_staff:jury", year)


def _get_juror(year: int, pk: int) -> Juror:
    jurors = Juror.objects.select_related("edition", "user").prefetch_related("expertise")
    return get_object_or_404(jurors, edition__year=year, pk=pk)


def _seed(text: str) -> int | None:
    """The number of a draw; None where the address asks for none."""
    return int(text) if text.isascii() and text.isdecimal() and int(text) <= MOST_SEED else None
