"""/gestion/: the way in to the screens of the staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from villes_internet.staff.panels import offered_panels, offered_rounds, waiting
from villes_internet.staff.permissions import StaffRequest, staff_required


@require_safe
@staff_required
def home(request: StaffRequest) -> HttpResponse:
    rounds, panels = offered_rounds(at=timezone.now()), offered_panels()
    context = {"rounds": rounds, "panels": panels, "waiting": waiting(rounds, panels)}
    return render(request, "staff/home.html", context)
