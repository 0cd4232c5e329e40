"""Where the jury's secret changes: one call per action."""

from jury.services.composition import add_juror, assign, hand_chair, recuse, unassign
from jury.services.criteria import change_criteria
from jury.services.decisions import decide, proclaim
from jury.services.reviews import ReviewContent, save_review, submit_review

__all__ = [
    "ReviewContent",
    "add_juror",
    "assign",
    "change_criteria",
    "decide",
    "hand_chair",
    "proclaim",
    "recuse",
    "save_review",
    "submit_review",
    "unassign",
]
