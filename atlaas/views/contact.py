"""Writing to the people behind a sheet, without being shown their address."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from atlaas import services
from atlaas.forms import RelayForm
from atlaas.models import SheetContact
from villes_internet.pages.views import CONTACT_AGAIN_AFTER, TOO_MANY_MESSAGES
from villes_internet.users.models import User


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SheetContact.objects.select_related("sheet__territory"), sheet=pk)
    user = request.user
    known = {"name": user.full_name, "email": user.email} if isinstance(user, User) else {}
    form = RelayForm(request.POST or None, initial=known)
    context = {"sheet": found.sheet, "form": form}
    if request.method != "POST":
        return render(request, "atlaas/contact.html", context)
    if not form.is_valid():
        return render(request, "atlaas/contact.html", context, status=422)
    if not ratelimit.consume(request, action="contact"):
        form.add_error(None, TOO_MANY_MESSAGES)
        response = render(request, "atlaas/contact.html", context, status=429)
        response["Retry-After"] = str(CONTACT_AGAIN_AFTER)
        return response
    services.write_to_contact(
        found,
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        message=form.cleaned_data["message"],
        at=timezone.now(),
    )
    return redirect(f"{found.sheet.get_absolute_url()}?message=envoye")
