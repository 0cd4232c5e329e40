"""The closed lists of a candidature."""

from django.db import models


class CandidatureState(models.TextChoices):
    """What somebody did with it; what a date says is not here. `TRANSITIONS` lists the moves."""

    DRAFT = "draft", "en cours de rédaction"
    DEPOSITED = "deposited", "déposée"


TRANSITIONS: dict[str, frozenset[str]] = {
    CandidatureState.DRAFT: frozenset({CandidatureState.DEPOSITED}),
    CandidatureState.DEPOSITED: frozenset({CandidatureState.DRAFT}),
}


class QuestionKind(models.TextChoices):
    """What is answered; `candidatures.values` says how each is written and read."""

    SHORT_TEXT = "short_text", "texte court"
    LONG_TEXT = "long_text", "texte long"
    NUMBER = "number", "nombre"
    AMOUNT = "amount", "montant en euros"
    CHOICE = "choice", "un choix"
    CHOICES = "choices", "plusieurs choix"
    YES_NO = "yes_no", "oui ou non"
    DATE = "date", "date"
    URL = "url", "adresse web"
    TABLE = "table", "tableau"
    TERRITORY = "territory", "collectivité"


NUMERIC = frozenset({QuestionKind.NUMBER, QuestionKind.AMOUNT})
WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
# One may be asked for a given answer to these, and not only whether they are answered.
CLOSED = WITH_CHOICES | {QuestionKind.YES_NO}


# What their value is, and not only that there is one, may open or close other questions.
WEIGHED = CLOSED | NUMERIC


class Operator(models.TextChoices):
    ANSWERED = "answered", "a une réponse"
    IS = "is", "est"
    AT_LEAST = "at_least", "est au moins"
    AT_MOST = "at_most", "est au plus"


class Trait(models.TextChoices):
    """What is known of a territory before any answer."""

    POPULATION = "population", "la population"
    OVERSEAS = "overseas", "l’outre-mer"


class CheckedBy(models.TextChoices):
    """Who says whether a condition of admission is met."""

    TERRITORY = "territory", "la collectivité le déclare au dépôt"
    STAFF = "staff", "l’association le vérifie"
