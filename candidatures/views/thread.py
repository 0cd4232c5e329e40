"""The thread of a candidature, as each side reads it; and those that wait for the staff."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import services
from candidatures.choices import Side
from candidatures.forms import MessageForm, SeenForm
from candidatures.models import Candidature, ThreadMessage
from candidatures.permissions import why_not_write_to_staff
from candidatures.views.access import TAKEN, get_candidature
from labels.models import Edition
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 20
TEMPLATES = {
    Side.TERRITORY: "candidatures/thread.html",
    Side.STAFF: "candidatures/staff_thread.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    context = _around(request, candidature, side=Side.TERRITORY)
    context["why_not"] = why_not_write_to_staff(signed_in(request), candidature)
    return _answer(request, candidature, context, side=Side.TERRITORY)


@require_POST
def read_thread(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    services.read_thread(candidature, seen=_seen(request), by=signed_in(request))
    messages.success(request, "Les messages sont marqués comme lus.")
    return redirect("candidatures:thread", pk)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_thread(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = _of_edition(year, pk)
    context = _around(request, candidature, side=Side.STAFF)
    context["unanswered"] = candidature.thread.unanswered().count()
    return _answer(request, candidature, context, side=Side.STAFF)


@staff_required
@require_POST
def staff_read_thread(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    services.read_thread(_of_edition(year, pk), seen=_seen(request), by=signed_in(request))
    messages.success(request, "Les messages sont marqués comme lus, pour vous.")
    return redirect("candidatures_staff:thread", year, pk)


@staff_required
@require_POST
def settle_thread(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    services.settle_thread(
        _of_edition(year, pk), seen=_seen(request), by=signed_in(request), at=timezone.now()
    )
    messages.success(request, "Ces messages n’attendent plus de réponse.")
    return redirect("candidatures_staff:thread", year, pk)


@staff_required
@require_safe
def threads(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    waiting = (
        ThreadMessage.objects.filter(candidature__edition=edition)
        .first_unanswered()
        .select_related("candidature__territory__department", "written_by")
        .order_by("written_at", "pk")
    )
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "candidatures/threads.html", {"edition": edition, "page_obj": page})


def _of_edition(year: int, pk: int) -> Candidature:
    return get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)


def _around(request: HttpRequest, candidature: Candidature, *, side: Side) -> dict[str, Any]:
    user = signed_in(request)
    written = candidature.thread.marked_for(user, side=side).select_related("written_by")
    page = Paginator(written.latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list[0].pk if page.object_list else 0
    return {
        "candidature": candidature,
        "edition": candidature.edition,
        "side": side,
        "page_obj": page,
        "unread": candidature.thread.unread_by(user, side=side).count(),
        "form": MessageForm(initial={"key": uuid4(), "seen": shown}),
        "seen": shown,
    }


def _answer(
    request: HttpRequest, candidature: Candidature, context: dict[str, Any], *, side: Side
) -> HttpResponse:
    if request.method != "POST":
        return render(request, TEMPLATES[side], context)
    form = context["form"] = MessageForm(request.POST)
    if not form.is_valid():
        return render(request, TEMPLATES[side], context, status=422)
    try:
        services.write_message(
            candidature, **form.cleaned_data, side=side, by=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        return typed_again(request, TEMPLATES[side], context, refusal)
    sent = f"Votre message est envoyé à {side.other.label}."
    messages.success(request, sent, extra_tags=TAKEN)
    return redirect(request.path)


def _seen(request: HttpRequest) -> int:
    """The last message shown; none when the form says nonsense."""
    form = SeenForm(request.POST)
    return int(form.cleaned_data["seen"]) if form.is_valid() else 0
