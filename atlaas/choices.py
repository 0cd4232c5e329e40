"""The closed lists of a practice."""

from django.db import models


class PracticeKind(models.TextChoices):
    PROJECT = "projet", "projet"
    PLACE = "lieu", "lieu"
    EVENT = "evenement", "événement"
    SERVICE = "service", "service"


class DeliveryMode(models.TextChoices):
    """Who runs it: the label takes what a commune does itself, funds or delegates."""

    IN_HOUSE = "regie", "en régie"
    ASSOCIATION = "association", "par une association financée"
    CONTRACTOR = "delegataire", "par un délégataire ou prestataire"


class CostBand(models.TextChoices):
    """Euros, all taxes included, over the life of the practice."""

    FREE = "gratuit", "aucune dépense"
    UNDER_5K = "moins_5000", "moins de 5 000 €"
    UNDER_20K = "5000_20000", "de 5 000 à 20 000 €"
    UNDER_100K = "20000_100000", "de 20 000 à 100 000 €"
    OVER_100K = "plus_100000", "plus de 100 000 €"


class SheetEvent(models.TextChoices):
    """What the proclamation of an edition did to a sheet."""

    PUBLISHED = "published", "publiée"
    UPDATED = "updated", "mise à jour"
    CONFIRMED = "confirmed", "confirmée, sans changement"
