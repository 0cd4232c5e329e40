"""The earlier texts of an answer, and putting one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from candidatures import services
from candidatures.asking import Asked
from candidatures.forms import RestoreForm
from candidatures.models import Answer, EarlierAnswer
from candidatures.permissions import why_not_write
from candidatures.snapshot import names_of
from candidatures.values import displayed
from candidatures.views.access import get_candidature
from villes_internet.refusals import Refusal
from villes_internet.users.access import signed_in

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def earlier_answers(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    answer = get_object_or_404(
        Answer.objects.select_related("question__section", "updated_by"),
        candidature=candidature,
        question=question_pk,
    )
    answer.candidature = candidature
    user, now = signed_in(request), timezone.now()
    if request.method == "POST":
        form = RestoreForm(request.POST)
        if not form.is_valid():
            raise Refusal(
                "Ce texte n’est plus là : rechargez la page, puis choisissez-en un autre."
            )
        earlier = get_object_or_404(answer.earlier, version=form.cleaned_data["version"])
        earlier.answer = answer
        services.restore_answer(earlier, over=form.cleaned_data["over"], by=user, at=now)
        messages.success(request, "Ce texte est repris : l’autre est maintenant parmi les anciens.")
        section = reverse("candidatures:section", args=[pk, answer.question.section.code])
        return redirect(f"{section}#id_q{answer.question_id}")
    page = Paginator(answer.earlier.latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    question = answer.question
    texts: list[EarlierAnswer] = list(page.object_list)
    shown = [answer.value, *(one.value for one in texts)]
    names = names_of(Asked(question, value=value) for value in shown)
    context = {
        "candidature": candidature,
        "answer": answer,
        "question": question,
        "present": displayed(question, answer.value, names=names),
        "page_obj": page,
        "texts": [(one, displayed(question, one.value, names=names)) for one in texts],
        "why_not": why_not_write(candidature, by=user, at=now),
    }
    return render(request, "candidatures/earlier_answers.html", context)
