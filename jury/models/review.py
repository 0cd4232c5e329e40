"""What a juror thinks of a dossier."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from candidatures.models import Candidature
from jury.choices import Answer
from jury.models.juror import Criterion, Juror
from jury.models.recusal import Recusal
from labels.models import Mention


class ReviewQuerySet(models.QuerySet["Review"]):
    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

    def with_set_aside(self) -> Self:
        """`is_set_aside`: the juror has been recused since; the review no longer counts."""
        recusals = Recusal.objects.standing().filter(
            juror=OuterRef("juror"), candidature=OuterRef("candidature")
        )
        return self.annotate(is_set_aside=Exists(recusals))

    def counting(self) -> Self:
        """Those on which a decision may rest: handed in, by a juror who is not recused."""
        return self.submitted().with_set_aside().filter(is_set_aside=False)


class Review(models.Model):
    """An évaluation: scores, two comments, proposed arobases and mentions. Handed in once."""

    juror = models.ForeignKey(Juror, models.PROTECT, verbose_name="juré·e", related_name="reviews")
    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="+")
    proposed_level = models.PositiveSmallIntegerField("arobases proposées", null=True, blank=True)
    proposed_mentions = models.ManyToManyField(
        Mention, verbose_name="mentions proposées", blank=True, related_name="+"
    )
    comment_for_jury = models.TextField("pour le jury", max_length=5000, blank=True)
    comment_for_territory = models.TextField("pour la collectivité", max_length=5000, blank=True)
    updated_at = models.DateTimeField("modifiée le")
    submitted_at = models.DateTimeField("remise le", null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "évaluation"
        constraints = (
            models.UniqueConstraint("juror", "candidature", name="review_once"),
            models.CheckConstraint(
                condition=Q(proposed_level=None) | Q(proposed_level__range=(1, 5)),
                name="review_level_one_to_five",
                violation_error_message="Un label compte de 1 à 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(proposed_level__isnull=False),
                name="review_submitted_with_a_level",
                violation_error_message="Une évaluation remise propose un nombre d’arobases.",
            ),
        )

    def __str__(self) -> str:
        return f"Évaluation de {self.candidature} par {self.juror}"


class Score(models.Model):
    """What a juror says of one criterion: a note, that it does not apply, or that they abstain.

    A note goes from 0 to `scale_max`, copied from the criterion: the database compares.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    answer = models.CharField("réponse", max_length=14, choices=Answer.choices, default=Answer.NOTE)
    value = models.PositiveSmallIntegerField("note", null=True, blank=True)
    scale_max = models.PositiveSmallIntegerField("note maximale")
    comment = models.TextField("commentaire", max_length=2000, blank=True)

    class Meta:
        verbose_name = "note"
        constraints = (
            models.UniqueConstraint("review", "criterion", name="score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=models.F("scale_max")),
                name="score_within_scale",
                violation_error_message="La note dépasse l’échelle du critère.",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NOTE, value__isnull=False)
                | Q(answer__in=[Answer.NOT_APPLICABLE, Answer.ABSTAINED], value=None),
                name="score_note_or_none",
                violation_error_message="Une note a une valeur ; un critère non applicable ou une "
                "abstention n’en a pas.",
            ),
        )

    def __str__(self) -> str:
        return self.get_answer_display() if self.value is None else f"{self.value}/{self.scale_max}"
