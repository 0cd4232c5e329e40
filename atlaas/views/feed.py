"""The latest sheets of Atlaas as an Atom feed: all of them, or those of one search."""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from atlaas.filters import SheetFilter
from atlaas.models import Sheet

LATEST = 50
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class SheetFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Without a sheet, not the hour of the request, which would make each answer a new one."""
        return super().latest_post_date() if self.items else NEVER


@login_not_required
@require_safe
@cache_control(public=True, max_age=900)
def latest_sheets(request: HttpRequest) -> HttpResponse:
    found = SheetFilter(request.GET, Sheet.objects.with_details()).qs.latest_first()
    feed = SheetFeed(
        title="Atlaas\N{NO-BREAK SPACE}: les dernières pratiques partagées",
        link=settings.SITE_URL + reverse("atlaas:sheets"),
        feed_url=settings.SITE_URL + request.get_full_path(),
        description="Ce que les collectivités labellisées ont mis en œuvre, raconté par elles.",
        language="fr",
        author_name="Villes Internet",
    )
    for sheet in found[:LATEST]:
        _add(feed, sheet)
    content = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    kind = "application/atom+xml; charset=utf-8"
    response = HttpResponse(content, content_type=kind, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


def _add(feed: SheetFeed, sheet: Sheet) -> None:
    feed.add_item(
        title=sheet.title,
        link=settings.SITE_URL + sheet.get_absolute_url(),
        description=escape(sheet.summary),  # an Atom summary is HTML
        unique_id=settings.SITE_URL + reverse("atlaas:sheet_short", args=[sheet.pk]),
        author_name=sheet.territory.name,
        pubdate=sheet.published_at,
        updateddate=sheet.updated_at,
        categories=sheet.theme_names,
    )
