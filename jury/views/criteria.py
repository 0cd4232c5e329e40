"""The staff's page of the criteria."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jury import services
from jury.forms import CriterionFormSet
from jury.models import Criterion
from jury.services.criteria import has_reviews
from labels.models import Edition
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    data = request.POST if request.method == "POST" else None
    rows = Criterion.objects.filter(edition=edition).order_by("position")
    formset = CriterionFormSet(data, queryset=rows)
    if request.method == "POST" and formset.is_valid():
        changed = formset.save(commit=False)
        services.change_criteria(
            edition, criteria=changed, by=signed_in(request), at=timezone.now()
        )
        messages.success(request, "Les critères sont enregistrés.")
        return redirect("jury_staff:criteria", year)
    context = {"edition": edition, "formset": formset, "is_frozen": has_reviews(edition)}
    return render(request, "jury/criteria.html", context, status=422 if data else 200)
