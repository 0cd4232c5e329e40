"""Importing the actions of a candidature from a file: seen first, then added all at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import services
from candidatures.forms import ConfirmForm, ImportForm
from candidatures.importing.cells import Referential
from candidatures.importing.columns import COLUMNS
from candidatures.importing.judging import Judged, gathered, judge, referential_of
from candidatures.importing.lines import Entry, Fault, Read, read_lines
from candidatures.importing.model import WRITERS, model
from candidatures.importing.preview import preview
from candidatures.importing.sealing import START_AGAIN, seal, unseal
from candidatures.models import Candidature
from candidatures.permissions import READS_ONLY, can_write, why_closed, why_not_write
from candidatures.services import Imported
from candidatures.views.access import get_candidature
from villes_internet.french import number
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.spreadsheets import UnreadableTableError, XlsxWorkbook
from villes_internet.users.access import signed_in

ASK = "candidatures/importing/ask.html"
MOST_SHOWN = 100  # faults, each of which may be that of many lines
TYPES = {"xlsx": XlsxWorkbook.content_type, "csv": "text/csv; charset=utf-8"}


@require_http_methods(["GET", "HEAD", "POST"])
def import_initiatives(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that explains, then what is wrong in the file that was sent, or what it would add.

    Nothing is written here, whatever is sent.
    """
    candidature = get_candidature(request, pk)
    referential = referential_of(candidature)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context = _asking(request, candidature, referential, form)
    if request.method != "POST":
        return render(request, ASK, context)
    _check_writing(request, candidature)
    if form.is_valid():
        try:
            found = read_lines(form.cleaned_data["file"], referential)
        except UnreadableTableError as error:
            form.add_error("file", str(error))
        else:
            judged = judge(found.entries, referential, candidature, at=timezone.now())
            if not judged.faults:
                return _preview(request, candidature, found, judged, name=form.name)
            context |= _corrections(judged.faults, found.entries, name=form.name, found=found)
    return render(request, ASK, context, status=422)


def _preview(
    request: HttpRequest, candidature: Candidature, found: Read, judged: Judged, *, name: str
) -> HttpResponse:
    shown = preview(candidature, found.entries, judged.actions)
    sealed = seal(
        found.entries,
        name=name,
        known=shown.known_titles,
        candidature=candidature,
        by=signed_in(request),
    )
    context = {
        "candidature": candidature,
        "name": name,
        "found": found,
        "preview": shown,
        "form": ConfirmForm(initial={"sealed": sealed}),
    }
    return render(request, "candidatures/importing/preview.html", context)


@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    _check_writing(request, candidature)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Refusal(f"L’aperçu du fichier n’est pas arrivé jusqu’à nous. {START_AGAIN}")
    by, now = signed_in(request), timezone.now()
    sealed = unseal(form.cleaned_data["sealed"], candidature=candidature, by=by)
    referential = referential_of(candidature)
    judged = judge(sealed.entries, referential, candidature, at=now)
    if judged.faults:
        context = _asking(request, candidature, referential, ImportForm())
        context |= _corrections(judged.faults, sealed.entries, name=sealed.name)
        return render(request, ASK, context, status=422)
    imported = services.import_initiatives(
        candidature,
        actions=[(action.initiative, action.services) for action in judged.actions],
        doubling=[] if form.cleaned_data["skip_known"] else sealed.known,
        source=sealed.name,
        reference=sealed.reference,
        by=by,
        at=now,
    )
    messages.add_message(request, *_said(imported))
    return redirect(reverse("candidatures:detail", args=[pk]) + "#actions")


@require_safe
def import_model(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    candidature = get_candidature(request, pk)
    if suffix not in WRITERS:
        raise Http404("Le modèle existe en XLSX et en CSV.")
    content = model(candidature.edition, referential_of(candidature), suffix)
    response = HttpResponse(content, content_type=TYPES[suffix])
    name = f"modele-actions-{candidature.edition.year}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _check_writing(request: HttpRequest, candidature: Candidature) -> None:
    """Raises Forbidden to those who only read, Refusal when nobody writes it any more."""
    if not can_write(signed_in(request), candidature):
        raise Forbidden(READS_ONLY)
    if closed := why_closed(candidature, at=timezone.now()):
        raise Refusal(closed)


def _asking(
    request: HttpRequest, candidature: Candidature, referential: Referential, form: ImportForm
) -> dict[str, Any]:
    return {
        "candidature": candidature,
        "form": form,
        "columns": COLUMNS,
        "services": referential.services,
        "why_not": why_not_write(candidature, by=signed_in(request), at=timezone.now()),
    }


def _corrections(
    faults: list[Fault], entries: list[Entry], *, name: str, found: Read | None = None
) -> dict[str, Any]:
    groups = gathered(faults)
    return {
        "name": name,
        "found": found,
        "faults": groups[:MOST_SHOWN],
        "more": len(groups) - len(groups[:MOST_SHOWN]),
        "wrong": len({fault.line for fault in faults}),
        "total": len(entries),
    }


def _said(imported: Imported) -> tuple[int, str]:
    """The level and the words of the message that follows an import."""
    added, left = imported.added, imported.left_aside
    if not imported.is_new:
        return (
            messages.INFO,
            "Cet import est déjà fait : ses actions ne sont pas ajoutées une seconde fois.",
        )
    if not added:
        return messages.INFO, "Toutes ces actions sont déjà dans la candidature : rien n’a changé."
    words = f"{number(added)} actions sont ajoutées." if added > 1 else "Une action est ajoutée."
    if left == 1:
        words += " Une autre est laissée de côté, déjà dans la candidature."
    elif left:
        words += f" {number(left)} autres sont laissées de côté, déjà dans la candidature."
    return messages.SUCCESS, words
