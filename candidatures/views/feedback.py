"""What those who deposited think of the platform: said here, read by the staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidatures import services
from candidatures.feedback import FEWEST, has_given, opinions
from candidatures.following import following
from candidatures.forms import FeedbackForm
from candidatures.views.access import get_candidature
from labels.models import Edition
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user = signed_in(request)
    form = FeedbackForm(request.POST or None)
    context = {
        "candidature": candidature,
        "form": form,
        "is_given": has_given(candidature.pk, user.pk),
    }
    if request.method != "POST":
        return render(request, "candidatures/feedback.html", context)
    if not form.is_valid():
        return render(request, "candidatures/feedback.html", context, status=422)
    try:
        services.give_feedback(candidature, **form.cleaned_data, by=user)
    except Refusal as refusal:
        return typed_again(request, "candidatures/feedback.html", context, refusal)
    messages.success(request, "Merci\N{NARROW NO-BREAK SPACE}! Votre avis est enregistré.")
    return redirect("candidatures:detail", candidature.pk)


@staff_required
@require_safe
def read(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    context = {
        "edition": edition,
        "opinions": opinions(edition),
        "deposited": following(edition, at=timezone.now()).deposited,
        "fewest": FEWEST,
    }
    return render(request, "candidatures/staff_feedback.html", context)
