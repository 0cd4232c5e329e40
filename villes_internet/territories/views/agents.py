"""/rattachements/: a person says for which collectivités they act."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from villes_internet.refusals import Refusal
from villes_internet.territories import permissions, services
from villes_internet.territories.forms import RequestForm
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.access import signed_in

FOUND_AT_MOST = 10
PAGE = "territories/new_membership.html"


@require_safe
def memberships(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(user=signed_in(request)).with_details().pending_first()
    return render(request, "territories/memberships.html", {"memberships": own})


@require_safe
@vary_on_headers("HX-Request")
def new_membership(request: HttpRequest) -> HttpResponse:
    """Looks for the collectivité: a page, or its list of results alone for htmx."""
    text = request.GET.get("q", "").strip()[:100]
    found = list(Territory.objects.current().search(text)[: FOUND_AT_MOST + 1])
    context = {
        "q": text,
        "territories": found[:FOUND_AT_MOST],
        "more": len(found) > FOUND_AT_MOST,
    }
    page = f"{PAGE}#results" if request.headers.get("HX-Request") else PAGE
    return render(request, page, context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_membership(request: HttpRequest, code: str) -> HttpResponse:
    user = signed_in(request)
    territory = get_object_or_404(
        Territory.objects.select_related("department", "successor"), code=code.upper()
    )
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.request_membership(territory, by=user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Votre demande est envoyée à l’association.")
        return redirect("territories:memberships")
    why_not = permissions.why_not_request(user, territory)
    context = {"territory": territory, "form": form, "why_not": why_not}
    status = 422 if form.is_bound else 200
    return render(request, "territories/request_membership.html", context, status=status)


@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    membership = get_object_or_404(Membership.objects.with_details(), pk=pk)
    if not permissions.can_see(user, membership):
        raise Http404
    if not permissions.can_end(user, membership):
        raise PermissionDenied
    try:
        services.end_membership(membership, by=user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Votre rattachement à {membership.territory} a pris fin.")
    return redirect("territories:memberships")
