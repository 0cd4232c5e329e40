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
from django.views.decorators.vary import vary_on_headers

from candidatures import overview, services
from candidatures.forms import InitiativeForm
from candidatures.models import Candidature, Initiative, Presence
from candidatures.overview import Presented
from candidatures.permissions import why_not_write
from candidatures.resuming import resumed
from candidatures.views.access import TAKEN, get_candidature, get_initiative
from labels.models import DigitalService
from villes_internet.calendar import day_of
from villes_internet.refusals import Refusal, typed_again
from villes_internet.users.access import signed_in


def _mosaic_with(
    request: HttpRequest, candidature: Candidature, others: list[Presented]
) -> HttpResponse:
    """For htmx: the mosaïque as the services that are ticked would draw it with other actions."""
    ticked = [int(value) for value in request.GET.getlist("services") if value.isdecimal()]
    services = DigitalService.objects.in_order().filter(
        theme__edition=candidature.edition, pk__in=ticked
    )
    drawn = [*others, Presented(Initiative(), list(services))]
    context = {"mosaic": overview.mosaic_of(candidature, drawn)}
    return render(request, "candidatures/includes/mosaic_here.html", context)


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def add_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    actions = overview.presented(candidature)
    if request.method == "GET" and request.headers.get("HX-Request"):
        return _mosaic_with(request, candidature, actions)
    now = timezone.now()
    form = InitiativeForm(request.POST or None, edition=candidature.edition, today=day_of(now))
    context: dict[str, Any] = {
        "candidature": candidature,
        "form": form,
        "mosaic": overview.mosaic_of(candidature, actions),
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
        return typed_again(request, "candidatures/initiative.html", context, refusal)
    messages.success(request, "L’action est ajoutée à la candidature.", extra_tags=TAKEN)
    return redirect("candidatures:detail", candidature.pk)


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def change_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    candidature = initiative.candidature
    actions = overview.presented(candidature)
    if request.method == "GET" and request.headers.get("HX-Request"):
        others = [one for one in actions if one.initiative.pk != initiative_pk]
        return _mosaic_with(request, candidature, others)
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
        "resumed": resumed(initiative),
        "form": form,
        "mosaic": overview.mosaic_of(candidature, actions),
        "rewritten": set(initiative.earlier_passages.values_list("code", flat=True)),
        "others": Presence.objects.here(candidature, at=now).besides(signed_in(request)),
        "since": now.isoformat(),
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, by=signed_in(request), at=now)
        return render(request, "candidatures/initiative.html", context)
    valid = form.is_valid()
    try:
        saved = services.save_passages(
            initiative, values=form.values(), by=signed_in(request), at=now
        )
    except Refusal as refusal:
        context["unsaved"] = list(form.codes)
        return typed_again(request, "candidatures/initiative.html", context, refusal)
    if valid and not saved.conflicts:
        messages.success(request, "L’action est enregistrée.")
        return redirect("candidatures:detail", candidature.pk)
    context["conflicts"] = saved.conflicts
    context["unsaved"] = [conflict.code for conflict in saved.conflicts]
    context["form"] = form.over(saved.versions)
    status = 409 if valid else 422
    return render(request, "candidatures/initiative.html", context, status=status)


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
