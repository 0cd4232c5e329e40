"""The files of a candidature: what was joined to it, its receipt, its diploma, its dates."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import dates, pdf, services
from candidatures.choices import CorrectionState
from candidatures.forms import AttachmentForm
from candidatures.models import Attachment, Candidature, CorrectionDocument, Deposit, Result
from candidatures.models.deposit import DepositQuerySet
from candidatures.permissions import why_not_write
from candidatures.views.access import get_candidature
from labels.laureate import laureate_of
from labels.pdf import diploma as draw_diploma
from villes_internet import ics
from villes_internet.calendar import day_of
from villes_internet.files.responses import serve
from villes_internet.pdf import PdfUnavailableError
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    joined = list(candidature.attachments.select_related("file", "added_by", "question").in_order())
    apart = sum(attachment.question_id is None for attachment in joined)
    context = {
        "candidature": candidature,
        "attachments": joined,
        "apart": apart,
        "answering": len(joined) - apart,
        "form": form,
        "most": services.MAX_ATTACHMENTS,
        "why_not": why_not_write(candidature, by=signed_in(request), at=timezone.now()),
    }
    if request.method != "POST":
        return render(request, "candidatures/attachments.html", context)
    if form.is_valid():
        try:
            attachment = services.attach(
                candidature,
                upload=form.cleaned_data["file"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("file", error)
        except Refusal as refusal:
            return typed_again(request, "candidatures/attachments.html", context, refusal)
        else:
            messages.success(request, f"« {attachment.name} » est joint à la candidature.")
            return redirect(request.path)
    return render(request, "candidatures/attachments.html", context, status=422)


@require_safe
def attachment(request: HttpRequest, pk: int, attachment_pk: int) -> FileResponse:
    candidature = get_candidature(request, pk)
    found = get_object_or_404(
        Attachment.objects.select_related("file"), pk=attachment_pk, candidature=candidature
    )
    return serve(found.file, name=found.name, inline=False)


@require_POST
def detach(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    found = get_object_or_404(Attachment, pk=attachment_pk, candidature=candidature)
    services.detach(found, by=signed_in(request), at=timezone.now())
    messages.success(request, f"« {found.name} » n’est plus joint à la candidature.")
    return redirect("candidatures:attachments", candidature.pk)


@require_safe
def correction_document(
    request: HttpRequest, pk: int, correction_pk: int, document_pk: int
) -> FileResponse:
    """Deposited or drafted: the team alone reads the latter."""
    candidature = get_candidature(request, pk)
    found = get_object_or_404(
        CorrectionDocument.objects.select_related("file"),
        pk=document_pk,
        correction=correction_pk,
        correction__deposit__candidature=candidature,
    )
    return serve(found.file, name=found.name, inline=False)


@staff_required
@require_safe
def staff_correction_document(
    request: HttpRequest, year: int, pk: int, correction_pk: int, document_pk: int
) -> FileResponse:
    """Once the correction is made: what the answer held before it, and holds since."""
    found = get_object_or_404(
        CorrectionDocument.objects.select_related("file"),
        pk=document_pk,
        correction=correction_pk,
        correction__state=CorrectionState.MADE,
        correction__deposit__candidature=pk,
        correction__deposit__candidature__edition__year=year,
    )
    return serve(found.file, name=found.name, inline=False)


@require_safe
def receipt(request: HttpRequest, pk: int) -> FileResponse:
    candidature = get_candidature(request, pk)
    return _serve_receipt(get_object_or_404(_deposits(candidature).standing()))


@require_safe
def receipt_of(request: HttpRequest, pk: int, number: int) -> FileResponse:
    candidature = get_candidature(request, pk)
    return _serve_receipt(get_object_or_404(_deposits(candidature), number=number))


def _deposits(candidature: Candidature) -> DepositQuerySet:
    deposits: DepositQuerySet = Deposit.objects.filter(candidature=candidature).select_related(
        "receipt", "candidature__edition", "candidature__territory"
    )
    return deposits


def _serve_receipt(deposit: Deposit) -> FileResponse:
    if deposit.receipt is None:
        raise Http404("L’accusé de réception est en préparation.")
    return serve(deposit.receipt, name=pdf.receipt_name(deposit), inline=True)


@require_safe
def diploma(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    result = get_object_or_404(
        Result.objects.select_related("award__edition").prefetch_related("award__mentions"),
        candidature=candidature,
    )
    try:
        content = draw_diploma(
            laureate_of(result.award), proclaimed_on=day_of(result.award.awarded_at)
        )
    except PdfUnavailableError as error:
        context = {"candidature": candidature, "sentence": str(error)}
        return render(request, "candidatures/no_pdf.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"diplome-{candidature.edition.year}-{candidature.territory.code}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    name = f"Label {candidature.edition.year}, {candidature.territory.name}"
    content = ics.calendar(name, dates.events(candidature), at=timezone.now())
    return ics.respond(
        content, name=f"label-{candidature.edition.year}-{candidature.territory.code}.ics"
    )
