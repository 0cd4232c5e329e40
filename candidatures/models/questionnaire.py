"""The questions of an edition, asked according to the type of candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candidatures.choices import QuestionKind
from labels.choices import CandidateType
from labels.models import Edition


class Section(models.Model):
    """A page of the questionnaire."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    code = models.SlugField("code", max_length=60)
    title = models.CharField("titre", max_length=120)
    intro = models.CharField("introduction", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "rubrique"
        constraints = (models.UniqueConstraint("edition", "code", name="section_code_once"),)

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self, edition: Edition, candidate_type: str) -> Self:
        """Those put to this type of candidate, in order; no type named means all."""
        return (
            self.filter(section__edition=edition)
            .filter(Q(candidate_types=[]) | Q(candidate_types__contains=[candidate_type]))
            .select_related("section")
            .order_by("section__position", "position")
        )

    def required(self, editions: Iterable[int]) -> Self:
        """Those that some type of candidate must answer in these editions, in order."""
        return (
            self.filter(section__edition__in=set(editions), is_required=True)
            .select_related("section")
            .order_by("section__position", "position")
        )


class Question(models.Model):
    section = models.ForeignKey(
        Section, models.CASCADE, verbose_name="rubrique", related_name="questions"
    )
    code = models.SlugField("code", max_length=60)
    label = models.CharField("question", max_length=300)
    help = models.CharField("aide", max_length=500, blank=True)
    kind = models.CharField("type de réponse", max_length=12, choices=QuestionKind.choices)
    is_required = models.BooleanField("obligatoire", default=False)
    max_words = models.PositiveSmallIntegerField("nombre maximal de mots", null=True, blank=True)
    unit = models.CharField("unité", max_length=30, blank=True)
    choices = ArrayField(
        models.CharField(max_length=160),
        verbose_name="réponses proposées",
        default=list,
        blank=True,
    )
    candidate_types = ArrayField(
        models.CharField(max_length=10, choices=CandidateType.choices),
        verbose_name="types de candidats",
        default=list,
        blank=True,
        help_text="Aucun type : la question est posée à tous.",
    )
    position = models.PositiveSmallIntegerField("ordre")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        constraints = (
            models.UniqueConstraint("section", "code", name="question_code_once"),
            models.CheckConstraint(
                condition=~Q(kind=QuestionKind.CHOICE) | ~Q(choices=[]),
                name="question_choice_has_choices",
                violation_error_message="Une question à choix propose au moins une réponse.",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def is_for(self, candidate_type: str) -> bool:
        """Put to this type of candidate, as `asked` tells the database."""
        return not self.candidate_types or candidate_type in self.candidate_types
