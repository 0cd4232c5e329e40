"""/gestion/rattachements/: the staff answer those who want to act for a collectivité."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from villes_internet.refusals import Refusal
from villes_internet.staff.permissions import StaffRequest, staff_required
from villes_internet.territories import services
from villes_internet.territories.choices import Role
from villes_internet.territories.filters import MembershipFilter
from villes_internet.territories.forms import CHOOSE_ROLE, RefuseForm, RoleForm
from villes_internet.territories.models import Membership

PAGE_SIZE = 30


@require_safe
@staff_required
def memberships(request: StaffRequest) -> HttpResponse:
    everyone = Membership.objects.with_details().pending_first()
    filtered = MembershipFilter(request.GET, everyone)
    page = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "filter": filtered, "roles": Role}
    return render(request, "territories/staff_memberships.html", context)


@require_POST
@staff_required
def accept_membership(request: StaffRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.with_details(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, CHOOSE_ROLE)
        return redirect("territories_staff:memberships")
    return _answer(
        request,
        lambda: services.accept_membership(
            membership,
            by=request.user,
            at=timezone.now(),
            role=Role(form.cleaned_data["role"]),
        ),
        f"{membership.user} est rattaché·e à {membership.territory}.",
    )


@require_POST
@staff_required
def refuse_membership(request: StaffRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.with_details(), pk=pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Le motif dépasse 500 caractères.")
        return redirect("territories_staff:memberships")
    return _answer(
        request,
        lambda: services.refuse_membership(
            membership, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        f"La demande de {membership.user} pour {membership.territory} est refusée.",
    )


@require_POST
@staff_required
def end_membership(request: StaffRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.with_details(), pk=pk)
    return _answer(
        request,
        lambda: services.end_membership(membership, by=request.user, at=timezone.now()),
        f"Le rattachement de {membership.user} à {membership.territory} a pris fin.",
    )


def _answer(request: StaffRequest, decide: Callable[[], None], done: str) -> HttpResponse:
    try:
        decide()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("territories_staff:memberships")
