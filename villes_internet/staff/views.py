"""/gestion/: the way in to the screens of the staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from villes_internet.staff.panels import offered_panels
from villes_internet.staff.permissions import StaffRequest, staff_required


@require_safe
@staff_required
def home(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/home.html", {"panels": offered_panels()})
