"""Asking for the approval of a dossier, and the page where it is given, without an account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from candidatures import services, snapshot
from candidatures.approval import agreement_now, why_over
from candidatures.completeness import missing
from candidatures.forms.approval import GRANTED, AnswerApprovalForm, AskApprovalForm
from candidatures.models import Approval, Attachment
from candidatures.permissions import can_deposit, why_not_write
from candidatures.views.access import get_candidature
from villes_internet.files.responses import serve
from villes_internet.refusals import Refusal, typed_again
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def ask_approval(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user, now = signed_in(request), timezone.now()
    agreement = agreement_now(candidature, at=now)
    last = agreement.approval if agreement else None
    known = {"name": last.name, "function": last.function, "email": last.email} if last else {}
    form = AskApprovalForm(request.POST or None, initial=known)
    context = {
        "candidature": candidature,
        "form": form,
        "agreement": agreement,
        "missing": missing(candidature),
        "can_ask": can_deposit(user, candidature),
        "why_not": why_not_write(candidature, by=user, at=now),
    }
    template = "candidatures/ask_approval.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        approval = services.ask_approval(candidature, **form.cleaned_data, by=user, at=now)
    except Refusal as refusal:
        return typed_again(request, template, context, refusal)
    messages.success(request, f"La demande d’accord part par courriel à {approval.email}.")
    return redirect("candidatures:detail", pk)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """Reading the letter's link changes nothing: mail programs open links by themselves."""
    approval, now = _signed(token), timezone.now()
    if over := why_over(approval, at=now):
        context = {"approval": approval, "candidature": approval.candidature, "over": over}
        status = 200 if approval.answered_at else 410
        return render(request, "candidatures/approval_over.html", context, status=status)
    dossier = snapshot.take(approval.candidature)
    form = AnswerApprovalForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": snapshot.digest(dossier)},
    )
    context = _page(approval, token, dossier, form)
    if request.method != "POST":
        return render(request, "candidatures/approve.html", context)
    if not form.is_valid():
        return render(request, "candidatures/approve.html", context, status=422)
    given = form.cleaned_data
    try:
        services.answer_approval(
            approval,
            is_granted=given["answer"] == GRANTED,
            word=given["word"],
            seen=given["seen"],
            at=now,
        )
    except Refusal as refusal:
        return _refused(request, token, refusal)
    return redirect("candidatures:approve", token)


@never_cache
@login_not_required
@require_safe
def approval_attachment(request: HttpRequest, token: str, attachment_pk: int) -> FileResponse:
    """A document of the dossier that the link shows, and of no other."""
    approval = _signed(token)
    if why_over(approval, at=timezone.now()):
        raise Http404("a link that opens nothing any more")
    if not snapshot.holds_attachment(snapshot.take(approval.candidature), attachment_pk):
        raise Http404("a document that is not of the dossier")
    found = get_object_or_404(
        Attachment.objects.select_related("file"),
        pk=attachment_pk,
        candidature=approval.candidature_id,
    )
    return serve(found.file, name=found.name, inline=False)


def _signed(token: str) -> Approval:
    return get_object_or_404(
        Approval.objects.select_related(
            "asked_by", "candidature__edition", "candidature__territory__department__region"
        ).signed(token)
    )


def _refused(request: HttpRequest, token: str, refusal: Refusal) -> HttpResponse:
    """The page as it is now, what was typed kept: reading it again is enough to answer."""
    approval = _signed(token)
    if over := why_over(approval, at=timezone.now()):
        context = {"approval": approval, "candidature": approval.candidature, "over": over}
        return render(request, "candidatures/approval_over.html", context, status=refusal.status)
    dossier = snapshot.take(approval.candidature)
    form = AnswerApprovalForm({**request.POST.dict(), "seen": snapshot.digest(dossier)})
    form.add_error(None, str(refusal))
    context = _page(approval, token, dossier, form)
    return render(request, "candidatures/approve.html", context, status=refusal.status)


def _page(
    approval: Approval, token: str, dossier: dict[str, Any], form: AnswerApprovalForm
) -> dict[str, Any]:
    return {
        "approval": approval,
        "token": token,
        "candidature": approval.candidature,
        "dossier": dossier,
        "form": form,
    }
