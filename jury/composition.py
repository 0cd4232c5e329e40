"""What the staff see of the jury: loads and progress, never a score."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q

from candidatures.models import Candidature
from jury.models import Assignment, Juror, Recusal, Review
from labels.models import Edition


def loads(edition: Edition) -> list[Juror]:
    """The jurors of an edition with `entrusted` and `handed_in`, the counts of their readings."""
    return list(
        Juror.objects.filter(edition=edition)
        .select_related("user")
        .annotate(
            entrusted=Count("assignments", distinct=True),
            handed_in=Count("reviews", filter=~Q(reviews__submitted_at=None), distinct=True),
        )
        .by_name()
    )


@dataclass
class Readers:
    """A deposited dossier: who reads it, who handed a review in, who is recused from it."""

    candidature: Candidature
    entrusted: list[tuple[Juror, bool]] = field(default_factory=list)
    recused: list[Recusal] = field(default_factory=list)


def readers(candidatures: list[Candidature]) -> list[Readers]:
    """The readers of each dossier, in the given order, in three queries."""
    rows = {candidature.pk: Readers(candidature) for candidature in candidatures}
    submitted = set(
        Review.objects.filter(candidature__in=candidatures)
        .submitted()
        .values_list("juror_id", "candidature_id")
    )
    for assignment in (
        Assignment.objects.filter(candidature__in=candidatures)
        .select_related("juror__user")
        .order_by("juror__user__full_name")
    ):
        pair = (assignment.juror_id, assignment.candidature_id)
        rows[assignment.candidature_id].entrusted.append((assignment.juror, pair in submitted))
    for recusal in (
        Recusal.objects.filter(candidature__in=candidatures)
        .select_related("juror__user")
        .order_by("juror__user__full_name")
    ):
        rows[recusal.candidature_id].recused.append(recusal)
    return list(rows.values())
