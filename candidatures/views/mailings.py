"""Writing to those who hold candidatures: the text, what leaves, and what became of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidatures import mailings, services
from candidatures.forms import MailingForm
from candidatures.models import Mailing
from candidatures.selection import selection
from labels.models import Edition
from villes_internet.french import number, plural
from villes_internet.refusals import Refusal, typed_again
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 30
PER_LIST = 100
WRITE = "candidatures/mailings/write.html"


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    now = timezone.now()
    chosen = selection(edition, request.GET, at=now)
    form = MailingForm(request.POST or None)
    context = {"edition": edition, "chosen": chosen, "form": form, "words": mailings.WORDS}
    if request.method != "POST":
        return render(request, WRITE, context)
    if not form.is_valid():
        return render(request, WRITE, context, status=422)
    try:
        mailing = services.write_mailing(
            edition,
            candidatures=chosen.keys,
            criteria=chosen.words,
            **form.cleaned_data,
            by=signed_in(request),
            at=now,
        )
    except Refusal as refusal:
        return typed_again(request, WRITE, context, refusal)
    return redirect("candidatures_staff:mailing", year, mailing.pk)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, year: int, mailing_pk: int) -> HttpResponse:
    mailing = _get(year, mailing_pk)
    form = MailingForm(request.POST or None, mailing=mailing)
    context = {
        "edition": mailing.edition,
        "mailing": mailing,
        "form": form,
        "words": mailings.WORDS,
    }
    if request.method != "POST":
        return render(request, WRITE, context)
    if not form.is_valid():
        return render(request, WRITE, context, status=422)
    try:
        services.change_mailing(
            mailing, **form.cleaned_data, by=signed_in(request), at=timezone.now()
        )
    except Refusal as refusal:
        return typed_again(request, WRITE, context, refusal)
    return redirect("candidatures_staff:mailing", year, mailing.pk)


@staff_required
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    found = Mailing.objects.of_edition(edition).select_related("written_by").latest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "candidatures/mailings/index.html", {"edition": edition, "page_obj": page}
    )


@staff_required
@require_safe
def detail(request: HttpRequest, year: int, mailing_pk: int) -> HttpResponse:
    """What would leave, as one recipient reads it; once it left, what became of each letter."""
    mailing = _get(year, mailing_pk)
    if not mailing.is_draft:
        return _sent(request, mailing)
    found = services.addressed(mailing)
    page = Paginator(found.letters, PER_LIST).get_page(request.GET.get("page"))
    asked = request.GET.get("lettre", "")
    rank = int(asked) if asked.isdecimal() and 0 < int(asked) <= len(found.letters) else 1
    read = found.letters[rank - 1] if found.letters else None
    context = {
        "edition": mailing.edition,
        "mailing": mailing,
        "seen": mailings.fingerprint(mailing),
        "recipients": found,
        "page_obj": page,
        "rank": rank,
        "read": read,
        "letter": read and mailings.letter(mailing, read.user, read.candidature, at=timezone.now()),
        "is_one_per_candidature": mailings.is_one_per_candidature(mailing),
    }
    return render(request, "candidatures/mailings/preview.html", context)


@staff_required
@require_POST
def confirm(request: HttpRequest, year: int, mailing_pk: int) -> HttpResponse:
    mailing = _get(year, mailing_pk)
    seen = request.POST.get("seen", "")
    count = services.confirm_mailing(mailing, seen=seen, by=signed_in(request), at=timezone.now())
    messages.success(
        request, f"{number(count)} courriel{plural(count)} part{'ent' if count > 1 else ''}."
    )
    return redirect("candidatures_staff:mailing", year, mailing.pk)


def _sent(request: HttpRequest, mailing: Mailing) -> HttpResponse:
    letters = mailing.letters.select_related("user", "candidature__territory", "message").order_by(
        "user__email", "pk"
    )
    page = Paginator(letters, PER_LIST).get_page(request.GET.get("page"))
    context = {"edition": mailing.edition, "mailing": mailing, "page_obj": page}
    return render(request, "candidatures/mailings/sent.html", context)


def _get(year: int, pk: int) -> Mailing:
    return get_object_or_404(
        Mailing.objects.select_related("edition", "written_by", "confirmed_by"),
        edition__year=year,
        pk=pk,
    )
