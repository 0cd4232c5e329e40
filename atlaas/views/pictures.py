"""The pictures that social networks show beside a link: of the site, a territory, a sheet.

And those that illustrate a sheet.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from atlaas.models import Sheet, SheetIllustration
from atlaas.pictures import SITE, sheet_of, territory_of
from labels.models import Award
from labels.pictures import panel_of
from villes_internet.drawing.responses import answer
from villes_internet.files.responses import serve
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


@login_not_required
@require_safe
def illustration(request: HttpRequest, pk: int, illustration_pk: int, size: str) -> FileResponse:
    """Public because the sheet is: a picture of a candidature has no row here."""
    found = get_object_or_404(
        SheetIllustration.objects.select_related("file", "medium", "small"),
        pk=illustration_pk,
        sheet=pk,
    )
    if (stored := found.sized(size)) is None:
        raise Http404("Cette taille n’existe pas.")
    return serve(stored, name=f"image-{found.pk}-{size}", inline=True, is_public=True)
