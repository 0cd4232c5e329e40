"""What a message to the association is about."""

from django.db import models


class Subject(models.TextChoices):
    CANDIDATURE = "candidature", "Une candidature au label"
    ACCOUNT = "compte", "Mon compte ou mon rattachement"
    PUBLICATION = "publication", "Une fiche d’Atlaas ou le palmarès"
    ACCESSIBILITY = "accessibilite", "Un défaut d’accessibilité"
    PERSONAL_DATA = "donnees", "Mes données personnelles"
    PRESS = "presse", "La presse"
    OTHER = "autre", "Autre chose"
