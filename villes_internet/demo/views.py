"""/demo/courrier/: the letters of the demonstration, open to whoever tries it."""

from email.message import EmailMessage

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from villes_internet.demo.models import ReceivedMessage, body_of

PAGE_SIZE = 20


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    recipient = request.GET.get("a", "").strip()
    received = ReceivedMessage.objects.to(recipient).latest_first().defer("raw")
    page = Paginator(received, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "demo/mailbox.html", {"page_obj": page, "recipient": recipient})


@login_not_required
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    received = get_object_or_404(ReceivedMessage, pk=pk)
    letter = received.parsed()
    context = {
        "received": received,
        "sender": str(letter["From"]),
        "text": body_of(letter, "plain"),
        "has_html": bool(body_of(letter, "html")),
        "attachments": [part.get_filename() or "sans nom" for part in attachments_of(letter)],
    }
    return render(request, "demo/message.html", context)


@login_not_required
@require_safe
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a mail program would draw it, in a page that can do nothing else."""
    html = body_of(get_object_or_404(ReceivedMessage, pk=pk).parsed(), "html")
    if not html:
        raise Http404
    policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return HttpResponse(html, headers={"Content-Security-Policy": policy})


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    parts = attachments_of(get_object_or_404(ReceivedMessage, pk=pk).parsed())
    if not 1 <= number <= len(parts):
        raise Http404
    part = parts[number - 1]
    name = part.get_filename() or "sans nom"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        part.get_payload(decode=True),
        content_type=part.get_content_type(),
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )


def attachments_of(letter: EmailMessage) -> list[EmailMessage]:
    return [part for part in letter.iter_attachments() if isinstance(part, EmailMessage)]
