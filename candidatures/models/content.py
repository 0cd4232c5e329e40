"""What a candidature is made of: answers, initiatives, attachments."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from atlaas.models import Illustration, Practice, Sheet
from candidatures.models.candidature import Candidature
from candidatures.models.questionnaire import Question
from labels.models import DigitalService
from villes_internet.files.models import StoredFile


class AnswerQuerySet(models.QuerySet["Answer"]):
    def to(self, question: Question) -> Self:
        """What was answered to it; none to a question that is not saved yet."""
        return self.filter(question=question.pk).exclude(value="")


class Answer(models.Model):
    """What was answered to a question, as text; `version` grows with each change."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value = models.TextField("réponse", blank=True)
    version = models.PositiveIntegerField("version", default=1)
    updated_at = models.DateTimeField("modifiée le")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="modifiée par", related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse"
        constraints = (
            models.UniqueConstraint("candidature", "question", name="answer_once_per_question"),
        )

    def __str__(self) -> str:
        return self.value[:60]


class EarlierAnswerQuerySet(models.QuerySet["EarlierAnswer"]):
    def of(self, candidature: Candidature) -> Self:
        return self.filter(answer__candidature=candidature)

    def latest_first(self) -> Self:
        return self.select_related("written_by").order_by("-version")


class EarlierAnswer(models.Model):
    """What an answer said before another text took its place, by whom and when it was written."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="earlier")
    value = models.TextField("réponse")
    version = models.PositiveIntegerField("version")
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="écrite par", related_name="+"
    )

    objects = EarlierAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse antérieure"
        verbose_name_plural = "réponses antérieures"
        constraints = (
            models.UniqueConstraint("answer", "version", name="earlier_answer_once_per_version"),
        )

    def __str__(self) -> str:
        return self.value[:60]


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def shared(self) -> Self:
        """Those that the territory lets Atlaas publish; the others are for the jury alone."""
        return self.filter(is_shared=True)


class Initiative(Practice):
    """An action that the territory presents; once proclaimed it becomes a sheet of Atlaas.

    `source_sheet` is its sheet in Atlaas: the one that it was taken from, which its publication
    updates, or the one that it became.

    `contact_email` receives what is written to `contact_role`, and is never shown to the public nor
    to the jury. Candidates share their practices freely [règlement: public description]: each
    action is shared unless its territory says otherwise. `passages` says, by code, the `version` of
    each that was changed, `by` whom and when (`candidatures.passages`).
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="initiatives")
    position = models.PositiveSmallIntegerField("ordre")
    services = models.ManyToManyField(
        DigitalService, verbose_name="services numériques", related_name="+"
    )
    source_sheet = models.ForeignKey(
        Sheet,
        models.SET_NULL,
        verbose_name="fiche d’Atlaas",
        null=True,
        blank=True,
        related_name="+",
    )
    contact_email = models.EmailField("adresse électronique du contact", blank=True)
    is_shared = models.BooleanField("publier cette action dans Atlaas", default=True)
    passages = models.JSONField("passages modifiés", default=dict, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta(Practice.Meta):
        verbose_name = "action"
        constraints = (  # type: ignore[assignment]
            *Practice.Meta.constraints,
            models.UniqueConstraint(
                "candidature",
                "source_sheet",
                name="initiative_once_per_sheet",
                violation_error_message="Cette fiche est déjà reprise dans la candidature.",
            ),
        )

    WRITTEN_FIELDS = (*Practice.PRACTICE_FIELDS, "contact_email", "is_shared")


class EarlierPassageQuerySet(models.QuerySet["EarlierPassage"]):
    def latest_first(self) -> Self:
        return self.select_related("written_by").order_by("-version")


class EarlierPassage(models.Model):
    """What a passage of an action said before another text took its place.

    By whom and when it was written; unknown for what the action said when it was added.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="earlier_passages")
    code = models.CharField("passage", max_length=20)
    value = models.JSONField("texte")
    version = models.PositiveIntegerField("version")
    written_at = models.DateTimeField("écrit le", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="écrit par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = EarlierPassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage antérieur"
        verbose_name_plural = "passages antérieurs"
        constraints = (
            models.UniqueConstraint(
                "initiative", "code", "version", name="earlier_passage_once_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class InitiativeIllustration(Illustration):
    """A picture of an action, as private as the dossier until its sheet is published."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="illustrations")

    class Meta(Illustration.Meta):
        verbose_name = "image d’une action"
        verbose_name_plural = "images d’une action"
        constraints = (  # type: ignore[assignment]
            *Illustration.Meta.constraints,
            models.UniqueConstraint(
                "initiative",
                "file",
                name="illustration_once",
                violation_error_message="Cette image est déjà jointe à l’action.",
            ),
        )


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def in_order(self) -> Self:
        return self.order_by("pk")

    def apart(self) -> Self:
        """Those joined to the whole candidature, and not in answer to a question."""
        return self.filter(question=None)


class Attachment(models.Model):
    """A document joined to the candidature, or in answer to one question: a PDF or a picture.

    Private, as the rest of the dossier.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="attachments")
    question = models.ForeignKey(
        Question,
        models.PROTECT,
        verbose_name="en réponse à",
        null=True,
        blank=True,
        related_name="+",
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("nom du fichier", max_length=200)
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ajouté par", related_name="+"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        constraints = (
            models.UniqueConstraint(
                fields=["candidature", "question", "file"],
                nulls_distinct=False,
                name="attachment_once",
                violation_error_message="Ce document est déjà joint à la candidature.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its team reads it."""
        return reverse("candidatures:attachment", args=[self.candidature_id, self.pk])
