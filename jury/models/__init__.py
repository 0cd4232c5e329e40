from jury.models.decision import Decision, JuryEntry
from jury.models.juror import Assignment, Criterion, Juror, Recusal
from jury.models.review import Review, Score

__all__ = [
    "Assignment",
    "Criterion",
    "Decision",
    "Juror",
    "JuryEntry",
    "Recusal",
    "Review",
    "Score",
]
