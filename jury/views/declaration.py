"""The declaration of confidentiality and interests: the juror signs it, the staff write it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jury import services
from jury.forms import DeclarationForm, SignForm
from jury.models import Affiliation, JuryRules
from jury.views.access import get_juror
from labels.models import Edition
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, year: int) -> HttpResponse:
    me = get_juror(request, year)
    text = me.signed_text or JuryRules.of(me.edition).declaration
    context = {
        "juror": me,
        "edition": me.edition,
        "text": text,
        "affiliations": Affiliation.objects.filter(juror=me).with_places().in_order(),
        "form": SignForm(initial={"seen": text}),
    }
    template = "jury/declaration.html"
    if request.method != "POST":
        return render(request, template, context)
    form = SignForm(request.POST)
    if not form.is_valid():
        return render(request, template, context | {"form": form}, status=422)
    try:
        services.sign_declaration(me, seen=form.cleaned_data["seen"], at=timezone.now())
    except Refusal as refusal:
        return typed_again(request, template, context | {"form": form}, refusal)
    messages.success(request, "La déclaration est signée : vos dossiers s’ouvrent.")
    return redirect("jury:dashboard", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_declaration(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = DeclarationForm(
        request.POST or None, initial={"text": JuryRules.of(edition).declaration}
    )
    context = {"edition": edition, "form": form}
    if request.method != "POST":
        return render(request, "jury/change_declaration.html", context)
    if not form.is_valid():
        return render(request, "jury/change_declaration.html", context, status=422)
    services.change_declaration(
        edition, text=form.cleaned_data["text"], by=signed_in(request), at=timezone.now()
    )
    messages.success(request, "La déclaration est enregistrée.")
    return redirect("jury_staff:jury", year)
