"""What an open page says by itself: a text just typed, and that somebody is there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms.utils import ErrorList
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST

from candidatures import passages, services
from candidatures.asking import Asked
from candidatures.choices import QuestionKind
from candidatures.forms import AnswersForm, FilesChange, PresenceForm
from candidatures.models import Candidature, Presence, Question, Section
from candidatures.services import Saved
from candidatures.views.access import get_candidature
from candidatures.views.answers import files_of
from candidatures.views.replaced import follow, left_behind
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in
from villes_internet.users.models import User

SET_ASIDE = "laisser"


@require_POST
def answer(request: HttpRequest, pk: int, question_pk: int) -> JsonResponse:
    """Save the answer to one question as its field stands.

    Answers `version`, that now stored; else, with the status of what went wrong, `problem`, a
    fragment of page that says it, and for a conflict the `version` of the colleague’s text. With
    `laisser`, the colleague’s text stays, and what is sent goes among the earlier ones.
    """
    question = get_object_or_404(
        Question.objects.select_related("section", "replaced_by__section"), pk=question_pk
    )
    data, files = request.POST.copy(), request.FILES.copy()
    left = left_behind(question, data)
    question = follow(question, data, files)
    if question.kind == QuestionKind.FILES:
        return _answer_with_files(request, pk, question, data, files)
    form = AnswersForm(data, asked=[Asked(question)])
    if not form.is_valid():
        get_candidature(request, pk)
        return problem(str(form[f"q{question.pk}"].errors), status=422)
    if left:
        alert = {"kind": "warning", "text": left}
        return problem(render_to_string("components/alert.html", alert), status=422)
    try:
        saved = _save(Candidature(pk=pk), question, form, by=signed_in(request))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        return refused(refusal)
    version = saved.versions.get(question.pk, 0)
    for conflict in saved.conflicts:
        page = render_to_string(
            "candidatures/includes/conflict.html",
            {"conflict": conflict, "kind": "warning", "may_choose": True},
        )
        return problem(page, status=409, version=version)
    return JsonResponse({"version": version})


def _save(candidature: Candidature, question: Question, form: AnswersForm, *, by: User) -> Saved:
    """The candidature is fetched by the service, under its lock."""
    now = timezone.now()
    if SET_ASIDE in form.data and question in form.values():
        value, over = form.values()[question]
        return services.set_aside(candidature, question, value, over=over, by=by, at=now)
    return services.save_answers(candidature, values=form.values(), by=by, at=now)


def _answer_with_files(
    request: HttpRequest,
    pk: int,
    question: Question,
    data: QueryDict,
    files: MultiValueDict[str, Any],
) -> JsonResponse:
    candidature = get_candidature(request, pk)
    here = [Asked(question)]
    form = AnswersForm(data, files, asked=here, attachments=files_of(candidature, here))
    if not form.is_valid():
        return problem(str(form[f"q{question.pk}"].errors), status=422)
    change = form.files_changes().get(question, FilesChange())
    try:
        version = services.answer_with_files(
            candidature,
            question,
            added=change.added,
            removed=change.removed,
            by=signed_in(request),
            at=timezone.now(),
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        return problem(str(ErrorList(error.messages)), status=422)
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"version": version})


def refused(refusal: Refusal) -> JsonResponse:
    page = render_to_string("components/alert.html", {"kind": "warning", "text": str(refusal)})
    return problem(page, status=refusal.status, closed=True)


def problem(page: str, *, status: int, **more: object) -> JsonResponse:
    return JsonResponse({"problem": page, **more}, status=status)


@require_POST
def presence(request: HttpRequest, pk: int) -> JsonResponse:
    """Notice that this person has the dossier open, and answer who else has.

    Answers `here`, a fragment of page; `changed`, whether a colleague wrote an answer, or in the
    action that is open, since `since`, which was sent; and the `since` to send next.
    """
    candidature = get_candidature(request, pk)
    user, now = signed_in(request), timezone.now()
    form = PresenceForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    section = Section.objects.filter(
        edition=candidature.edition_id, code=said.get("section", "")
    ).first()
    services.notice(user, candidature, section=section, at=now)
    since = said.get("since") or now
    if action := said.get("action"):
        found = candidature.initiatives.filter(pk=action).first()
        changed = found is not None and passages.are_changed(found, since=since, besides=user)
    else:
        answers = candidature.answers.filter(updated_at__gt=since)
        changed = answers.exclude(updated_by=user).exists()
    others = Presence.objects.here(candidature, at=now).besides(user)
    return JsonResponse(
        {
            "here": render_to_string("candidatures/includes/presence.html", {"others": others}),
            "changed": changed,
            "since": now.isoformat(),
        }
    )
