"""A form of the staff that cannot be taken, with what a colleague wrote meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from candidatures.overtaking import OvertakenError
from villes_internet.refusals import Refusal, typed_again


def shown_again(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    """The form as it was typed; saved again, it takes the place of the words shown beside it."""
    if isinstance(refusal, OvertakenError):
        context["theirs"] = context["form"].over(refusal.theirs)
    return typed_again(request, template, context, refusal)
