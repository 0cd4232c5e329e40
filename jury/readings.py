"""What the jury's pages show, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from candidatures.choices import CandidatureState
from candidatures.models import Candidature, Deposit
from jury import figures
from jury.figures import Notes
from jury.models import Assignment, Criterion, Decision, Juror, Recusal, Review, Score
from labels.models import Edition
from labels.mosaic import Mosaic, mosaic, weigh


@dataclass(frozen=True)
class Reading:
    """A dossier entrusted to a juror, and how far the review is."""

    candidature: Candidature
    review: Review | None

    @property
    def state(self) -> str:
        if self.review is None:
            return "à lire"
        return "remise" if self.review.submitted_at else "en cours"


def readings_of(juror: Juror) -> list[Reading]:
    """The dossiers entrusted to a juror, by name, but those recused from or taken back."""
    assignments = (
        Assignment.objects.filter(juror=juror, candidature__state=CandidatureState.DEPOSITED)
        .exclude(
            candidature__in=Recusal.objects.standing().filter(juror=juror).values("candidature")
        )
        .select_related("candidature__territory__department", "candidature__edition")
        .order_by("candidature__territory__sort_key", "pk")
    )
    reviews = {review.candidature_id: review for review in Review.objects.filter(juror=juror)}
    return [
        Reading(assignment.candidature, reviews.get(assignment.candidature_id))
        for assignment in assignments
    ]


def next_of(readings: list[Reading]) -> Reading | None:
    """The one to go on with: the first begun, or the first to read; None when all is handed in."""
    for state in ("en cours", "à lire"):
        for reading in readings:
            if reading.state == state:
                return reading
    return None


def mosaic_of(edition: Edition, snapshot: dict[str, Any]) -> Mosaic:
    """The mosaïque of a dossier as it was deposited."""
    return mosaic(
        edition,
        weigh(
            [(service["theme"], service["code"]) for service in initiative["services"]]
            for initiative in snapshot["initiatives"]
        ),
    )


def weighted_mean(scores: Iterable[Score]) -> Fraction | None:
    """The total of a review: the mean of the notes that count, weighted by their criteria.

    Between 0 and 1; None without a note.
    """
    return figures.total(
        Notes(score.value * score.criterion.weight, score.scale_max, score.criterion.weight)
        for score in scores
        if score.value is not None and score.criterion.counts_in_total
    )


@dataclass(frozen=True)
class Standing:
    """One dossier before the chair: its reviews, what they say, the decision taken."""

    candidature: Candidature
    reviews: list[Review]
    decision: Decision | None
    readers: int

    @property
    def counting(self) -> list[Review]:
        """The reviews on which a decision may rest."""
        return [r for r in self.reviews if r.submitted_at and not getattr(r, "is_set_aside", False)]

    @property
    def by_criterion(self) -> list[tuple[Criterion, list[tuple[Review, Score | None]]]]:
        """The notes of the counting reviews side by side: for each criterion, one of each."""
        criteria: dict[int, Criterion] = {}
        notes: dict[tuple[int, int], Score] = {}
        for review in self.counting:
            for score in review.scores.all():
                criteria[score.criterion_id] = score.criterion
                notes[score.criterion_id, review.pk] = score
        in_order = sorted(criteria.values(), key=lambda criterion: criterion.position)
        return [
            (one, [(review, notes.get((one.pk, review.pk))) for review in self.counting])
            for one in in_order
        ]


def standings(candidatures: list[Candidature]) -> list[Standing]:
    """What the chair sees of each dossier, in the given order, in five queries.

    The dossiers that the chair is recused from must not be among `candidatures`.
    """
    scores = Score.objects.select_related("criterion")
    reviews: dict[int, list[Review]] = {}
    for review in (
        Review.objects.filter(candidature__in=candidatures)
        .with_set_aside()
        .select_related("juror__user")
        .prefetch_related(Prefetch("scores", scores), "proposed_mentions")
        .order_by("juror__user__full_name", "pk")
    ):
        reviews.setdefault(review.candidature_id, []).append(review)
    decisions = {
        decision.candidature_id: decision
        for decision in Decision.objects.filter(candidature__in=candidatures).prefetch_related(
            "mentions"
        )
    }
    readers: dict[int, int] = {}
    for pk in Assignment.objects.filter(candidature__in=candidatures).values_list(
        "candidature", flat=True
    ):
        readers[pk] = readers.get(pk, 0) + 1
    return [
        Standing(
            candidature,
            reviews.get(candidature.pk, []),
            decisions.get(candidature.pk),
            readers.get(candidature.pk, 0),
        )
        for candidature in candidatures
    ]


def criteria_for(candidature: Candidature) -> list[Criterion]:
    """Those that a dossier is scored by, as it was deposited.

    Two queries when a criterion is limited to an enjeu, one otherwise.
    """
    criteria = list(Criterion.objects.of_edition(candidature.edition))
    themes: set[str] = set()
    if any(criterion.theme_code for criterion in criteria):
        deposit = Deposit.objects.standing().get(candidature=candidature)
        themes = {
            service["theme"]
            for initiative in deposit.snapshot["initiatives"]
            for service in initiative["services"]
        }
    kind = candidature.candidate_type
    return [criterion for criterion in criteria if criterion.applies_to(kind, themes)]


def recused_from(juror: Juror) -> list[Recusal]:
    """The dossiers that this juror is set apart from: that they exist, and why, nothing else."""
    return list(
        Recusal.objects.standing()
        .filter(juror=juror)
        .select_related("candidature__territory")
        .order_by("candidature__territory__sort_key")
    )
