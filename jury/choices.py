from __future__ import annotations

from django.db import models


class AffiliationKind(models.TextChoices):
    RESIDENCE = "residence", "résidence"
    BIRTHPLACE = "birthplace", "lieu de naissance"
    MANDATE = "mandate", "mandat"
    EMPLOYER = "employer", "employeur"
    WORK = "work", "travail passé"


class RecusalOrigin(models.TextChoices):
    """Who is behind a déport."""

    AUTOMATIC = "automatic", "lien d’intérêts"
    DECLARED = "declared", "déclaré par le ou la juré·e"
    IMPOSED = "imposed", "prononcé par l’association"


class Answer(models.TextChoices):
    """What a juror says of a criterion. No answer at all is « pas encore noté »."""

    NOTE = "note", "note"
    NOT_APPLICABLE = "non-applicable", "non applicable"
    ABSTAINED = "abstention", "abstention"
