"""/gestion/courriers/: where the staff see what left, and settle what is in doubt."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from villes_internet.files.responses import serve
from villes_internet.mail import services
from villes_internet.mail.choices import MessageState
from villes_internet.mail.filters import MessageFilter
from villes_internet.mail.models import Message, MessageAttachment
from villes_internet.refusals import Refusal
from villes_internet.staff.permissions import StaffRequest, staff_required

PAGE_SIZE = 30


@require_safe
@staff_required
def message_list(request: StaffRequest) -> HttpResponse:
    filtered = MessageFilter(request.GET, Message.objects.without_bodies().latest_first())
    page = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "filter": filtered, "doubtful": _doubtful(timezone.now())}
    return render(request, "mail/message_list.html", context)


def _doubtful(at: datetime) -> list[tuple[MessageState, int]]:
    """The states that wait for a person, each with its number of letters."""
    counted = dict(
        Message.objects.needing_attention(at).values_list("state").annotate(letters=Count("pk"))
    )
    return [(MessageState(state), counted[state]) for state in sorted(counted)]


@require_safe
@staff_required
def message_detail(request: StaffRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.select_related("resolved_by"), pk=pk)
    attachments = message.attachments.select_related("file").order_by("pk")
    context = {"message": message, "attachments": attachments}
    return render(request, "mail/message_detail.html", context)


@require_safe
@staff_required
def attachment(request: StaffRequest, pk: int, attachment_pk: int) -> FileResponse:
    joined = MessageAttachment.objects.select_related("file")
    found = get_object_or_404(joined, pk=attachment_pk, message=pk)
    return serve(found.file, name=found.name, inline=False)


@require_POST
@staff_required
def resend(request: StaffRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message, pk=pk)
    try:
        services.resend(message, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le courrier est de nouveau en attente d’envoi.")
    return redirect("mail:detail", pk=pk)


@require_POST
@staff_required
def mark_sent(request: StaffRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message, pk=pk)
    try:
        services.mark_sent(message, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le courrier est considéré comme envoyé.")
    return redirect("mail:detail", pk=pk)
