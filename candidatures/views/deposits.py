"""Depositing a candidature, taking its deposit back, reading those that were."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidatures import services, snapshot
from candidatures.admission import standings, why_not_admitted
from candidatures.approval import agreement_of
from candidatures.choices import CorrectionState
from candidatures.completeness import missing
from candidatures.deadline import course_of
from candidatures.forms import DepositForm, WithdrawForm
from candidatures.models import Acceptance, Deposit, Engagement, Question
from candidatures.permissions import can_deposit, why_not_withdraw, why_not_write
from candidatures.views.access import get_candidature
from villes_internet.french import plural
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user, now = signed_in(request), timezone.now()
    dossier, conditions = snapshot.take(candidature), standings(candidature)
    agreement = agreement_of(candidature, sha256=snapshot.digest(dossier), at=now)
    form = DepositForm(
        request.POST if request.method == "POST" else None,
        engagements=Engagement.objects.of(candidature.edition),
        conditions=conditions,
        seen=snapshot.digest(dossier),
    )
    context = {
        "candidature": candidature,
        "course": course_of(candidature, at=now),
        "dossier": dossier,
        "form": form,
        "missing": missing(candidature),
        "can_deposit": can_deposit(user, candidature),
        "why_not": why_not_write(candidature, by=user, at=now) or why_not_admitted(conditions),
        "agreement": agreement,
    }
    if request.method != "POST":
        return render(request, "candidatures/deposit.html", context)
    stopped = context["why_not"] or context["missing"] or (agreement and agreement.refusal)
    is_offered = context["can_deposit"] and not stopped
    if not form.is_valid() and is_offered:
        return render(request, "candidatures/deposit.html", context, status=422)
    services.deposit(
        candidature,
        by=user,
        at=now,
        accepted=form.accepted,
        declared=form.declared,
        seen=form.cleaned_data.get("seen", ""),
    )
    messages.success(
        request,
        "La candidature est déposée. L’accusé de réception part par courriel dans la minute.",
    )
    return redirect("candidatures:detail", candidature.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user, now = signed_in(request), timezone.now()
    deposits = Deposit.objects.standing().filter(candidature=candidature)
    deposit = deposits.without_dossiers().first()
    form = WithdrawForm(request.POST or None, candidature=candidature, deposit=deposit)
    context = {
        "candidature": candidature,
        "deposit": deposit,
        "form": form,
        "can_withdraw": can_deposit(user, candidature),
        "why_not": why_not_withdraw(candidature, at=now),
    }
    if request.method != "POST":
        return render(request, "candidatures/withdraw.html", context)
    if not form.is_valid() and context["can_withdraw"] and not context["why_not"]:
        return render(request, "candidatures/withdraw.html", context, status=422)
    left_behind = services.withdraw_deposit(
        candidature, number=form.cleaned_data.get("number") or 0, by=user, at=now
    )
    messages.success(request, "Votre candidature n’est plus déposée : vous pouvez la modifier.")
    if left_behind:
        messages.warning(request, _left_behind(left_behind))
    return redirect("candidatures:detail", candidature.pk)


def _left_behind(questions: list[Question]) -> str:
    named = ", ".join(f"« {question} »" for question in questions)
    count = len(questions)
    return (
        f"L’association a changé {count} question{plural(count)} depuis votre dépôt : {named}. Ce "
        "qui ne peut pas y être reporté se relit dans le dépôt retiré ; répondez de nouveau."
    )


@require_safe
def past_deposit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A deposit as it was, the one that stands included."""
    candidature = get_candidature(request, pk)
    deposits = Deposit.objects.select_related("deposited_by", "withdrawn_by", "approval")
    deposit = get_object_or_404(deposits, candidature=candidature, number=number)
    context = {
        "candidature": candidature,
        "deposit": deposit,
        "dossier": deposit.snapshot,
        "corrections": deposit.corrections.filter(state=CorrectionState.MADE)
        .with_people()
        .order_by("closed_at"),
        "acceptances": Acceptance.objects.filter(deposit=deposit)
        .select_related("engagement", "accepted_by")
        .order_by("engagement__position", "pk"),
    }
    return render(request, "candidatures/past_deposit.html", context)
