"""What a page says of itself outside the site: to search engines, to social networks.

A page gives its words once, by the blocks `title`, `description`, `picture`, `picture_alt`,
`page_type`, `path` and `parameters` of base.html. What needs signing in says nothing.
A network keeps a picture by its address: `picture` ends in a year or a day, so that a new label is
shown on the day it is won.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

UNSAFE_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Address:
    """The one address of a page: whole, without what changes nothing in it.

    `is_narrowed` is the answer to one reader's search, which engines need not keep.
    """

    url: str
    is_narrowed: bool


@register.simple_tag(takes_context=True)
def outside_address(context: Context, path: str, parameters: str) -> Address | None:
    """Of this page, or None if a passer-by cannot open it.

    `path` replaces that of the request where several lead to the page; `parameters` names, between
    spaces, those of the query that choose what a list shows. The page of the list is kept.
    """
    request = context.get("request")
    if request is None or not is_for_passers_by(request):
        return None
    chosen = {name: request.GET.getlist(name) for name in parameters.split()}
    kept = [(name, value) for name, values in chosen.items() for value in values if value.strip()]
    page = getattr(context.get("page_obj"), "number", 1)
    query = urlencode([*kept, *([("page", page)] if page > 1 else [])])
    url = settings.SITE_URL + (path or request.path)
    return Address(f"{url}?{query}" if query else url, is_narrowed=bool(kept))


def is_for_passers_by(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and not getattr(match.func, "login_required", True)


@register.simple_block_tag
def once(content: str) -> SafeString:
    """What a block says, to be said in several places: `{% once as title %}…{% endonce %}`."""
    return mark_safe(re.sub(r"[ \t\r\n]+", " ", content).strip(" "))  # noqa: S308  # it is rendered


@register.filter
def gist(text: str, longest: int = 160) -> str:
    """The beginning of a text that fits in so many characters, cut between two words."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    if len(line) <= longest:
        return line
    whole, space, _ = line[:longest].rpartition(" ")
    return (whole if space else line[: longest - 1]).rstrip(" ,;:.\u00a0\u202f") + "…"


@register.filter
def linked_data(value: dict[str, Any]) -> SafeString:
    """A description in the words of schema.org, as a block of data that nothing executes."""
    written = json.dumps({"@context": "https://schema.org"} | value, ensure_ascii=False)
    safe = mark_safe(written.translate(UNSAFE_IN_A_SCRIPT))  # noqa: S308  # no « < » is left
    return format_html('<script type="application/ld+json">{}</script>', safe)
