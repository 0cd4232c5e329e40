"""« Reprendre l'an dernier »: the answers and the practices of before, chosen one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidatures import services
from candidatures.choices import ResumptionChoice
from candidatures.filters import SourceFilter
from candidatures.forms import DecideForm, ResumeAnswersForm, keys_shown
from candidatures.models import Candidature, Section
from candidatures.permissions import why_not_write
from candidatures.resuming import (
    AnswersOfBefore,
    Source,
    answers_of_before,
    details_of,
    previous,
    sources,
)
from candidatures.services import Decided
from candidatures.views.access import TAKEN, get_candidature
from villes_internet.french import plural
from villes_internet.navigation import Tab
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in

PER_PAGE = 25
ALL = "tout"


@require_safe
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    earlier = previous(candidature)
    found = sources(candidature, earlier)
    context = {
        "candidature": candidature,
        "earlier": earlier,
        "why_not": why_not_write(candidature, by=signed_in(request), at=timezone.now()),
        "answers": answers_of_before(candidature, earlier) if earlier else None,
        "practices": len(found),
        "examined": _examined(found),
        "to_update": candidature.resumptions.to_update().select_related("initiative"),
    }
    return render(request, "candidatures/resume.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resume_answers(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    earlier = previous(candidature)
    if earlier is None:
        raise Http404("no earlier candidature")
    context: dict[str, Any] = {"candidature": candidature, "earlier": earlier}
    if request.method == "POST":
        answers = answers_of_before(candidature, earlier)
        form = ResumeAnswersForm(request.POST, proposals=answers.of_section(code))
        if not form.is_valid():
            return _answers_page(request, context, answers, code, form, status=422)
        values = form.values(everything=ALL in request.POST)
        try:
            saved = services.resume_answers(
                candidature, values=values, by=signed_in(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _answers_page(request, context, answers, code, form, status=refusal.status)
        if not saved.conflicts:
            return _after_answers(request, candidature, code, len(values))
        context["conflicts"] = saved.conflicts
        answers = answers_of_before(candidature, earlier)
        form = form.again([one.question for one in saved.conflicts], answers.of_section(code))
        return _answers_page(request, context, answers, code, form, status=409)
    answers = answers_of_before(candidature, earlier)
    form = ResumeAnswersForm(proposals=answers.of_section(code))
    return _answers_page(request, context, answers, code, form, status=200)


def _answers_page(
    request: HttpRequest,
    context: dict[str, Any],
    answers: AnswersOfBefore,
    code: str,
    form: ResumeAnswersForm,
    *,
    status: int,
) -> HttpResponse:
    if not form.proposals:
        raise Http404("nothing to resume there")
    candidature = context["candidature"]
    sections = [one.section for one in answers.sections]
    why_not = why_not_write(candidature, by=signed_in(request), at=timezone.now())
    if form.is_bound:
        why_not = ""  # what was typed is shown again, with the reason in the errors of the form
    context |= {
        "form": form,
        "section": form.proposals[0].section,
        "tabs": _tabs(candidature, sections, here=code),
        "why_not": why_not,
    }
    return render(request, "candidatures/resume_answers.html", context, status=status)


def _tabs(candidature: Candidature, sections: list[Section], *, here: str) -> list[Tab]:
    tabs = [
        Tab(
            label=section.title,
            url=reverse("candidatures:resume_answers", args=[candidature.pk, section.code]),
            here=section.code == here,
        )
        for section in sections
    ]
    practices = reverse("candidatures:resume_practices", args=[candidature.pk])
    return [*tabs, Tab(label="Les actions", url=practices, here=False)]


def _after_answers(
    request: HttpRequest, candidature: Candidature, code: str, count: int
) -> HttpResponse:
    if not count:
        messages.info(request, "Aucune réponse n’était choisie : rien n’a changé.")
    else:
        resumed = f"{count} réponse{plural(count)} reprise{plural(count)}"
        said = f"{resumed} : relisez-les dans le questionnaire."
        messages.success(request, said, extra_tags=TAKEN)
    return redirect("candidatures:resume_answers", candidature.pk, code)


@require_http_methods(["GET", "HEAD", "POST"])
def resume_practices(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    context: dict[str, Any] = {"candidature": candidature}
    status = 200
    if request.method == "POST":
        sent = _sent(request, candidature)
        status = 422
        if sent.is_valid():
            decided = services.decide_practices(
                candidature,
                decisions=sent.decisions(keep_others=ALL in request.POST),
                by=signed_in(request),
                at=timezone.now(),
            )
            if not decided.conflicts and not decided.refused:
                return _after_decisions(request, candidature, decided)
            context["decided"], status = decided, 409
    found = sources(candidature, previous(candidature))
    narrowed = SourceFilter(request.GET, edition=candidature.edition)
    page = Paginator(narrowed.among(found), PER_PAGE).get_page(request.GET.get("page"))
    shown = details_of(list(page.object_list), edition=candidature.edition, whole=False)
    context |= {
        "filter": narrowed,
        "page_obj": page,
        "form": DecideForm(request.POST if status == 422 else None, shown=shown),
        "practices": len(found),
        "examined": _examined(found),
        "to_update": candidature.resumptions.to_update().select_related("initiative"),
        "why_not": why_not_write(candidature, by=signed_in(request), at=timezone.now()),
    }
    return render(request, "candidatures/resume_practices.html", context, status=status)


def _sent(request: HttpRequest, candidature: Candidature) -> DecideForm:
    """What was chosen of the practices that the page sent had shown, wherever they are now."""
    keys = keys_shown(request.POST)
    found = [one for one in sources(candidature, previous(candidature)) if one.key in keys]
    shown = details_of(found, edition=candidature.edition, whole=False)
    return DecideForm(request.POST, shown=shown)


def _after_decisions(
    request: HttpRequest, candidature: Candidature, decided: Decided
) -> HttpResponse:
    """To the form of the only one to update, else to what is left of the list."""
    messages.success(request, _said(decided))
    if len(decided.to_update) == 1 and decided.to_update[0].initiative_id:
        return redirect(
            "candidatures:change_initiative", candidature.pk, decided.to_update[0].initiative_id
        )
    return redirect(request.get_full_path())


def _said(decided: Decided) -> str:
    kept = sum(one.choice == ResumptionChoice.KEPT for one in decided.entered)
    counts = (
        (kept, f"gardée{plural(kept)}"),
        (len(decided.to_update), "à mettre à jour"),
        (decided.dropped, f"abandonnée{plural(decided.dropped)}"),
        (decided.restored, f"remise{plural(decided.restored)} à examiner"),
    )
    said = [f"{count} {word}" for count, word in counts if count]
    if not said:
        return "Aucun choix nouveau : rien n’a changé."
    return f"C’est enregistré : {', '.join(said)}."


def _examined(found: list[Source]) -> int:
    return sum(one.resumption is not None for one in found)
