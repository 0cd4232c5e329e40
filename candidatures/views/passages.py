"""The passages of an action: saved one by one as they are typed, and put back as they were."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.utils import ErrorList
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from candidatures import passages, services
from candidatures.forms import InitiativeForm, RestoreForm
from candidatures.models import EarlierPassage, Initiative
from candidatures.permissions import why_not_write
from candidatures.services import SavedPassages
from candidatures.views.access import get_initiative
from candidatures.views.autosave import SET_ASIDE, problem, refused
from villes_internet.calendar import day_of
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in
from villes_internet.users.models import User

PER_PAGE = 10


@require_POST
def passage(request: HttpRequest, pk: int, initiative_pk: int, code: str) -> JsonResponse:
    """Save one passage as its fields stand; answers as `autosave.answer` does."""
    initiative, now = _of(request, pk, initiative_pk, code), timezone.now()
    form = InitiativeForm(
        request.POST,
        instance=initiative,
        edition=initiative.candidature.edition,
        today=day_of(now),
        passage=code,
    )
    if not form.is_valid():
        return problem(str(ErrorList(form.wrong(code))), status=422)
    try:
        saved = _save(initiative, code, form, by=signed_in(request), at=now)
    except Refusal as refusal:
        return refused(refusal)
    version = saved.versions.get(code, 0)
    for conflict in saved.conflicts:
        page = render_to_string(
            "candidatures/includes/conflict.html",
            {"conflict": conflict, "kind": "warning", "may_choose": True},
        )
        return problem(page, status=409, version=version)
    return JsonResponse({"version": version})


def _save(
    initiative: Initiative, code: str, form: InitiativeForm, *, by: User, at: datetime
) -> SavedPassages:
    values = form.values()
    if SET_ASIDE in form.data and code in values:
        value, over = values[code]
        return services.set_passage_aside(initiative, code, value, over=over, by=by, at=at)
    return services.save_passages(initiative, values=values, by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
def earlier_passages(request: HttpRequest, pk: int, initiative_pk: int, code: str) -> HttpResponse:
    initiative, now = _of(request, pk, initiative_pk, code), timezone.now()
    if request.method == "POST":
        return _restore(request, initiative, code, at=now)
    earlier = initiative.earlier_passages.filter(code=code)
    page = Paginator(earlier.latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    texts: list[EarlierPassage] = list(page.object_list)
    present = passages.read(initiative, code)
    writer, written_at = passages.writer(initiative, code)
    names = passages.names_of([present, *(one.value for one in texts)])
    context = {
        "candidature": initiative.candidature,
        "initiative": initiative,
        "code": code,
        "label": passages.label(code),
        "present": passages.words(code, present, names=names),
        "version": passages.version(initiative, code),
        "by": User.objects.filter(pk=writer).first() if writer else None,
        "at": written_at,
        "page_obj": page,
        "texts": [(one, passages.words(code, one.value, names=names)) for one in texts],
        "why_not": why_not_write(initiative.candidature, by=signed_in(request), at=now),
    }
    return render(request, "candidatures/earlier_passages.html", context)


def _restore(
    request: HttpRequest, initiative: Initiative, code: str, *, at: datetime
) -> HttpResponse:
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Refusal("Ce texte n’est plus là : rechargez la page, puis choisissez-en un autre.")
    version, over = form.cleaned_data["version"], form.cleaned_data["over"]
    earlier = get_object_or_404(initiative.earlier_passages, code=code, version=version)
    earlier.initiative = initiative
    services.restore_passage(earlier, over=over, by=signed_in(request), at=at)
    messages.success(request, "Ce texte est repris : l’autre est maintenant parmi les anciens.")
    here = [initiative.candidature_id, initiative.pk]
    return redirect(f"{reverse('candidatures:change_initiative', args=here)}#passage-{code}")


def _of(request: HttpRequest, pk: int, initiative_pk: int, code: str) -> Initiative:
    if code not in passages.PASSAGES:
        raise Http404
    return get_initiative(request, pk, initiative_pk)
