"""The closed lists of the label."""

from django.db import models


class CandidateType(models.TextChoices):
    """Three types of candidate, each with its questionnaire, judged on equal terms."""

    EPCI = "territoire", "territoire"
    TOWN = "ville", "ville"
    VILLAGE = "village", "village"


class LevelStatus(models.TextChoices):
    """What is known of an award's arobases: an unknown level is said unknown, never guessed."""

    KNOWN = "known", "connu"
    UNKNOWN = "unknown", "non connu"
    NONE = "none", "sans arobase"  # a mention alone, or hors concours


class Phase(models.TextChoices):
    """Where an edition stands: computed from its dates and its proclamation, never stored."""

    PREPARATION = "preparation", "en préparation"
    OPEN = "open", "candidatures ouvertes"
    CLOSED = "closed", "candidatures closes"
    READING = "reading", "lecture par le jury"
    DELIBERATION = "deliberation", "délibération du jury"
    CEREMONY = "ceremony", "jour de la proclamation"
    PROCLAIMED = "proclaimed", "proclamée"


AROBASES = range(1, 6)
