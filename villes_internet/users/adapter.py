"""Where allauth meets the house: its letters go through the outbox."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from villes_internet.mail import services as mail
from villes_internet.mail.letters import Letter, folded, letterhead
from villes_internet.navigation import workspaces
from villes_internet.users.middleware import NOT_TAKEN
from villes_internet.users.models import User


class TypesetErrors:
    """allauth's French writes straight apostrophes, which the rest of the site does not."""

    error_messages: dict[str, Any]

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        message = str(self.error_messages[code])
        return ValidationError((message % args if args else message).replace("'", "’"), code=code)


class MFAAdapter(TypesetErrors, DefaultMFAAdapter):
    pass


class AccountAdapter(TypesetErrors, DefaultAccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remind of what was sent after the end of the session: signing in does not save it."""
        if request.session.pop(NOT_TAKEN, False):
            request.session.set_expiry(None)  # that of everybody's sessions again
            messages.warning(
                request,
                "Votre dernier envoi n’a pas été enregistré, car votre session avait pris fin. "
                "Refaites-le ici.",
            )
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person lands who asked for no page: the space that is theirs."""
        if not isinstance(request.user, User):
            return str(super().get_login_redirect_url(request))
        if request.user.is_staff:
            return reverse("staff_home")
        spaces = workspaces(request.user)
        return spaces[0].url if spaces else str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's letter in the outbox; one that carries a code is forgotten once sent."""
        known = {
            "request": self.request,
            "email": email,
            "current_site": {
                "name": "Villes Internet",
                "domain": urlsplit(settings.SITE_URL).netloc,
            },
            "login_url": settings.SITE_URL + reverse("account_request_login_code"),
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "emails_url": settings.SITE_URL + reverse("account_email"),
            "mfa_url": settings.SITE_URL + reverse("mfa_index"),
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
        }
        rendered = self.render_mail(template_prefix, email, letterhead() | context | known)
        html = [str(content) for content, kind in rendered.alternatives if kind == "text/html"]
        mail.queue_letter(
            Letter(
                subject=str(rendered.subject),
                text=folded(str(rendered.body)),
                html="".join(html).strip(),
            ),
            key=f"account:{uuid4()}",
            to=email,
            category="compte",
            at=timezone.now(),
            transient="code" in context,
        )
