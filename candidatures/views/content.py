"""Writing the initiatives of a candidature.

What was sent and cannot be taken is shown again in its form, never lost: the person may copy it.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from candidatures import services
from candidatures.forms import InitiativeForm
from candidatures.permissions import why_not_write
from candidatures.views.access import get_candidature, get_initiative
from villes_internet.calendar import day_of
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in


def _typed_again(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    """The form with its text, under the reason why it is not taken."""
    context["form"].add_error(None, str(refusal))
    return render(request, template, context, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
def add_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    now = timezone.now()
    form = InitiativeForm(request.POST or None, edition=candidature.edition, today=day_of(now))
    context: dict[str, Any] = {
        "candidature": candidature,
        "form": form,
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, by=signed_in(request), at=now)
        return render(request, "candidatures/initiative.html", context)
    if not form.is_valid():
        return render(request, "candidatures/initiative.html", context, status=422)
    try:
        services.add_initiative(
            candidature,
            initiative=form.save(commit=False),
            services=form.cleaned_data["services"],
            by=signed_in(request),
            at=now,
        )
    except Refusal as refusal:
        return _typed_again(request, "candidatures/initiative.html", context, refusal)
    messages.success(request, "L’action est ajoutée à la candidature.")
    return redirect("candidatures:detail", candidature.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    candidature = initiative.candidature
    now = timezone.now()
    form = InitiativeForm(
        request.POST or None,
        instance=initiative,
        edition=candidature.edition,
        today=day_of(now),
    )
    context: dict[str, Any] = {
        "candidature": candidature,
        "initiative": initiative,
        "illustrations": initiative.illustrations.in_order(),
        "form": form,
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, by=signed_in(request), at=now)
        return render(request, "candidatures/initiative.html", context)
    if not form.is_valid():
        return render(request, "candidatures/initiative.html", context, status=422)
    try:
        services.change_initiative(
            form.save(commit=False),
            services=form.cleaned_data["services"],
            version=form.cleaned_data["version"] or 0,
            by=signed_in(request),
            at=now,
        )
    except Refusal as refusal:
        return _typed_again(request, "candidatures/initiative.html", context, refusal)
    messages.success(request, "L’action est enregistrée.")
    return redirect("candidatures:detail", candidature.pk)


@require_POST
def move_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    up = request.POST.get("to") == "up"
    services.move_initiative(initiative, up=up, by=signed_in(request), at=timezone.now())
    return redirect(reverse("candidatures:detail", args=[pk]) + f"#action-{initiative_pk}")


@require_POST
def duplicate_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    copy = services.duplicate_initiative(initiative, by=signed_in(request), at=timezone.now())
    messages.success(request, "Voici la copie, déjà enregistrée : changez-la en une autre action.")
    return redirect("candidatures:change_initiative", pk, copy.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    candidature = initiative.candidature
    if request.method != "POST":
        why_not = why_not_write(candidature, by=signed_in(request), at=timezone.now())
        context = {"candidature": candidature, "initiative": initiative, "why_not": why_not}
        return render(request, "candidatures/remove_initiative.html", context)
    services.remove_initiative(initiative, by=signed_in(request), at=timezone.now())
    messages.success(request, f"L’action « {initiative.title} » est retirée.")
    return redirect("candidatures:detail", candidature.pk)
