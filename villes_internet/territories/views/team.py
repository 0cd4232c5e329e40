"""/rattachements/<code>/equipe/: who acts for a collectivité, and who is invited to."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories import permissions, services
from villes_internet.territories.choices import MembershipState, Role
from villes_internet.territories.forms import FunctionForm, InviteForm, RoleForm
from villes_internet.territories.models import Invitation, Membership, Territory
from villes_internet.users.access import signed_in
from villes_internet.users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, code: str) -> HttpResponse:
    user, territory = _seen(request, code)
    if request.method != "POST":
        return render(request, "territories/team.html", _context(user, territory))
    form = InviteForm(request.POST)
    if not permissions.can_manage_team(user, territory):
        raise Forbidden(permissions.NOT_YOURS)
    if not form.is_valid():
        return render(
            request, "territories/team.html", _context(user, territory, invite=form), status=422
        )
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    try:
        services.invite(territory, email=email, role=role, by=user, at=timezone.now())
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        context = _context(user, territory, invite=form)
        return render(request, "territories/team.html", context, status=409)
    messages.success(request, f"L’invitation part par courriel à {email}.")
    return redirect("territories:team", territory.code)


@require_POST
def change_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user, territory = _seen(request, code)
    colleague = _colleague(territory, pk, by=user)
    form = _role_form(colleague, request.POST)
    if not form.is_valid():
        context = _context(user, territory, refused={colleague.pk: form})
        return render(request, "territories/team.html", context, status=422)
    role = Role(form.cleaned_data["role"])
    return _answer(
        request,
        territory,
        lambda: services.change_role(colleague, role=role, by=user, at=timezone.now()),
        f"{colleague.user} est maintenant {role.label}.",
    )


@require_POST
def end_colleague(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user, territory = _seen(request, code)
    colleague = _colleague(territory, pk, by=user)
    return _answer(
        request,
        territory,
        lambda: services.end_membership(colleague, by=user, at=timezone.now()),
        f"{colleague.user} n’agit plus pour {territory}.",
    )


@require_POST
def resend_invitation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user, territory = _seen(request, code)
    invitation = get_object_or_404(Invitation.objects.with_details(), pk=pk, territory=territory)
    return _answer(
        request,
        territory,
        lambda: services.resend_invitation(invitation, by=user, at=timezone.now()),
        f"L’invitation repart par courriel à {invitation.email}, pour 14 jours.",
    )


@require_POST
def revoke_invitation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user, territory = _seen(request, code)
    invitation = get_object_or_404(Invitation.objects.with_details(), pk=pk, territory=territory)
    return _answer(
        request,
        territory,
        lambda: services.revoke_invitation(invitation, by=user, at=timezone.now()),
        f"L’invitation de {invitation.email} est retirée\u00a0: son lien ne vaut plus rien.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reading the letter's link changes nothing: mail programs open links by themselves."""
    user, now = signed_in(request), timezone.now()
    invitation = get_object_or_404(Invitation.objects.with_details().signed(token))
    territory = invitation.territory
    known = Membership.objects.standing().filter(user=user, territory=territory).first()
    form = FunctionForm(
        request.POST if request.method == "POST" else None,
        initial={"function": known.function if known else ""},
    )
    if form.is_valid():
        membership = services.accept_invitation(
            invitation, by=user, at=now, function=form.cleaned_data["function"]
        )
        role = membership.get_role_display()
        messages.success(request, f"Vous êtes maintenant {role} pour {territory}.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {
        "invitation": invitation,
        "territory": territory,
        "known": known,
        "form": form,
        "why_not": permissions.why_not_accept(user, invitation, at=now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "territories/accept_invitation.html", context, status=status)


def _seen(request: HttpRequest, code: str) -> tuple[User, Territory]:
    """The territory, if this person may see its team; to others it does not exist."""
    user = signed_in(request)
    territory = get_object_or_404(Territory.objects.select_related("department"), code=code.upper())
    if not permissions.can_see_team(user, territory):
        raise Http404
    return user, territory


def _colleague(territory: Territory, pk: int, *, by: User) -> Membership:
    """Somebody else of the team: one's own rattachement ends on its own page."""
    if not permissions.can_manage_team(by, territory):
        raise Forbidden(permissions.NOT_YOURS)
    team = Membership.objects.exclude(state=MembershipState.REQUESTED).exclude(user=by)
    return get_object_or_404(team.select_related("user", "territory"), pk=pk, territory=territory)


def _role_form(membership: Membership, data: Any = None) -> RoleForm:
    return RoleForm(data, initial={"role": membership.role}, auto_id=f"id_%s_{membership.pk}")


def _context(
    user: User,
    territory: Territory,
    *,
    invite: InviteForm | None = None,
    refused: dict[int, RoleForm] | None = None,
) -> dict[str, Any]:
    manages = permissions.can_manage_team(user, territory)
    members = (
        Membership.objects.active()
        .filter(territory=territory)
        .select_related("user", "decided_by")
        .by_role()
    )
    unanswered = Invitation.objects.unanswered().filter(territory=territory)
    now = timezone.now()
    return {
        "territory": territory,
        "manages": manages,
        "members": [
            (member, (refused or {}).get(member.pk) or _role_form(member)) for member in members
        ],
        "refused": next(iter((refused or {}).values()), None),
        "invitations": [
            (invitation, invitation.is_expired(at=now))
            for invitation in unanswered.select_related("invited_by").order_by("-invited_at", "-pk")
        ]
        if manages
        else [],
        "form": (invite or InviteForm()) if manages else None,
    }


def _answer(
    request: HttpRequest, territory: Territory, act: Callable[[], None], done: str
) -> HttpResponse:
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("territories:team", territory.code)
