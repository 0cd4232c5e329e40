"""The closed lists of a candidature."""

from django.db import models


class CandidatureState(models.TextChoices):
    """What somebody did with it; what a date says is not here. `TRANSITIONS` lists the moves."""

    DRAFT = "draft", "en cours de rédaction"
    DEPOSITED = "deposited", "déposée"


TRANSITIONS: dict[str, frozenset[str]] = {
    CandidatureState.DRAFT: frozenset({CandidatureState.DEPOSITED}),
    CandidatureState.DEPOSITED: frozenset(),
}


class QuestionKind(models.TextChoices):
    SHORT_TEXT = "short_text", "texte court"
    LONG_TEXT = "long_text", "texte long"
    NUMBER = "number", "nombre"
    CHOICE = "choice", "choix"
    YES_NO = "yes_no", "oui ou non"
    URL = "url", "adresse web"
