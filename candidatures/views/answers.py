"""Writing the questionnaire, a section at a time.

What was sent and cannot be taken is shown again in its form, never lost: the person may copy it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from candidatures import services
from candidatures.asking import Asked, asked
from candidatures.choices import QuestionKind
from candidatures.completeness import missing_among
from candidatures.forms import AnswersForm, DelegateForm
from candidatures.models import (
    Attachment,
    Candidature,
    Correction,
    EarlierAnswer,
    Presence,
    Question,
    Section,
    SectionState,
)
from candidatures.permissions import why_not_write
from candidatures.snapshot import names_of
from candidatures.values import displayed
from candidatures.views.access import get_candidature
from candidatures.views.replaced import follow, left_behind
from villes_internet.french import plural
from villes_internet.navigation import Tab
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in
from villes_internet.users.models import User

TEMPLATE = "candidatures/section.html"


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    everything = asked(candidature)
    here = [one for one in everything if one.question.section.code == code]
    if not here:
        raise Http404
    context = _around(request, candidature, everything, here)
    if request.method == "POST":
        return _save(request, candidature, here, context)
    if why_not := why_not_write(candidature, by=signed_in(request), at=timezone.now()):
        corrections = Correction.objects.filter(deposit__candidature=candidature)
        corrections = corrections.filter(question__section__code=code)
        context |= {
            "why_not": why_not,
            "rows": _rows(here),
            "corrections": corrections.open(at=timezone.now()).with_people().latest_first(),
        }
    else:
        context["form"] = AnswersForm(asked=here, attachments=files_of(candidature, here))
    return render(request, TEMPLATE, context)


@require_POST
def delegate_section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    section = get_object_or_404(Section, edition=candidature.edition, code=code)
    form = DelegateForm(request.POST, candidature=candidature)
    if not form.is_valid():
        everything = asked(candidature)
        here = [one for one in everything if one.question.section_id == section.pk]
        context = _around(request, candidature, everything, here)
        answers = AnswersForm(asked=here, attachments=files_of(candidature, here))
        context |= {"form": answers, "delegate_form": form}
        return render(request, TEMPLATE, context, status=422)
    to = form.cleaned_data["to"]
    services.delegate_section(candidature, section, to=to, by=signed_in(request), at=timezone.now())
    said = f"confiée à {to}." if to else "à qui veut bien l’écrire."
    messages.success(request, f"Cette rubrique est {said}")
    return redirect("candidatures:section", pk, code)


@require_POST
def mark_section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    section = get_object_or_404(Section, edition=candidature.edition, code=code)
    ready = request.POST.get("prete") == "oui"
    services.mark_section(
        candidature, section, ready=ready, by=signed_in(request), at=timezone.now()
    )
    said = "prête : toute l’équipe le voit." if ready else "de nouveau en cours."
    messages.success(request, f"Cette rubrique est {said}")
    return redirect("candidatures:section", pk, code)


def _around(
    request: HttpRequest, candidature: Candidature, everything: list[Asked], here: list[Asked]
) -> dict[str, Any]:
    """What stands around the questions of the section that is open."""
    user, now = signed_in(request), timezone.now()
    section = here[0].question.section
    state = SectionState.objects.of(candidature).filter(section=section).first()
    delegate = state.delegate if state else None
    earlier = EarlierAnswer.objects.of(candidature)
    return {
        "candidature": candidature,
        "section": section,
        "state": state,
        "delegate_form": DelegateForm(candidature=candidature, initial={"to": delegate}),
        "tabs": _tabs(candidature, everything, here=section.code),
        "others": Presence.objects.here(candidature, at=now).besides(user),
        "since": now.isoformat(),
        "missing": missing_among(candidature, everything),
        "rewritten": set(earlier.values_list("answer__question", flat=True)),
    }


def _tabs(candidature: Candidature, everything: list[Asked], *, here: str) -> list[Tab]:
    sections = {one.question.section.code: one.question.section for one in everything}
    return [
        Tab(
            label=section.title,
            url=reverse("candidatures:section", args=[candidature.pk, code]),
            here=code == here,
        )
        for code, section in sections.items()
    ]


def _rows(here: list[Asked]) -> list[dict[str, str]]:
    names = names_of(here)
    return [
        {"label": one.question.label, "value": displayed(one.question, one.value, names=names)}
        for one in here
    ]


def _save(
    request: HttpRequest, candidature: Candidature, here: list[Asked], context: dict[str, Any]
) -> HttpResponse:
    """Save what is valid; show again, as typed, what is not or what a colleague changed."""
    data, files = request.POST.copy(), request.FILES.copy()
    sent, left = _what_was_sent(data, files, here)
    for words in left:
        messages.warning(request, words)
    form = context["form"] = AnswersForm(
        data, files, asked=sent, attachments=files_of(candidature, sent)
    )
    form.is_valid()
    now = timezone.now()
    try:
        saved = services.save_answers(
            candidature, values=form.values(), by=signed_in(request), at=now
        )
        _join_files(candidature, form, by=signed_in(request), at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        context["unsaved"] = {question.pk for question in form.questions}
        return render(request, TEMPLATE, context, status=refusal.status)
    if form.is_valid() and not saved.conflicts:
        messages.success(request, _saved(candidature, before=here))
        for one in sent:
            if one.question.retired_at:
                messages.warning(request, _withdrawn(one.question))
        return redirect(request.path)
    context["conflicts"] = saved.conflicts
    context["unsaved"] = {conflict.question.pk for conflict in saved.conflicts}
    context["form"] = form.over(saved.versions, files_of(candidature, sent))
    return render(request, TEMPLATE, context, status=409 if form.is_valid() else 422)


def _join_files(candidature: Candidature, form: AnswersForm, *, by: User, at: datetime) -> None:
    """What cannot be joined after all is said in the form."""
    for question, change in form.files_changes().items():
        try:
            services.answer_with_files(
                candidature,
                question,
                added=change.added,
                removed=change.removed,
                by=by,
                at=at,
            )
        except ValidationError as error:
            form.add_error(f"q{question.pk}", error)


def files_of(candidature: Candidature, among: list[Asked]) -> list[Attachment]:
    """The documents given in answer to these questions; no query when none takes any."""
    questions = [one.question for one in among if one.question.kind == QuestionKind.FILES]
    if not questions:
        return []
    joined = candidature.attachments.filter(question__in=questions)
    return list(joined.select_related("file", "added_by").in_order())


def _what_was_sent(
    data: QueryDict, files: MultiValueDict[str, Any], here: list[Asked]
) -> tuple[list[Asked], list[str]]:
    """The questions of this form, with those that it showed and that the page shows no more.

    Between the two, a colleague may have answered what makes a question pointless, or the staff may
    have replaced or withdrawn it: what was typed there is saved all the same, and what cannot be is
    returned in sentences.
    """
    shown = {int(found[1]) for name in data if (found := re.fullmatch(r"v(\d{1,9})", name))}
    gone = shown - {one.question.pk for one in here}
    if not gone:
        return here, []
    sent, left = list(here), []
    section = here[0].question.section
    for question in Question.objects.filter(section=section, pk__in=gone).select_related("section"):
        current = follow(question, data, files)
        left.append(left_behind(question, data))
        if current.pk not in {one.question.pk for one in sent}:
            sent.append(Asked(current))
    return sent, [words for words in left if words]


def _saved(candidature: Candidature, *, before: list[Asked]) -> str:
    section, known = before[0].question.section, {one.question.pk for one in before}
    more = [
        one
        for one in asked(candidature)
        if one.question.section == section and one.question.pk not in known
    ]
    if not more:
        return "Vos réponses sont enregistrées."
    added = f"{len(more)} question{plural(len(more))} s’ajoute{plural(len(more), ',nt')}"
    return f"Vos réponses sont enregistrées. D’après elles, {added} ci-dessous."


def _withdrawn(question: Question) -> str:
    return (
        f"La question « {question.label} » vient d’être retirée par l’association : votre réponse "
        "est gardée, mais le jury ne la lira pas."
    )
