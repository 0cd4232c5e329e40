"""The living charter: every component of the design system, in each of its states."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from villes_internet.sorting import sorting
from villes_internet.staff import catalogue, charter, specimens
from villes_internet.staff.permissions import StaffRequest, staff_required


@require_safe
@staff_required
def gallery(request: StaffRequest) -> HttpResponse:
    context = {
        "families": catalogue.FAMILIES,
        "components": catalogue.COMPONENTS,
        "frame": catalogue.FRAME,
        "swatches": charter.swatches(),
        "icons": charter.icons(),
        "scale": charter.scale(),
        "spaces": charter.spaces(),
        "page_obj": Paginator(range(740), 20).get_page(request.GET.get("page", 12)),
        "sorting": sorting(request.GET.get("tri"), {"collectivite": "", "actions": ""}),
    }
    return render(request, "staff/gallery.html", specimens.context() | context)


@require_safe
@staff_required
def themes(request: StaffRequest) -> HttpResponse:
    """The stylesheet that shows both themes side by side, made from the real one."""
    return HttpResponse(charter.themes_css(), content_type="text/css")
