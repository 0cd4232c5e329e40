"""The criteria of an edition, before anybody scores with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from jury.models import Criterion, JuryRules, Review
from jury.services.journal import record
from labels.models import Edition
from villes_internet.refusals import Refusal
from villes_internet.users.models import User

STEPS = ("two_from", "three_from", "four_from", "five_from")
SIGNALS = ("threshold_margin", "disagreement_from", "minimum_sample")


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


@transaction.atomic
def change_thresholds(edition: Edition, *, rules: JuryRules, by: User, at: datetime) -> None:
    """Save what the chair's figures are read by, validated; they only suggest.

    Raises Refusal once the edition is proclaimed.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.proclaimed_at is not None:
        raise Refusal("Cette édition est proclamée : ses seuils ne changent plus.")
    JuryRules.objects.update_or_create(
        edition=edition, defaults={name: getattr(rules, name) for name in (*STEPS, *SIGNALS)}
    )
    levels = ", ".join(
        f"{level} @ dès {getattr(rules, name)}" for level, name in enumerate(STEPS, 2)
    )
    record(edition, f"Seuils indicatifs modifiés : {levels}", by=by, at=at)
