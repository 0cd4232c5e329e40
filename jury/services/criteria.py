"""The criteria of an edition, before anybody scores with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from jury.models import Criterion, Review
from jury.services.journal import record
from labels.models import Edition
from villes_internet.refusals import Refusal
from villes_internet.users.models import User


@transaction.atomic
def change_criteria(
    edition: Edition, *, criteria: Iterable[Criterion], by: User, at: datetime
) -> None:
    """Save the changed criteria, validated: this edition's alone.

    Raises Refusal once a review has begun: a note keeps the meaning that it was given with.
    """
    if has_reviews(edition):
        raise Refusal("La lecture a commencé\N{NO-BREAK SPACE}: les critères ne changent plus.")
    for criterion in criteria:
        criterion.save()
    record(edition, "Critères modifiés", by=by, at=at)


def has_reviews(edition: Edition) -> bool:
    return Review.objects.filter(juror__edition=edition).exists()
