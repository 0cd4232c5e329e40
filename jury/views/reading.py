"""A juror's dashboard, and the reading of one dossier."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidatures.models import Attachment, InitiativeIllustration
from candidatures.snapshot import holds_attachment
from jury import readings, services
from jury.forms import ReviewForm
from jury.models import Juror, Review
from jury.permissions import can_review
from jury.views.access import get_dossier, get_juror, get_readable
from labels.course import course
from labels.models import Mention
from villes_internet.files.responses import serve
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    jurors = Juror.objects.for_user(signed_in(request)).order_by("-edition__year")
    seats = [(juror, course(juror.edition, at=timezone.now())) for juror in jurors]
    if len(seats) == 1:
        return redirect("jury:dashboard", seats[0][0].edition.year)
    return render(request, "jury/index.html", {"seats": seats})


@require_safe
def dashboard(request: HttpRequest, year: int) -> HttpResponse:
    juror = get_juror(request, year)
    now = timezone.now()
    found = readings.readings_of(juror)
    context = {
        "juror": juror,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "handed_in": sum(1 for reading in found if reading.state == "remise"),
        "edition": juror.edition,
        "course": course(juror.edition, at=now),
        "next": readings.next_of(found) if can_review(juror.edition, at=now) else None,
        "recusals": readings.recused_from(juror),
    }
    return render(request, "jury/dashboard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    juror = get_juror(request, year)
    candidature = get_readable(juror, pk)
    dossier = get_dossier(candidature)
    now = timezone.now()
    found = (
        Review.objects.filter(juror=juror, candidature=candidature)
        .prefetch_related("scores", "proposed_mentions")
        .first()
    )
    hand_in = request.POST.get("action") == "submit"
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        criteria=readings.criteria_for(candidature),
        mentions=Mention.objects.filter(edition=juror.edition).order_by("position"),
        review=found,
        complete=hand_in,
    )
    context = {
        "juror": juror,
        "candidature": candidature,
        "edition": juror.edition,
        "dossier": dossier,
        "mosaic": readings.mosaic_of(juror.edition, dossier),
        "review": found,
        "form": form,
        "can_review": can_review(juror.edition, at=now),
    }
    if request.method != "POST":
        return render(request, "jury/review.html", context)
    if not form.is_valid():
        return render(request, "jury/review.html", context, status=422)
    act = services.submit_review if hand_in else services.save_review
    try:
        act(juror, candidature, content=form.content(), at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        context |= {"can_review": True, "review": None}  # what was typed stays in sight
        return render(request, "jury/review.html", context, status=409)
    if hand_in:
        messages.success(request, "Votre évaluation est remise. Merci !")
        return redirect("jury:dashboard", year)
    messages.success(request, "Votre brouillon est enregistré : vous seul·e le voyez.")
    return redirect(request.path)


@require_safe
def attachment(request: HttpRequest, year: int, pk: int, attachment_pk: int) -> FileResponse:
    candidature = get_readable(get_juror(request, year), pk)
    if not holds_attachment(get_dossier(candidature), attachment_pk):
        raise Http404
    found = get_object_or_404(
        Attachment.objects.select_related("file"), pk=attachment_pk, candidature=candidature
    )
    return serve(found.file, name=found.name, inline=False)


@require_safe
def illustration(
    request: HttpRequest, year: int, pk: int, illustration_pk: int, size: str
) -> FileResponse:
    candidature = get_readable(get_juror(request, year), pk)
    found = get_object_or_404(
        InitiativeIllustration.objects.select_related("file", "medium", "small"),
        pk=illustration_pk,
        initiative__candidature=candidature,
    )
    if (stored := found.sized(size)) is None:
        raise Http404("Cette taille n’existe pas.")
    return serve(stored, name=f"image-{found.pk}-{size}", inline=True)
