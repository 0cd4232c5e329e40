"""Correcting one answer of a deposited dossier: the staff ask, the team writes and sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from candidatures import services
from candidatures.asking import Asked
from candidatures.choices import QuestionKind
from candidatures.corrections import documents_of, still_to_ask, why_no_correction, words
from candidatures.forms import AnswersForm, CorrectionForm
from candidatures.forms.files import FilesChange
from candidatures.models import Candidature, Correction, CorrectionDocument, Deposit
from candidatures.permissions import READS_ONLY, can_deposit, can_write
from candidatures.snapshot import names_of
from candidatures.values import displayed
from candidatures.views.access import TAKEN, get_candidature
from villes_internet.french import day as spelled
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

TEMPLATE = "candidatures/correction.html"


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, pk: int, correction_pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    asked_for = get_object_or_404(
        Correction.objects.select_related(
            "deposit__candidature__edition", "question__section", "asked_by", "closed_by"
        ),
        pk=correction_pk,
        deposit__candidature=candidature,
    )
    context = _around(request, candidature, asked_for)
    if request.method == "POST":
        is_in_files = asked_for.question.kind == QuestionKind.FILES
        save = _save_documents if is_in_files else _save
        return save(request, candidature, asked_for, context)
    return render(request, TEMPLATE, context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    candidature = get_object_or_404(Candidature.objects.with_details(), edition__year=year, pk=pk)
    now = timezone.now()
    deposit = Deposit.objects.standing().filter(candidature=candidature).first()
    questions = still_to_ask(candidature, deposit, at=now) if deposit else []
    form = CorrectionForm(
        request.POST or None, candidature=candidature, questions=questions, at=now
    )
    why_not = why_no_correction(candidature, at=now)
    context = {
        "candidature": candidature,
        "edition": candidature.edition,
        "form": form,
        "why_not": why_not,
    }
    template = "candidatures/ask_correction.html"
    if request.method != "POST":
        return render(request, template, context)
    if why_not:
        return typed_again(request, template, context, Refusal(why_not))
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        asked_for = services.ask_correction(
            candidature, **form.cleaned_data, by=signed_in(request), at=now
        )
    except Refusal as refusal:
        return typed_again(request, template, context, refusal)
    messages.success(
        request,
        f"La correction est demandée : la réponse est rouverte jusqu’au "
        f"{spelled(asked_for.until)}.",
    )
    return redirect("candidatures_staff:candidature", year, pk)


@staff_required
@require_POST
def withdraw_correction(
    request: HttpRequest, year: int, pk: int, correction_pk: int
) -> HttpResponse:
    asked_for = get_object_or_404(
        Correction.objects.select_related("deposit"),
        pk=correction_pk,
        deposit__candidature=pk,
        deposit__candidature__edition__year=year,
    )
    services.withdraw_correction(asked_for, by=signed_in(request), at=timezone.now())
    messages.success(request, "La correction n’est plus demandée : le dépôt reste tel qu’il est.")
    return redirect("candidatures_staff:candidature", year, pk)


def _around(
    request: HttpRequest, candidature: Candidature, asked_for: Correction
) -> dict[str, Any]:
    user, now = signed_in(request), timezone.now()
    question, dossier = asked_for.question, asked_for.deposit.snapshot
    deposited = words(asked_for.before or dossier, question)
    names = names_of([Asked(question, value=asked_for.draft)])
    drafted = displayed(question, asked_for.draft, names=names)
    documents = documents_of(asked_for)
    is_open = asked_for.is_open(at=now)
    return {
        "candidature": candidature,
        "correction": asked_for,
        "question": question,
        "is_open": is_open,
        "can_send": can_deposit(user, candidature),
        "why_not": "" if can_write(user, candidature) else READS_ONLY,
        "deposited": deposited,
        "draft": drafted,
        "has_draft": drafted != deposited or any(not one.is_deposited for one in documents),
        "documents_deposited": [one for one in documents if one.is_deposited],
        "documents_drafted": _drafted(documents),
        "form": _form(asked_for, documents=documents) if is_open else None,
    }


def _form(
    asked_for: Correction,
    data: Any = None,
    files: Any = None,
    *,
    documents: Sequence[CorrectionDocument] = (),
) -> AnswersForm:
    question = asked_for.question
    one = Asked(question, question.is_required, asked_for.draft, asked_for.version)
    return AnswersForm(data, files, asked=[one], attachments=_drafted(documents))


def _drafted(documents: Sequence[CorrectionDocument]) -> list[CorrectionDocument]:
    return [one for one in documents if one.is_drafted]


def _save(
    request: HttpRequest, candidature: Candidature, asked_for: Correction, context: dict[str, Any]
) -> HttpResponse:
    """Save the draft, and send it when asked; what cannot be is shown again as typed."""
    user, now = signed_in(request), timezone.now()
    form = context["form"] = _form(asked_for, request.POST)
    if not form.is_valid() or asked_for.question not in form.values():
        return render(request, TEMPLATE, context, status=422)
    value, over = form.values()[asked_for.question]
    try:
        saved = services.save_correction(asked_for, value=value, over=over, by=user, at=now)
        if saved.draft != value:
            context["theirs"] = saved
            names = names_of([Asked(saved.question, value=saved.draft)])
            context["their_words"] = displayed(saved.question, saved.draft, names=names)
            context["form"] = form.over({saved.question_id: saved.version})
            return render(request, TEMPLATE, context, status=409)
        context["form"] = form.over({saved.question_id: saved.version})
        if "send" in request.POST:
            services.send_correction(saved, over=saved.version, by=user, at=now)
    except ValidationError as error:
        context["form"].add_error(f"q{asked_for.question_id}", error)
        return render(request, TEMPLATE, context, status=422)
    except Refusal as refusal:
        context["form"].is_valid()
        context["form"].add_error(None, str(refusal))
        return render(request, TEMPLATE, context, status=refusal.status)
    return _done(request, candidature)


def _save_documents(
    request: HttpRequest, candidature: Candidature, asked_for: Correction, context: dict[str, Any]
) -> HttpResponse:
    """The same in documents; what a colleague did meanwhile is shown with the rest."""
    user, now, question = signed_in(request), timezone.now(), asked_for.question
    documents = documents_of(asked_for)
    form = context["form"] = _form(asked_for, request.POST, request.FILES, documents=documents)
    if not form.is_valid() or f"v{question.pk}" not in request.POST:
        return render(request, TEMPLATE, context, status=422)
    change = form.files_changes().get(question, FilesChange())
    over = form.cleaned_data[f"v{question.pk}"] or 0
    try:
        over = services.draft_documents(
            asked_for, added=change.added, removed=change.removed, over=over, by=user, at=now
        )
        if "send" in request.POST:
            services.send_correction(asked_for, over=over, by=user, at=now)
    except ValidationError as error:
        field, problem, status = f"q{question.pk}", error, 422
    except Refusal as refusal:
        field, problem, status = None, ValidationError(str(refusal)), refusal.status
    else:
        return _done(request, candidature)
    asked_for.refresh_from_db(fields=["version"])
    documents = documents_of(asked_for)
    form = context["form"] = form.over({question.pk: asked_for.version}, _drafted(documents))
    form.is_valid()
    form.add_error(field, problem)
    return render(request, TEMPLATE, context, status=status)


def _done(request: HttpRequest, candidature: Candidature) -> HttpResponse:
    if "send" in request.POST:
        sent = "La correction est transmise : le jury lit la nouvelle réponse."
        messages.success(request, sent, extra_tags=TAKEN)
        return redirect("candidatures:detail", candidature.pk)
    kept = "Le brouillon est enregistré. Rien n’est encore transmis."
    messages.success(request, kept, extra_tags=TAKEN)
    return redirect(request.path)
