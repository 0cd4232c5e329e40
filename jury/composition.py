"""What the staff see of the jury: loads and progress, never a score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from candidatures.models import Candidature
from jury.models import Assignment, Criterion, Juror, Recusal, Review
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


@dataclass(frozen=True)
class Progress:
    """How far the jury of an edition is. `unread` counts the deposited dossiers without a reader.

    `handed_in` counts the evaluations among the readings entrusted: it never exceeds them.
    """

    jurors: int
    has_chair: bool
    entrusted: int
    handed_in: int
    unread: int
    criteria: int


def progress(editions: Sequence[Edition]) -> dict[int, Progress]:
    """That of each edition, by its primary key, in four queries."""
    handed_in = Review.objects.submitted().filter(
        juror=OuterRef("juror"), candidature=OuterRef("candidature")
    )
    read = Assignment.objects.filter(candidature=OuterRef("pk"))
    jurors = _by_edition(
        Juror.objects.filter(edition__in=editions)
        .values_list("edition")
        .annotate(jurors=Count("pk"), chairs=Count("pk", Q(is_chair=True)))
    )
    readings = _by_edition(
        Assignment.objects.filter(juror__edition__in=editions)
        .values_list("juror__edition")
        .annotate(entrusted=Count("pk"), handed_in=Count("pk", Exists(handed_in)))
    )
    unread = _by_edition(
        Candidature.objects.filter(~Exists(read), edition__in=editions)
        .deposited()
        .values_list("edition")
        .annotate(unread=Count("pk"))
    )
    criteria = _by_edition(
        Criterion.objects.filter(edition__in=editions)
        .values_list("edition")
        .annotate(criteria=Count("pk"))
    )
    return {
        edition.pk: Progress(
            jurors=jurors.get(edition.pk, (0, 0))[0],
            has_chair=jurors.get(edition.pk, (0, 0))[1] > 0,
            entrusted=readings.get(edition.pk, (0, 0))[0],
            handed_in=readings.get(edition.pk, (0, 0))[1],
            unread=unread.get(edition.pk, (0,))[0],
            criteria=criteria.get(edition.pk, (0,))[0],
        )
        for edition in editions
    }


def _by_edition(rows: Iterable[tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    return {edition: tuple(counts) for edition, *counts in rows}


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
        Recusal.objects.standing()
        .filter(candidature__in=candidatures)
        .select_related("juror__user")
        .order_by("juror__user__full_name")
    ):
        rows[recusal.candidature_id].recused.append(recusal)
    return list(rows.values())
