"""Legal pages, help, and writing to the association: for passers-by as for people signed in."""

from datetime import date

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from villes_internet.pages import services
from villes_internet.pages.forms import ContactForm
from villes_internet.pages.sample import SAMPLE
from villes_internet.users.models import User

ACCESSIBILITY_DECLARED_ON = date(2026, 11, 23)
CONTACT_AGAIN_AFTER = 3600  # seconds
TOO_MANY_MESSAGES = (
    "Trop de messages sont partis de votre réseau depuis une heure : celui-ci n’est pas envoyé. "
    "Il est encore dans le formulaire : gardez cette page ouverte et envoyez-le dans une heure."
)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "identity": settings.IDENTITY,
        "declared_on": ACCESSIBILITY_DECLARED_ON,
        "sample": SAMPLE,
    }
    return render(request, "pages/accessibility.html", context)


@login_not_required
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal_notice.html", {"identity": settings.IDENTITY})


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    context = {
        "identity": settings.IDENTITY,
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        "code_minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    }
    return render(request, "pages/personal_data.html", context)


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/site_map.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None, initial=_what_is_known(request))
    context = {"form": form, "identity": settings.IDENTITY}
    if request.method != "POST":
        return render(request, "pages/contact.html", context)
    if not form.is_valid():
        return render(request, "pages/contact.html", context, status=422)
    if not ratelimit.consume(request, action="contact"):
        form.add_error(None, TOO_MANY_MESSAGES)
        response = render(request, "pages/contact.html", context, status=429)
        response["Retry-After"] = str(CONTACT_AGAIN_AFTER)
        return response
    del form.cleaned_data["trap"]
    services.write_to_association(**form.cleaned_data, at=timezone.now())
    return redirect("pages:contact_sent")


def _what_is_known(request: HttpRequest) -> dict[str, str]:
    """The subject that the link names, and who is signed in."""
    known = {"subject": request.GET.get("sujet", "")}
    if isinstance(request.user, User):
        known |= {"name": request.user.full_name, "email": request.user.email}
    return known


@login_not_required
@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_sent.html")


@login_not_required
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@login_not_required
@require_safe
def help_agents(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help_agents.html")


@login_not_required
@require_safe
def help_jurors(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help_jurors.html")
