"""The questions of an edition, asked according to the type of candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from candidatures import conditions
from candidatures.choices import WEIGHED, WITH_CHOICES, QuestionKind
from candidatures.conditions import Clause
from labels.choices import CandidateType
from labels.models import Edition

FILES_UNLESS_SAID = 3
MOST_FILES = 10


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

    # What the staff write of it.
    WORDS = ("title", "intro")

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def current(self) -> Self:
        """Those that are put today: neither replaced nor withdrawn."""
        return self.filter(retired_at=None)

    def in_order(self) -> Self:
        return self.select_related("section").order_by("section__position", "position", "pk")

    def of_editions(self, editions: Iterable[int]) -> Self:
        """Those put today in these editions, in order."""
        return self.current().filter(section__edition__in=set(editions)).in_order()

    def of(self, edition: Edition) -> Self:
        """Those put today in this edition, in order."""
        return self.of_editions([edition.pk])


class Question(models.Model):
    """A question, for the types of candidates and under the conditions that it names.

    Whether a territory is asked it is told by `candidatures.asking`. Once it has an answer that was
    deposited its words change no more: another row, with the same code, takes its place.
    """

    section = models.ForeignKey(
        Section, models.CASCADE, verbose_name="rubrique", related_name="questions"
    )
    code = models.SlugField("code", max_length=60)
    label = models.CharField("question", max_length=300)
    help = models.CharField("aide", max_length=500, blank=True)
    example = models.CharField(
        "exemple", max_length=500, blank=True, help_text="Une bonne réponse, en une phrase."
    )
    kind = models.CharField("type de réponse", max_length=12, choices=QuestionKind.choices)
    is_required = models.BooleanField("obligatoire", default=False)
    max_words = models.PositiveSmallIntegerField("nombre maximal de mots", null=True, blank=True)
    minimum = models.DecimalField(
        "au moins", max_digits=14, decimal_places=2, null=True, blank=True
    )
    maximum = models.DecimalField("au plus", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("unité", max_length=30, blank=True)
    choices = ArrayField(
        models.CharField(max_length=160),
        verbose_name="réponses proposées",
        default=list,
        blank=True,
    )
    columns = ArrayField(
        models.CharField(max_length=60),
        verbose_name="colonnes du tableau",
        default=list,
        blank=True,
    )
    candidate_types = ArrayField(
        models.CharField(max_length=10, choices=CandidateType.choices),
        verbose_name="types de candidats",
        default=list,
        blank=True,
        help_text="Aucun type : la question est posée à tous.",
    )
    asked_if = models.JSONField("posée si", default=list, blank=True)
    required_if = models.JSONField("obligatoire si", default=list, blank=True)
    position = models.PositiveSmallIntegerField("ordre")
    retired_at = models.DateTimeField("remplacée ou retirée le", null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self",
        models.SET_NULL,
        verbose_name="remplacée par",
        null=True,
        blank=True,
        related_name="replaces",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        constraints = (
            models.UniqueConstraint(
                "section", "code", condition=Q(retired_at=None), name="question_code_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_CHOICES) | ~Q(choices=[]),
                name="question_choice_has_choices",
                violation_error_message="Une question à choix propose au moins une réponse.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=QuestionKind.TABLE) | ~Q(columns=[]),
                name="question_table_has_columns",
                violation_error_message="Un tableau a au moins une colonne.",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="question_limits_in_order",
                violation_error_message="Le minimum ne dépasse pas le maximum.",
            ),
        )

    # What the staff write of it: its words and its rules, its place and its history aside.
    WORDS = (
        "label",
        "help",
        "example",
        "kind",
        "is_required",
        "max_words",
        "minimum",
        "maximum",
        "unit",
        "choices",
        "columns",
        "candidate_types",
        "asked_if",
        "required_if",
    )

    def __str__(self) -> str:
        return self.label

    def is_for(self, candidate_type: str) -> bool:
        return not self.candidate_types or candidate_type in self.candidate_types

    @property
    def is_weighed(self) -> bool:
        """Whether other questions may depend on what its answer is."""
        return self.kind in WEIGHED

    @property
    def most_files(self) -> int:
        """How many documents its answer may hold."""
        return int(self.maximum or FILES_UNLESS_SAID)

    @property
    def shown_unit(self) -> str:
        return "euros" if self.kind == QuestionKind.AMOUNT else self.unit

    @property
    def asked_under(self) -> list[Clause]:
        return conditions.read(self.asked_if)

    @property
    def required_under(self) -> list[Clause]:
        return conditions.read(self.required_if)
