"""The pictures that social networks show beside a link: of the site, a territory, a sheet."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from atlaas.models import Sheet
from atlaas.pictures import SITE, sheet_of, territory_of
from labels.models import Award
from labels.pictures import panel_of
from villes_internet.drawing.responses import answer
from villes_internet.territories.models import Territory


@login_not_required
@require_safe
def site(request: HttpRequest) -> HttpResponse:
    return answer(request, SITE)


@login_not_required
@require_safe
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """The panel of its latest label, as on its page."""
    found = get_object_or_404(
        Territory.objects.select_related("department", "successor"), code=code.upper()
    )
    if found.successor:
        return redirect("atlaas:territory_picture", found.successor.code)
    award = Award.objects.of_territory(found).with_details().latest_first().first()
    return answer(request, panel_of(award) if award else territory_of(found))


@login_not_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sheet.objects.with_details(), pk=pk)
    return answer(request, sheet_of(found))
