"""Writing a review, and handing it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from candidatures.models import Candidature
from jury.choices import Answer
from jury.models import Criterion, Juror, Review, Score
from jury.permissions import can_read, can_review
from jury.readings import criteria_for
from jury.services.journal import record
from labels.models import Mention
from villes_internet.french import of_name
from villes_internet.refusals import Refusal

NOTHING_NOTED = (
    "Donnez au moins une note qui compte dans la moyenne : une évaluation faite d’abstentions ne "
    "se remet pas. Si vous ne pouvez pas juger ce dossier, dites-le à l’association."
)


@dataclass(frozen=True, kw_only=True)
class ReviewContent:
    """What a juror says: a note (0 to the criterion's scale) and a comment for each criterion.

    In place of a note, that the criterion does not apply, or that they abstain.
    """

    scores: Mapping[Criterion, tuple[int | Answer, str]] = field(default_factory=dict)
    proposed_level: int | None = None
    proposed_mentions: Sequence[Mention] = ()
    comment_for_jury: str = ""
    comment_for_territory: str = ""


def says_something(
    asked: Iterable[Criterion], scores: Mapping[Criterion, tuple[int | Answer, str]]
) -> bool:
    """Whether a note, at least, counts in the total; true when nothing asked could."""
    counting = [criterion for criterion in asked if criterion.counts_in_total]
    return not counting or any(
        criterion in scores and isinstance(scores[criterion][0], int) for criterion in counting
    )


@transaction.atomic
def save_review(
    juror: Juror, candidature: Candidature, *, content: ReviewContent, at: datetime
) -> Review:
    """Keep a review as a draft.

    Raises Refusal when the dossier is not this juror's to read, outside the reading phase, once the
    review is handed in, for a note out of the criterion's scale, and for a criterion that is not
    asked of this dossier.
    """
    if not can_read(juror, candidature):
        raise Refusal("Ce dossier ne vous est pas confié.")
    if not can_review(juror.edition, at=at):
        raise Refusal("Les évaluations ne s’écrivent que pendant la lecture par le jury.")
    Review.objects.get_or_create(juror=juror, candidature=candidature, defaults={"updated_at": at})
    review = Review.objects.select_for_update().get(juror=juror, candidature=candidature)
    if review.submitted_at is not None:
        raise Refusal("Cette évaluation est remise : elle ne change plus.")
    asked = criteria_for(candidature)
    for criterion, (value, _) in content.scores.items():
        if criterion not in asked:
            raise Refusal(
                f"« {criterion.name} » ne se note pas pour ce dossier : rien n’est enregistré. "
                "Rechargez la page pour noter les critères qui le concernent."
            )
        if isinstance(value, int) and not 0 <= value <= criterion.scale_max:
            raise Refusal(
                f"« {criterion.name} » se note de 0 à {criterion.scale_max} : "
                f"la note {value} n’est pas enregistrée."
            )
    review.proposed_level = content.proposed_level
    review.comment_for_jury = content.comment_for_jury
    review.comment_for_territory = content.comment_for_territory
    review.updated_at = at
    review.save()
    review.proposed_mentions.set(content.proposed_mentions)
    review.scores.exclude(criterion__in=content.scores).delete()
    Score.objects.bulk_create(
        [
            Score(
                review=review,
                criterion=criterion,
                answer=Answer.NOTE if isinstance(value, int) else value,
                value=value if isinstance(value, int) else None,
                scale_max=criterion.scale_max,
                comment=comment,
            )
            for criterion, (value, comment) in content.scores.items()
        ],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["answer", "value", "scale_max", "comment"],
    )
    return review


@transaction.atomic
def submit_review(
    juror: Juror, candidature: Candidature, *, content: ReviewContent, at: datetime
) -> Review:
    """Keep the review and hand it in: from then on it counts, and no longer changes.

    Raises Refusal as `save_review` does, when a required criterion or the arobases are missing,
    and when nothing that counts in the total is noted.
    """
    review = save_review(juror, candidature, content=content, at=at)
    asked = criteria_for(candidature)
    lacking = [
        f"« {criterion.name} »"
        for criterion in asked
        if criterion.is_required and criterion not in content.scores
    ]
    if lacking:
        raise Refusal(f"Il manque une réponse pour {', '.join(lacking)}.")
    if not says_something(asked, content.scores):
        raise Refusal(NOTHING_NOTED)
    if review.proposed_level is None:
        raise Refusal("Proposez un nombre d’arobases, de 1 à 5, avant de remettre l’évaluation.")
    review.submitted_at = at
    review.save(update_fields=["submitted_at"])
    what = f"Évaluation {of_name(candidature.territory)} remise par {juror}"
    record(juror.edition, what, by=juror.user, at=at, candidature=candidature)
    return review
