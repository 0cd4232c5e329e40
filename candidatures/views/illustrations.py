"""The pictures of an action: shown to those who may read its dossier, changed by who writes it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.models.illustration import MOST_ILLUSTRATIONS
from candidatures import services
from candidatures.forms import IllustrationForm
from candidatures.models import InitiativeIllustration
from candidatures.permissions import why_not_write
from candidatures.views.access import get_candidature, get_initiative
from villes_internet.files.responses import serve
from villes_internet.refusals import Refusal, typed_again
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def illustrations(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    form = IllustrationForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "candidature": initiative.candidature,
        "initiative": initiative,
        "illustrations": initiative.illustrations.in_order(),
        "most": MOST_ILLUSTRATIONS,
        "form": form,
        "why_not": why_not_write(initiative.candidature, by=signed_in(request), at=timezone.now()),
    }
    if request.method != "POST":
        return render(request, "candidatures/illustrations.html", context)
    if form.is_valid():
        content = form.cleaned_data
        try:
            services.illustrate(
                initiative,
                upload=content["file"],
                alternative=content["alternative"],
                credit=content["credit"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("file", error)
        except Refusal as refusal:
            return typed_again(request, "candidatures/illustrations.html", context, refusal)
        else:
            messages.success(request, "L’image est ajoutée à l’action.")
            return redirect(request.path)
    return render(request, "candidatures/illustrations.html", context, status=422)


@require_safe
def illustration(request: HttpRequest, pk: int, illustration_pk: int, size: str) -> FileResponse:
    candidature = get_candidature(request, pk)
    found = get_object_or_404(
        InitiativeIllustration.objects.select_related("file", "medium", "small"),
        pk=illustration_pk,
        initiative__candidature=candidature,
    )
    if (stored := found.sized(size)) is None:
        raise Http404("Cette taille n’existe pas.")
    return serve(stored, name=f"image-{found.pk}-{size}", inline=True)


@require_POST
def remove_illustration(
    request: HttpRequest, pk: int, initiative_pk: int, illustration_pk: int
) -> HttpResponse:
    initiative = get_initiative(request, pk, initiative_pk)
    found = get_object_or_404(InitiativeIllustration, pk=illustration_pk, initiative=initiative)
    found.initiative = initiative
    services.remove_illustration(found, by=signed_in(request), at=timezone.now())
    messages.success(request, "L’image est retirée de l’action.")
    return redirect("candidatures:illustrations", pk, initiative_pk)
