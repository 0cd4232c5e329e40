"""The chair's pages: where each dossier stands, the decisions, the proclamation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidatures.models import Candidature
from jury import ranking, readings, services
from jury.filters import RankingFilter
from jury.forms import DecisionForm
from jury.models import Decision
from jury.permissions import can_decide, can_proclaim
from jury.services.decisions import undecided
from jury.views.access import get_chair, get_dossier, get_readable
from labels.course import course
from labels.models import Mention
from villes_internet.refusals import Refusal
from villes_internet.sorting import sorting

PER_PAGE = 50


@require_safe
def deliberation(request: HttpRequest, year: int) -> HttpResponse:
    chair = get_chair(request, year)
    now = timezone.now()
    found = ranking.ranking(chair)
    narrowed = RankingFilter(request.GET, dossiers=ranking.seen_by(chair), ranking=found)
    order = sorting(request.GET.get("tri"), dict.fromkeys(ranking.COLUMNS, ""))
    dossiers = found.ordered(
        list(narrowed.qs.values_list("pk", "territory__sort_key")),
        column=order.column,
        descending=order.descending,
    )
    page = Paginator(dossiers, PER_PAGE).get_page(request.GET.get("page"))
    shown = ranking.with_standing(Candidature.objects.with_details()).in_bulk(page.object_list)
    context = {
        "edition": chair.edition,
        "course": course(chair.edition, at=now),
        "page_obj": page,
        "rows": [found.row(shown[pk]) for pk in page.object_list],
        "filter": narrowed,
        "sorting": order,
        "limits": found.limits,
        "recusals": readings.recused_from(chair),
        "undecided": ranking.undecided(chair),
        "can_decide": can_decide(chair.edition, at=now),
        "can_proclaim": can_proclaim(chair, at=now),
    }
    return render(request, "jury/deliberation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    chair = get_chair(request, year)
    candidature = get_readable(chair, pk)
    dossier = get_dossier(candidature)
    now = timezone.now()
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        mentions=Mention.objects.filter(edition=chair.edition).order_by("position"),
        decision=Decision.objects.filter(candidature=candidature).first(),
    )
    figures = ranking.ranking(chair)
    context = {
        "edition": chair.edition,
        "candidature": candidature,
        "row": figures.row(candidature),
        "changes": figures.without_each(candidature),
        "limits": figures.limits,
        "dossier": dossier,
        "mosaic": readings.mosaic_of(chair.edition, dossier),
        "standing": readings.standings([candidature])[0],
        "form": form,
        "can_decide": can_decide(chair.edition, at=now),
    }
    if request.method != "POST":
        return render(request, "jury/decide.html", context)
    if not form.is_valid():
        return render(request, "jury/decide.html", context, status=422)
    try:
        services.decide(candidature, **form.cleaned_data, by=chair, at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        context["can_decide"] = True  # what was typed stays in sight
        return render(request, "jury/decide.html", context, status=409)
    messages.success(request, f"La décision sur {candidature.territory} est enregistrée.")
    return redirect("jury:deliberation", year)


@require_http_methods(["GET", "HEAD", "POST"])
def proclaim(request: HttpRequest, year: int) -> HttpResponse:
    chair = get_chair(request, year)
    now = timezone.now()
    if request.method == "POST":
        services.proclaim(chair.edition, by=chair, at=now)
        messages.success(request, "Les résultats sont proclamés : le palmarès est public.")
        return redirect("labels:palmares", year)
    context = {
        "edition": chair.edition,
        "undecided": undecided(chair.edition),
        "dossiers": Candidature.objects.of_edition(chair.edition).deposited().count(),
        "can_proclaim": can_proclaim(chair, at=now),
    }
    return render(request, "jury/proclaim.html", context)
