"""The public dates of an edition, for calendars."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from labels.dates import public_events
from labels.models import Edition
from villes_internet import ics


@login_not_required
@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    now = timezone.now()
    edition = get_object_or_404(Edition.objects.announced(at=now), year=year)
    content = ics.calendar(f"Label {edition.year}", public_events(edition), at=now)
    return ics.respond(content, name=f"label-{edition.year}.ics")
