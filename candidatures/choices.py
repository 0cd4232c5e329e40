"""The closed lists of a candidature."""

from __future__ import annotations

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
    FILES = "files", "fichiers"


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


class Side(models.TextChoices):
    """Who speaks in the thread of a candidature."""

    TERRITORY = "territory", "la collectivité"
    STAFF = "staff", "l’équipe du label"

    @property
    def other(self) -> Side:
        return Side.STAFF if self is Side.TERRITORY else Side.TERRITORY


class CorrectionState(models.TextChoices):
    """What became of a correction that was asked for; that its last day is past is not here."""

    ASKED = "asked", "demandée"
    MADE = "made", "faite"
    WITHDRAWN = "withdrawn", "retirée"


class ResumptionChoice(models.TextChoices):
    """What a team makes, this year, of a sheet or of an action of the last dossier."""

    KEPT = "kept", "gardée"
    UPDATED = "updated", "à mettre à jour"
    DROPPED = "dropped", "abandonnée"


class ExportFormat(models.TextChoices):
    """What the staff take away of the candidatures."""

    XLSX = "xlsx", "Excel (XLSX)"
    ODS = "ods", "LibreOffice (ODS)"
    CSV = "csv", "CSV, dans un ZIP"
    PDF = "pdf", "Les dossiers en PDF, dans un ZIP"


class ExportState(models.TextChoices):
    """The life of an export; `EXPORT_TRANSITIONS` lists the moves."""

    WAITING = "waiting", "en attente"
    RUNNING = "running", "en préparation"
    READY = "ready", "prêt"
    FAILED = "failed", "échoué"
    REMOVED = "removed", "supprimé"


EXPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    ExportState.WAITING: frozenset({ExportState.RUNNING}),
    # Back to waiting when the process that prepared it was killed.
    ExportState.RUNNING: frozenset({ExportState.READY, ExportState.FAILED, ExportState.WAITING}),
    ExportState.READY: frozenset({ExportState.REMOVED}),
    ExportState.FAILED: frozenset(),
    ExportState.REMOVED: frozenset(),
}


class Audience(models.TextChoices):
    """To whom of a territory the staff write."""

    REFERENTS = "referents", "Les référent·e·s, qui déposent"
    WRITERS = "writers", "Celles et ceux qui écrivent : référent·e·s et contributeur·rice·s"
    MEMBERS = "members", "Toute l’équipe, lecteur·rice·s compris·es"


class Ease(models.IntegerChoices):
    """How filling the dossier felt, from the hardest."""

    VERY_HARD = 1, "Très difficile"
    HARD = 2, "Plutôt difficile"
    FAIR = 3, "Ni facile ni difficile"
    EASY = 4, "Plutôt facile"
    VERY_EASY = 5, "Très facile"


class TimeSpent(models.TextChoices):
    """What the whole team gave to it, all together."""

    HALF_DAY = "half_day", "Moins d’une demi-journée"
    DAY = "day", "Environ une journée"
    DAYS = "days", "Deux ou trois jours"
    WEEK = "week", "Une semaine"
    MORE = "more", "Davantage"
