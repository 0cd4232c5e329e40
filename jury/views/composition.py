"""The staff's pages: who sits on the jury, who reads what, who must not. No score is shown here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from candidatures.models import Candidature
from jury import composition, services
from jury.forms import AssignmentForm, JurorForm, RecusalForm
from jury.models import Juror, JuryRules
from labels.models import Edition
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 50


@staff_required
@require_safe
def jury(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    return render(request, "jury/composition.html", _context(request, edition))


@staff_required
@require_POST
def add_juror(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = JurorForm(request.POST)
    if not form.is_valid() or form.user is None:
        context = _context(request, edition) | {"juror_form": form}
        return render(request, "jury/composition.html", context, status=422)
    juror = services.add_juror(
        edition,
        user=form.user,
        is_chair=form.cleaned_data["is_chair"],
        by=signed_in(request),
        at=timezone.now(),
    )
    messages.success(request, f"{juror} siège au jury de l’{edition}.")
    return redirect("jury_staff:jury", year)


@staff_required
@require_POST
def hand_chair(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    juror = get_object_or_404(
        Juror.objects.select_related("edition", "user"), edition__year=year, pk=pk
    )
    services.hand_chair(juror, by=signed_in(request), at=timezone.now())
    messages.success(request, f"{juror} préside désormais le jury.")
    return redirect("jury_staff:jury", year)


@staff_required
@require_POST
def assign(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = AssignmentForm(request.POST, edition=edition)
    if not form.is_valid():
        context = _context(request, edition) | {"assignment_form": form}
        return render(request, "jury/composition.html", context, status=422)
    services.assign(**form.cleaned_data, by=signed_in(request), at=timezone.now())
    messages.success(request, "La lecture est confiée.")
    return redirect("jury_staff:jury", year)


@staff_required
@require_POST
def unassign(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = AssignmentForm(request.POST, edition=edition)
    if not form.is_valid():
        context = _context(request, edition) | {"assignment_form": form}
        return render(request, "jury/composition.html", context, status=422)
    services.unassign(**form.cleaned_data, by=signed_in(request), at=timezone.now())
    messages.success(request, "La lecture est retirée.")
    return redirect("jury_staff:jury", year)


@staff_required
@require_POST
def recuse(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = RecusalForm(request.POST, edition=edition)
    if not form.is_valid():
        context = _context(request, edition) | {"recusal_form": form}
        return render(request, "jury/composition.html", context, status=422)
    services.recuse(**form.cleaned_data, by=signed_in(request), at=timezone.now())
    messages.success(request, "Le déport est prononcé.")
    return redirect("jury_staff:jury", year)


def _context(request: HttpRequest, edition: Edition) -> dict[str, object]:
    dossiers = Candidature.objects.of_edition(edition).deposited().with_details().by_name()
    page = Paginator(dossiers, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "edition": edition,
        "jurors": composition.loads(edition),
        "page_obj": page,
        "dossiers": composition.readers(list(page.object_list)),
        "juror_form": JurorForm(),
        "assignment_form": AssignmentForm(edition=edition),
        "recusal_form": RecusalForm(edition=edition),
        "rules": JuryRules.of(edition),
        "has_chair": Juror.objects.filter(edition=edition, is_chair=True).exists(),
    }
