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
