"""Stopping the reminders of a candidature: from its page, or from a letter without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from candidatures import services
from candidatures.models import Candidature
from candidatures.reminders import signed
from candidatures.views.access import get_candidature
from villes_internet.users.access import signed_in
from villes_internet.users.models import User


@require_POST
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user = signed_in(request)
    if request.POST.get("rappels") == "non":
        services.stop_reminders(candidature, by=user, at=timezone.now())
        messages.success(request, "Vous ne recevrez plus de rappel de cette candidature.")
    else:
        services.resume_reminders(candidature, by=user)
        messages.success(request, "Les rappels de cette candidature vous seront envoyés.")
    return redirect("candidatures:detail", candidature.pk)


@csrf_exempt  # the signed address is the proof; a mail program has no cookie to show (RFC 8058)
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    try:
        candidature_pk, user_pk = signed(token)
    except BadSignature as error:
        raise Http404("an address that no letter holds") from error
    candidature = get_object_or_404(Candidature.objects.with_details(), pk=candidature_pk)
    user = get_object_or_404(User, pk=user_pk)
    if request.method == "POST":
        services.stop_reminders(candidature, by=user, at=timezone.now())
    context = {"candidature": candidature, "stopped": request.method == "POST"}
    return render(request, "candidatures/stop_reminders.html", context)
