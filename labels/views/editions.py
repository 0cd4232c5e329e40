"""The staff's pages: opening an edition, its calendar, its référentiel, its mentions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from labels import services
from labels.course import course
from labels.forms import EditionForm, MentionFormSet, ServiceFormSet, ThemeForm
from labels.models import DigitalService, Edition, Theme
from labels.permissions import can_change_calendar
from villes_internet.staff.panels import offered_edition_panels
from villes_internet.staff.permissions import staff_required
from villes_internet.users.access import signed_in

PER_PAGE = 30


@staff_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = Paginator(Edition.objects.latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    editions = [(edition, course(edition, at=now)) for edition in page]
    return render(request, "labels/editions.html", {"editions": editions, "page_obj": page})


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        edition = services.create_edition(
            form.save(commit=False), by=signed_in(request), at=timezone.now()
        )
        messages.success(request, f"L’{edition} est créée : vérifiez son référentiel.")
        return redirect("labels_staff:edition", edition.year)
    status = 422 if form.is_bound else 200
    return render(request, "labels/create_edition.html", {"form": form}, status=status)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    user, now = signed_in(request), timezone.now()
    form = EditionForm(request.POST or None, instance=get_object_or_404(Edition, year=year))
    if request.method == "POST" and form.is_valid():
        changed = services.change_calendar(form.save(commit=False), by=user, at=now)
        messages.success(request, "Le calendrier est enregistré.")
        return redirect("labels_staff:edition", changed.year)
    context = {
        "edition": edition,
        "course": course(edition, at=now),
        "form": form,
        "doors": offered_edition_panels([edition], at=now)[edition.pk],
        "can_change": can_change_calendar(user, edition),
        "journal": edition.journal.select_related("by").order_by("-at", "-pk")[:20],
    }
    status = 422 if form.is_bound else 200
    return render(request, "labels/edition.html", context, status=status)


@staff_required
@require_safe
def referentiel(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    themes = Theme.objects.filter(edition=edition).select_related("family").order_by("position")
    context = {
        "edition": edition,
        "themes": themes.prefetch_related(
            Prefetch("services", DigitalService.objects.order_by("position"))
        ),
        "service_count": DigitalService.objects.filter(theme__edition=edition).count(),
    }
    return render(request, "labels/referentiel.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest, year: int, code: str) -> HttpResponse:
    found = get_object_or_404(
        Theme.objects.select_related("edition", "family"), edition__year=year, code=code
    )
    data = request.POST if request.method == "POST" else None
    form = ThemeForm(data, instance=found)
    formset = ServiceFormSet(data, instance=found, queryset=found.services.order_by("position"))
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        services.change_theme(
            form.save(commit=False),
            services=formset.save(commit=False),
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, f"L’enjeu « {found.name} » est enregistré.")
        return redirect("labels_staff:referentiel", year)
    context = {"edition": found.edition, "theme": found, "form": form, "formset": formset}
    return render(request, "labels/theme.html", context, status=422 if data else 200)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    data = request.POST if request.method == "POST" else None
    formset = MentionFormSet(data, instance=edition, queryset=edition.mentions.order_by("position"))
    if request.method == "POST" and formset.is_valid():
        services.change_mentions(
            edition,
            mentions=formset.save(commit=False),
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, "Les mentions sont enregistrées.")
        return redirect("labels_staff:edition", year)
    context = {"edition": edition, "formset": formset}
    return render(request, "labels/mentions.html", context, status=422 if data else 200)
