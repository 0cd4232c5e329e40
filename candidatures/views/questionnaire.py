"""The staff's pages of the questionnaire: its sections, its questions, and a preview of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import services
from candidatures.asking import Asked, Stored, ask
from candidatures.conditions import Facts
from candidatures.forms import AnswersForm
from candidatures.forms.questionnaire import (
    ConditionForms,
    PreviewForm,
    QuestionForm,
    SectionForm,
)
from candidatures.models import Answer, Question, Section
from candidatures.outline import outline
from candidatures.permissions import why_not_change
from candidatures.views.overtaken import shown_again
from labels.choices import CandidateType
from labels.models import Edition
from villes_internet.refusals import Refusal
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

TYPICAL_POPULATION = {
    CandidateType.VILLAGE: 800,
    CandidateType.TOWN: 30_000,
    CandidateType.EPCI: 60_000,
}


@staff_required
@require_safe
def questionnaire(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    context = {
        "edition": edition,
        "parts": outline(edition),
        "why_not": why_not_change(edition, at=timezone.now()),
    }
    return render(request, "candidatures/questionnaire/outline.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    return _write_section(request, Section(edition=edition))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_section(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return _write_section(request, _section(year, pk))


@staff_required
@require_POST
def move_section(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    section, up = _section(year, pk), request.POST.get("to") == "up"
    services.move_section(section, up=up, by=signed_in(request), at=timezone.now())
    return redirect("questionnaire:outline", year)


@staff_required
@require_POST
def remove_section(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    section = _section(year, pk)
    services.remove_section(section, by=signed_in(request), at=timezone.now())
    messages.success(request, f"La rubrique « {section} » est retirée.")
    return redirect("questionnaire:outline", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: HttpRequest, year: int, section_pk: int) -> HttpResponse:
    section = _section(year, section_pk)
    return _write(request, Question(section=section))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_question(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return _write(request, _question(year, pk, or_gone=request.method == "POST"))


@staff_required
@require_POST
def move_question(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    question, up = _question(year, pk), request.POST.get("to") == "up"
    services.move_question(question, up=up, by=signed_in(request), at=timezone.now())
    return redirect("questionnaire:outline", year)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_question(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    question = _question(year, pk)
    if request.method != "POST":
        context = {
            "edition": question.section.edition,
            "question": question,
            "answered": Answer.objects.to(question).count(),
        }
        return render(request, "candidatures/questionnaire/withdraw.html", context)
    services.withdraw_question(question, by=signed_in(request), at=timezone.now())
    messages.success(request, f"La question « {question} » n’est plus posée.")
    return redirect("questionnaire:outline", year)


@staff_required
@require_safe
def preview(request: HttpRequest, year: int) -> HttpResponse:
    """The questionnaire as a candidate meets it; what is tried there is saved nowhere."""
    edition = get_object_or_404(Edition, year=year)
    data = request.GET if "kind" in request.GET else None
    reader = PreviewForm(data, initial={"kind": CandidateType.VILLAGE})
    kind, facts = _reader(reader)
    questions = [question for question in Question.objects.of(edition) if question.is_for(kind)]
    everything = AnswersForm(data, asked=[Asked(question) for question in questions])
    everything.is_valid()
    typed = (
        {question.pk: Stored(value) for question, (value, _) in everything.values().items()}
        if data
        else {}
    )
    shown = ask(questions, candidate_type=kind, facts=facts, answers=typed)
    form = AnswersForm(data, asked=shown)
    context = {
        "edition": edition,
        "reader": reader,
        "form": form,
        "parts": _parts(form),
        "hidden": len(questions) - len(shown),
    }
    return render(request, "candidatures/questionnaire/preview.html", context)


def _reader(form: PreviewForm) -> tuple[str, Facts]:
    """The candidate that is tried: a village of usual size unless the form says otherwise."""
    given = form.cleaned_data if form.is_valid() else {}
    kind = CandidateType(given.get("kind") or CandidateType.VILLAGE)
    population = given.get("population")
    if population is None:
        population = TYPICAL_POPULATION[kind]
    return kind, Facts(population=population, is_overseas=bool(given.get("overseas")))


def _parts(form: AnswersForm) -> list[tuple[Section, list[BoundField]]]:
    parts: dict[Section, list[BoundField]] = {}
    for question in form.questions:
        names = (f"q{question.pk}", f"v{question.pk}")
        parts.setdefault(question.section, []).extend(form[name] for name in names)
    return list(parts.items())


def _section(year: int, pk: int) -> Section:
    return get_object_or_404(Section.objects.select_related("edition"), edition__year=year, pk=pk)


def _question(year: int, pk: int, *, or_gone: bool = False) -> Question:
    """One that is put today; `or_gone` while its form was open, for its text not to be lost."""
    questions = Question.objects.all() if or_gone else Question.objects.current()
    return get_object_or_404(
        questions.select_related("section__edition"), section__edition__year=year, pk=pk
    )


def _write_section(request: HttpRequest, section: Section) -> HttpResponse:
    form = SectionForm(request.POST or None, instance=section)
    context = {
        "edition": section.edition,
        "section": section,
        "form": form,
        "is_unused": section.pk and not section.questions.current().exists(),
        "why_not": why_not_change(section.edition, at=timezone.now()),
    }
    template = "candidatures/questionnaire/section.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    save: Callable[..., object] = services.add_section
    if section.pk:
        save = partial(services.change_section, seen=form.cleaned_data["seen"])
    try:
        save(form.save(commit=False), by=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return shown_again(request, template, context, refusal)
    messages.success(request, f"La rubrique « {section} » est enregistrée.")
    return redirect("questionnaire:outline", section.edition.year)


def _write(request: HttpRequest, question: Question) -> HttpResponse:
    """Add or change a question: its own form, then what it is put and required under."""
    edition = question.section.edition
    data = request.POST if request.method == "POST" else None
    is_answered = Answer.objects.to(question).exists()
    form = QuestionForm(data, instance=question, is_answered=is_answered)
    earlier = _earlier(question)
    asked_if = ConditionForms(data, prefix="asked", clauses=question.asked_under, earlier=earlier)
    required_if = ConditionForms(
        data, prefix="required", clauses=question.required_under, earlier=earlier
    )
    context: dict[str, Any] = {
        "edition": edition,
        "question": question,
        "form": form,
        "asked_if": asked_if,
        "required_if": required_if,
        "why_not": why_not_change(edition, at=timezone.now()),
    }
    template = "candidatures/questionnaire/question.html"
    if data is None:
        return render(request, template, context)
    valid = [form.is_valid(), asked_if.is_valid(), required_if.is_valid()]
    if not all(valid[1:]):
        form.add_error(None, "Une condition est à corriger, plus bas.")
    if not all(valid):
        return render(request, template, context, status=422)
    written = form.save(commit=False)
    written.asked_if, written.required_if = asked_if.as_json(), required_if.as_json()
    save: Callable[..., object] = services.add_question
    if written.pk:
        save = partial(services.change_question, seen=form.cleaned_data["seen"])
    try:
        save(written, by=signed_in(request), at=timezone.now())
    except Refusal as refusal:
        return shown_again(request, template, context, refusal)
    messages.success(request, f"La question « {written} » est enregistrée.")
    return redirect("questionnaire:outline", edition.year)


def _earlier(question: Question) -> list[Question]:
    """Those that a condition of this one may look at."""
    before = []
    for other in Question.objects.of(question.section.edition):
        if other.section.position > question.section.position or other == question:
            break
        before.append(other)
    return before
