"""Writing a candidature: its questionnaire and its initiatives.

What was sent and cannot be taken is shown again in its form, never lost: the person may copy it.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from candidatures import services
from candidatures.forms import AnswersForm, InitiativeForm
from candidatures.models import Answer, Candidature, Initiative, Question
from candidatures.permissions import why_not_write
from candidatures.views.access import get_candidature
from villes_internet.calendar import day_of
from villes_internet.navigation import Tab
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    candidate_type = candidature.edition.candidate_type_of(candidature.territory)
    asked = list(Question.objects.asked(candidature.edition, candidate_type))
    questions = [question for question in asked if question.section.code == code]
    if not questions:
        raise Http404
    answers = _answers(candidature, questions)
    data = request.POST if request.method == "POST" else None
    form = AnswersForm(data, questions=questions, answers=answers)
    context: dict[str, Any] = {
        "candidature": candidature,
        "section": questions[0].section,
        "tabs": _tabs(candidature, asked, here=code),
        "form": form,
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, at=timezone.now())
        return render(request, "candidatures/section.html", context)
    return _save_section(request, candidature, form, context)


def _tabs(candidature: Candidature, asked: list[Question], *, here: str) -> list[Tab]:
    sections = {question.section.code: question.section for question in asked}
    return [
        Tab(
            label=section.title,
            url=reverse("candidatures:section", args=[candidature.pk, code]),
            here=code == here,
        )
        for code, section in sections.items()
    ]


def _save_section(
    request: HttpRequest, candidature: Candidature, form: AnswersForm, context: dict[str, Any]
) -> HttpResponse:
    """Save what is valid; show again, as typed, what is not or what a colleague changed."""
    valid = form.is_valid()
    try:
        conflicts = services.save_answers(
            candidature, values=form.values(), by=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _typed_again(request, "candidatures/section.html", context, refusal)
    if valid and not conflicts:
        messages.success(request, "Vos réponses sont enregistrées.")
        return redirect(request.path)
    context["conflicts"] = conflicts
    context["form"] = form.over(_answers(candidature, form.questions))
    return render(request, "candidatures/section.html", context, status=409 if valid else 422)


def _typed_again(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    """The form with its text, under the reason why it is not taken."""
    context["form"].add_error(None, str(refusal))
    return render(request, template, context, status=409)


def _answers(candidature: Candidature, questions: list[Question]) -> dict[int, Answer]:
    stored = Answer.objects.filter(candidature=candidature, question__in=questions)
    return {answer.question_id: answer for answer in stored}


@require_http_methods(["GET", "HEAD", "POST"])
def add_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    now = timezone.now()
    form = InitiativeForm(
        request.POST or None, edition=candidature.edition, this_year=day_of(now).year
    )
    context: dict[str, Any] = {
        "candidature": candidature,
        "form": form,
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, at=now)
        return render(request, "candidatures/initiative.html", context)
    if not form.is_valid():
        return render(request, "candidatures/initiative.html", context, status=422)
    try:
        services.add_initiative(
            candidature,
            initiative=form.save(commit=False),
            services=form.cleaned_data["services"],
            by=signed_in(request),
            at=now,
        )
    except Refusal as refusal:
        return _typed_again(request, "candidatures/initiative.html", context, refusal)
    messages.success(request, "L’action est ajoutée à la candidature.")
    return redirect("candidatures:detail", candidature.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    initiative = get_object_or_404(Initiative, pk=initiative_pk, candidature=candidature)
    initiative.candidature = candidature
    now = timezone.now()
    form = InitiativeForm(
        request.POST or None,
        instance=initiative,
        edition=candidature.edition,
        this_year=day_of(now).year,
    )
    context: dict[str, Any] = {
        "candidature": candidature,
        "initiative": initiative,
        "form": form,
    }
    if request.method != "POST":
        context["why_not"] = why_not_write(candidature, at=now)
        return render(request, "candidatures/initiative.html", context)
    if not form.is_valid():
        return render(request, "candidatures/initiative.html", context, status=422)
    try:
        services.change_initiative(
            form.save(commit=False),
            services=form.cleaned_data["services"],
            version=form.cleaned_data["version"] or 0,
            by=signed_in(request),
            at=now,
        )
    except Refusal as refusal:
        return _typed_again(request, "candidatures/initiative.html", context, refusal)
    messages.success(request, "L’action est enregistrée.")
    return redirect("candidatures:detail", candidature.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    initiative = get_object_or_404(Initiative, pk=initiative_pk, candidature=candidature)
    initiative.candidature = candidature
    if request.method != "POST":
        context = {"candidature": candidature, "initiative": initiative}
        return render(request, "candidatures/remove_initiative.html", context)
    services.remove_initiative(initiative, by=signed_in(request), at=timezone.now())
    messages.success(request, f"L’action « {initiative.title} » est retirée.")
    return redirect("candidatures:detail", candidature.pk)
