"""The staff's pages of what a deposit asks for: engagements, conditions of admission, checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import services
from candidatures.admission import Standing
from candidatures.choices import CheckedBy
from candidatures.forms.rules import MET, CheckForm, ConditionForm, EngagementForm
from candidatures.models import Acceptance, Candidature, Condition, ConditionCheck, Engagement
from candidatures.permissions import why_not_change
from candidatures.views.overtaken import shown_again
from labels import services as labels
from labels.models import Edition
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@staff_required
@require_safe
def rules(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    context = {
        "edition": edition,
        "engagements": Engagement.objects.of(edition),
        "conditions": [Standing(condition) for condition in Condition.objects.of(edition)],
        "why_not": why_not_change(edition, at=timezone.now()),
    }
    return render(request, "candidatures/rules/outline.html", context)


@staff_required
@require_POST
def ask_approval(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    labels.ask_approval(edition, asked=True, by=signed_in(request), at=timezone.now())
    messages.success(request, "L’accord de l’élu·e est demandé avant chaque dépôt à venir.")
    return redirect("depositing:rules", year)


@staff_required
@require_POST
def stop_approval(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    labels.ask_approval(edition, asked=False, by=signed_in(request), at=timezone.now())
    messages.success(request, "L’accord de l’élu·e n’est plus demandé.")
    return redirect("depositing:rules", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_engagement(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    return _write_engagement(request, Engagement(edition=edition))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_engagement(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return _write_engagement(request, _engagement(year, pk, or_gone=request.method == "POST"))


def _write_engagement(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = EngagementForm(request.POST or None, instance=engagement)
    context = _context(engagement.edition, form, rule=engagement)
    context["accepted"] = Acceptance.objects.filter(engagement=engagement.pk).count()
    save = services.change_engagement if engagement.pk else services.add_rule
    said = "L’engagement « {} » est enregistré."
    return _write(request, "candidatures/rules/engagement.html", context, save=save, said=said)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_condition(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    return _write_condition(request, Condition(edition=edition))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_condition(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return _write_condition(request, _condition(year, pk, or_gone=request.method == "POST"))


def _write_condition(request: HttpRequest, condition: Condition) -> HttpResponse:
    form = ConditionForm(request.POST or None, instance=condition)
    context = _context(condition.edition, form, rule=condition)
    save = services.change_condition if condition.pk else services.add_rule
    said = "La condition « {} » est enregistrée."
    return _write(request, "candidatures/rules/condition.html", context, save=save, said=said)


def _write(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    save: Callable[..., Engagement | Condition],
    said: str,
) -> HttpResponse:
    """The form, then the outline; what cannot be taken is shown again as it was typed."""
    form = context["form"]
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    if context["rule"].pk:
        save = partial(save, seen=form.cleaned_data["seen"])
    try:
        written = save(form.save(commit=False), by=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return shown_again(request, template, context, refusal)
    messages.success(request, said.format(written))
    return redirect("depositing:rules", context["edition"].year)


@staff_required
@require_POST
def move_engagement(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    services.move_rule(_engagement(year, pk), up=up, by=signed_in(request), at=timezone.now())
    return redirect("depositing:rules", year)


@staff_required
@require_POST
def move_condition(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    services.move_rule(_condition(year, pk), up=up, by=signed_in(request), at=timezone.now())
    return redirect("depositing:rules", year)


@staff_required
@require_POST
def retire_engagement(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    engagement = _engagement(year, pk)
    services.retire_rule(engagement, by=signed_in(request), at=timezone.now())
    messages.success(request, f"L’engagement « {engagement} » n’est plus demandé.")
    return redirect("depositing:rules", year)


@staff_required
@require_POST
def retire_condition(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    condition = _condition(year, pk)
    services.retire_rule(condition, by=signed_in(request), at=timezone.now())
    messages.success(request, f"La condition « {condition} » n’est plus demandée.")
    return redirect("depositing:rules", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, year: int, pk: int, condition_pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    condition = _condition(year, condition_pk, or_gone=request.method == "POST")
    if condition.checked_by != CheckedBy.STAFF:
        raise Http404
    found = ConditionCheck.objects.filter(candidature=candidature, condition=condition).first()
    form = CheckForm(request.POST or None, check=found)
    context = {
        "candidature": candidature,
        "edition": candidature.edition,
        "condition": condition,
        "form": form,
    }
    if request.method != "POST":
        return render(request, "candidatures/rules/check.html", context)
    if not form.is_valid():
        return render(request, "candidatures/rules/check.html", context, status=422)
    try:
        services.check_condition(
            candidature,
            condition,
            is_met=form.cleaned_data["is_met"] == MET,
            note=form.cleaned_data["note"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return typed_again(request, "candidatures/rules/check.html", context, refusal)
    messages.success(request, "C’est noté, et visible de la collectivité.")
    return redirect("candidatures_staff:candidature", year, pk)


def _context(edition: Edition, form: Any, *, rule: Engagement | Condition) -> dict[str, Any]:
    why_not = why_not_change(edition, at=timezone.now())
    return {"edition": edition, "form": form, "rule": rule, "why_not": why_not}


def _engagement(year: int, pk: int, *, or_gone: bool = False) -> Engagement:
    """One that is asked today; `or_gone` while its form was open, for its text not to be lost."""
    rows = Engagement.objects.all() if or_gone else Engagement.objects.filter(retired_at=None)
    return get_object_or_404(rows.select_related("edition"), edition__year=year, pk=pk)


def _condition(year: int, pk: int, *, or_gone: bool = False) -> Condition:
    """The same of a condition."""
    rows = Condition.objects.all() if or_gone else Condition.objects.filter(retired_at=None)
    return get_object_or_404(rows.select_related("edition"), edition__year=year, pk=pk)
