from jury.models.decision import Decision, JuryEntry
from jury.models.juror import Assignment, Criterion, Juror, JuryRules
from jury.models.recusal import Affiliation, Recusal
from jury.models.review import Review, Score

__all__ = [
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
