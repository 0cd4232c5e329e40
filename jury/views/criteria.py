"""The staff's pages of the criteria, and of what the chair's figures are read by."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jury import services
from jury.forms import ThresholdsForm, criterion_formset
from jury.models import JuryRules
from jury.services.criteria import has_reviews
from labels.models import Edition
from villes_internet.refusals import Refusal
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    data = request.POST if request.method == "POST" else None
    formset = criterion_formset(data, edition=edition)
    if request.method == "POST" and formset.is_valid():
        changed = formset.save(commit=False)
        services.change_criteria(
            edition, criteria=changed, by=signed_in(request), at=timezone.now()
        )
        messages.success(request, "Les critères sont enregistrés.")
        return redirect("jury_staff:criteria", year)
    context = {"edition": edition, "formset": formset, "is_frozen": has_reviews(edition)}
    return render(request, "jury/criteria.html", context, status=422 if data else 200)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def thresholds(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    data = request.POST if request.method == "POST" else None
    form = ThresholdsForm(data, instance=JuryRules.of(edition))
    context = {"edition": edition, "form": form}
    if data is None:
        return render(request, "jury/thresholds.html", context)
    if not form.is_valid():
        return render(request, "jury/thresholds.html", context, status=422)
    try:
        services.change_thresholds(
            edition, rules=form.instance, by=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "jury/thresholds.html", context, status=refusal.status)
    messages.success(request, "Les seuils sont enregistrés.")
    return redirect("jury_staff:thresholds", year)
