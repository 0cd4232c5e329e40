"""A person's own account; signing in and out are allauth's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from villes_internet.users import services
from villes_internet.users.forms import NameForm
from villes_internet.users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # the login middleware lets no one else in
    # The form validates on a copy: a refused name must not appear in the masthead.
    form = NameForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        services.rename(user, full_name=form.cleaned_data["full_name"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("account")
    status = 422 if form.is_bound else 200
    return render(request, "users/account.html", {"form": form}, status=status)


@login_not_required
@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """There is no password: signing in is asking for a code, `?next=` kept."""
    query = request.GET.urlencode()
    return redirect(reverse("account_request_login_code") + (f"?{query}" if query else ""))


@login_not_required
def no_password(request: HttpRequest, rest: str) -> HttpResponse:
    """allauth's password pages do not exist here."""
    raise Http404(rest)
