"""The jury of an edition: its rules, its members, what they read, how they score."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from candidatures.models import Candidature
from labels.choices import CandidateType
from labels.models import Edition, Theme
from villes_internet.users.models import User

DATA = Path(__file__).parent.parent / "data"
DEFAULT_LOAD = 30  # readings, assumed


def shipped_declaration() -> str:
    return (DATA / "declaration.txt").read_text().strip()


def _points(label: str, *, default: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MaxValueValidator(100)]
    )


class JuryRules(models.Model):
    """What the association sets for the jury of an edition. All of it is assumed."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, verbose_name="édition", related_name="jury_rules"
    )
    readers_per_dossier = models.PositiveSmallIntegerField("lectures par dossier", default=3)
    recuses_department = models.BooleanField(
        "se déporter de tout le département",
        default=False,
        help_text="Un lien avec une collectivité écarte alors de toutes celles de son département.",
    )

    declaration = models.TextField(
        "déclaration de confidentialité et d’intérêts",
        default=shipped_declaration,
        help_text="Signée par chaque juré·e avant d’ouvrir son premier dossier.",
    )

    # Points out of 100, but for the sample, which counts reviews.
    two_from = _points("2 @ à partir de", default=35)
    three_from = _points("3 @ à partir de", default=50)
    four_from = _points("4 @ à partir de", default=65)
    five_from = _points("5 @ à partir de", default=80)
    threshold_margin = _points("proche d’un seuil jusqu’à", default=2)
    disagreement_from = _points("avis partagés à partir de", default=30)
    minimum_sample = models.PositiveSmallIntegerField(
        "évaluations d’un·e juré·e pour normaliser ses notes",
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = "règles du jury"
        verbose_name_plural = "règles du jury"
        constraints = (
            models.CheckConstraint(
                condition=Q(readers_per_dossier__range=(1, 9)),
                name="jury_rules_one_to_nine_readers",
                violation_error_message="Un dossier a de une à neuf lectures.",
            ),
            models.CheckConstraint(
                condition=Q(two_from__gte=1, five_from__lte=100)
                & Q(two_from__lt=F("three_from"))
                & Q(three_from__lt=F("four_from"))
                & Q(four_from__lt=F("five_from")),
                name="jury_rules_thresholds_rise",
                violation_error_message="Les seuils montent de 2 à 5 arobases, entre 1 et 100 "
                "points.",
            ),
            models.CheckConstraint(
                condition=Q(threshold_margin__lte=100, disagreement_from__range=(1, 100)),
                name="jury_rules_points",
                violation_error_message="La proximité d’un seuil va de 0 à 100 points, l’écart "
                "qui signale un désaccord de 1 à 100.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_sample__range=(2, 100)),
                name="jury_rules_minimum_sample",
                violation_error_message="Il faut de 2 à 100 évaluations pour normaliser.",
            ),
        )

    def __str__(self) -> str:
        return f"Règles du jury, {self.edition}"

    @classmethod
    def of(cls, edition: Edition) -> JuryRules:
        """Those of an edition; the usual ones, not saved yet, as long as nobody set them."""
        return cls._default_manager.filter(edition=edition).first() or cls(edition=edition)


class JurorQuerySet(models.QuerySet["Juror"]):
    def for_user(self, user: User) -> Self:
        return self.filter(user=user).select_related("edition")

    def by_name(self) -> Self:
        return self.order_by("user__full_name", "pk")


class Juror(models.Model):
    """A juré·e of one edition; the chair decides and proclaims.

    At most `max_load` readings are entrusted to them. Their `expertise` are enjeux of the edition.
    `signed_text` is the declaration as they signed it: no dossier opens before.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="édition", related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="personne", related_name="+"
    )
    is_chair = models.BooleanField("préside le jury", default=False)
    max_load = models.PositiveSmallIntegerField("lectures au plus", default=DEFAULT_LOAD)
    expertise = models.ManyToManyField(
        Theme, verbose_name="enjeux connus", blank=True, related_name="+"
    )
    signed_at = models.DateTimeField("déclaration signée le", null=True, blank=True)
    signed_text = models.TextField("déclaration signée", blank=True)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = "juré·e"
        verbose_name_plural = "juré·e·s"
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "user"],
                name="juror_once_per_edition",
                violation_error_message="Cette personne siège déjà au jury de cette édition.",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(is_chair=True),
                name="juror_one_chair_per_edition",
                violation_error_message="Le jury de cette édition a déjà une présidence.",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_text="")
                | (Q(signed_at__isnull=False) & ~Q(signed_text="")),
                name="juror_signs_a_text",
                violation_error_message="Une déclaration signée est datée, et garde son texte.",
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def of_edition(self, edition: Edition) -> Self:
        return self.filter(edition=edition).order_by("position")


class Criterion(models.Model):
    """One thing that a juror scores, from 0 to `scale_max`, each step having a label.

    It may be asked of some types of candidate only (none named: of all), or only of the dossiers
    that act for one enjeu. One that does not count in the total is read by the jury, and no more.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    code = models.SlugField("code", max_length=60)
    name = models.CharField("nom", max_length=120)
    guidance = models.CharField("comment noter", max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField("poids", default=1)
    scale_max = models.PositiveSmallIntegerField("note maximale", default=5)
    levels = ArrayField(
        models.CharField(max_length=80), verbose_name="libellés des notes", default=list
    )
    is_required = models.BooleanField(
        "obligatoire",
        default=True,
        help_text="Une évaluation ne se remet pas sans réponse. « Non applicable » et "
        "« je m’abstiens » en sont.",
    )
    counts_in_total = models.BooleanField(
        "compte dans la moyenne",
        default=True,
        help_text="Sinon, la note est lue à part et ne change aucune moyenne.",
    )
    candidate_types = ArrayField(
        models.CharField(max_length=10, choices=CandidateType.choices),
        verbose_name="types de candidature",
        default=list,
        blank=True,
    )
    theme_code = models.SlugField("limité à l’enjeu", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("ordre")

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "critère"
        constraints = (
            models.UniqueConstraint("edition", "code", name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, scale_max__range=(1, 20)),
                name="criterion_weight_and_scale",
                violation_error_message="Un critère pèse au moins 1 et se note sur 1 à 20.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def applies_to(self, candidate_type: str, themes: Collection[str]) -> bool:
        """Whether a dossier of this type, which acts for these enjeux (codes), is scored by it."""
        if self.candidate_types and candidate_type not in self.candidate_types:
            return False
        return not self.theme_code or self.theme_code in themes


class Assignment(models.Model):
    """A lecture confiée: this juror reads this dossier."""

    juror = models.ForeignKey(
        Juror, models.PROTECT, verbose_name="juré·e", related_name="assignments"
    )
    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("confiée le")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="confiée par", related_name="+"
    )

    class Meta:
        verbose_name = "lecture confiée"
        verbose_name_plural = "lectures confiées"
        constraints = (
            models.UniqueConstraint(
                fields=["juror", "candidature"],
                name="assignment_once",
                violation_error_message="Ce dossier est déjà confié à cette personne.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.juror} lit {self.candidature}"
