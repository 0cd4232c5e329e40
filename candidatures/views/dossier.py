"""The list of one's candidatures, starting one, its overview."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from candidatures import overview, services
from candidatures.choices import CorrectionState, Side
from candidatures.forms import StartForm
from candidatures.models import Candidature, Correction, StoppedReminders
from candidatures.permissions import can_deposit
from candidatures.resuming import offer
from candidatures.views.access import get_candidature
from labels.models import Edition
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.access import signed_in

PER_PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    now = timezone.now()
    candidatures = (
        Candidature.objects.for_user(user)
        .with_details()
        .order_by("-edition__year", "territory__sort_key")
    )
    page = Paginator(candidatures, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "folders": overview.folders(user, list(page.object_list), at=now),
        "has_territory": Territory.objects.for_user(user).exists(),
        "reads_only": lambda: not Territory.objects.written_by(user).exists(),
        "startable": overview.startable(user, at=now),
        "requests": Membership.objects.requested().filter(user=user).select_related("territory"),
    }
    return render(request, "candidatures/index.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404("unknown territory or edition")
    territory = get_object_or_404(
        Territory.objects.for_user(user), code=form.cleaned_data["territory"]
    )
    edition = get_object_or_404(Edition, year=form.cleaned_data["edition"])
    candidature = services.start(territory=territory, edition=edition, by=user, at=timezone.now())
    messages.success(request, "La candidature est ouverte : vos collègues y ont accès aussi.")
    return redirect("candidatures:detail", candidature.pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    candidature = get_candidature(request, pk)
    user = signed_in(request)
    context = overview.of(candidature, by=user, at=timezone.now())
    context["unread"] = candidature.thread.unread_by(user, side=Side.TERRITORY).count()
    corrections = Correction.objects.filter(deposit__candidature=candidature)
    context["corrections"] = corrections.open(at=timezone.now()).with_people().latest_first()
    context["unsent"] = corrections.unsent(at=timezone.now()).with_people().latest_first()
    context["corrected"] = corrections.filter(
        state=CorrectionState.MADE, deposit__withdrawn_at=None
    ).exists()
    context["can_deposit"] = can_deposit(user, candidature)
    context["offer"] = None if context["why_not"] else offer(candidature)
    context["is_reminded"] = not StoppedReminders.objects.filter(
        candidature=candidature, user=user
    ).exists()
    return render(request, "candidatures/detail.html", context)
