from jury.models.decision import Decision, JuryEntry
from jury.models.juror import DEFAULT_LOAD, Assignment, Criterion, Juror, JuryRules
from jury.models.recusal import Affiliation, Recusal
from jury.models.review import Review, Score

__all__ = [
    "DEFAULT_LOAD",
    "Affiliation",
    "Assignment",
    "Criterion",
    "Decision",
    "Juror",
    "JuryEntry",
    "JuryRules",
    "Recusal",
    "Review",
    "Score",
]
