"""What ties jurors to collectivités, and their déports: by the staff, and by the juror."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from jury import readings, services
from jury.forms import AffiliationForm, DeclareForm, LiftForm, RecusalRulesForm
from jury.models import Affiliation, Juror, Recusal
from jury.views.access import get_juror, get_readable
from labels.models import Edition
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 50


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def juror(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    seated = get_object_or_404(
        Juror.objects.select_related("edition", "user"), edition__year=year, pk=pk
    )
    found = Recusal.objects.filter(juror=seated).with_people().by_name()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = _ties(seated) | {"edition": seated.edition, "page_obj": page}
    return _note(request, seated, context, "jury/juror.html")


@require_http_methods(["GET", "HEAD", "POST"])
def affiliations(request: HttpRequest, year: int) -> HttpResponse:
    me = get_juror(request, year)
    context = _ties(me) | {"edition": me.edition, "recusals": readings.recused_from(me)}
    return _note(request, me, context, "jury/affiliations.html")


@staff_required
@require_POST
def remove_affiliation(
    request: HttpRequest, year: int, pk: int, affiliation_pk: int
) -> HttpResponse:
    affiliation = get_object_or_404(
        Affiliation.objects.with_places().select_related("juror__edition", "juror__user"),
        pk=affiliation_pk,
        juror=pk,
        juror__edition__year=year,
    )
    services.remove_affiliation(affiliation, by=signed_in(request), at=timezone.now())
    messages.success(request, "Le lien est retiré, avec les déports qu’il était seul à expliquer.")
    return redirect("jury_staff:juror", year, pk)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    recusal = get_object_or_404(
        Recusal.objects.with_people(), pk=pk, juror__edition__year=year, lifted_at=None
    )
    form = LiftForm(request.POST or None)
    context = {"recusal": recusal, "edition": recusal.juror.edition, "form": form}
    if request.method != "POST":
        return render(request, "jury/lift_recusal.html", context)
    if not form.is_valid():
        return render(request, "jury/lift_recusal.html", context, status=422)
    reason = form.cleaned_data["reason"]
    services.lift_recusal(recusal, reason=reason, by=signed_in(request), at=timezone.now())
    messages.success(request, "Le déport est levé : la lecture peut être confiée.")
    return redirect("jury_staff:juror", year, recusal.juror_id)


@staff_required
@require_POST
def recusal_rules(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    form = RecusalRulesForm(request.POST)
    if not form.is_valid():
        raise Refusal("Dites si les déports s’étendent au département : rien n’a changé.")
    services.set_recusal_rules(
        edition, **form.cleaned_data, by=signed_in(request), at=timezone.now()
    )
    messages.success(request, "La règle des déports est enregistrée.")
    return redirect("jury_staff:jury", year)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    me = get_juror(request, year)
    candidature = get_readable(me, pk)
    form = DeclareForm(request.POST or None)
    context = {"candidature": candidature, "edition": me.edition, "form": form}
    if request.method != "POST":
        return render(request, "jury/declare_recusal.html", context)
    if not form.is_valid():
        return render(request, "jury/declare_recusal.html", context, status=422)
    services.declare_recusal(me, candidature, reason=form.cleaned_data["reason"], at=timezone.now())
    messages.success(
        request,
        f"Vous êtes déporté·e de ce dossier ({candidature.territory}) : vous n’en verrez plus "
        "rien. Merci de l’avoir dit.",
    )
    return redirect("jury:dashboard", year)


def _ties(juror: Juror) -> dict[str, Any]:
    ties = Affiliation.objects.filter(juror=juror).with_places().in_order()
    return {"juror": juror, "affiliations": ties, "form": AffiliationForm(juror=juror)}


def _note(
    request: HttpRequest, juror: Juror, context: dict[str, Any], template: str
) -> HttpResponse:
    """Show the ties of a juror, and note one more; what cannot be is shown again as typed."""
    if request.method != "POST":
        return render(request, template, context)
    form = context["form"] = AffiliationForm(request.POST, juror=juror)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        services.add_affiliation(form.save(commit=False), by=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return typed_again(request, template, context, refusal)
    messages.success(request, "Le lien est noté, et les déports qui en suivent prononcés.")
    return redirect(request.path)
