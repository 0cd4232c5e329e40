"""Where the jury's secret changes: one call per action."""

from jury.services.composition import add_juror, assign, hand_chair, recuse, unassign
from jury.services.criteria import change_criteria, change_thresholds
from jury.services.decisions import decide, proclaim
from jury.services.declaration import change_declaration, sign_declaration
from jury.services.distribution import (
    change_load,
    change_readers_per_dossier,
    distribute,
    entrust,
    release,
)
from jury.services.recusals import (
    add_affiliation,
    declare_recusal,
    lift_recusal,
    refresh_recusals,
    remove_affiliation,
    set_recusal_rules,
)
from jury.services.reviews import ReviewContent, save_review, submit_review

__all__ = [
    "ReviewContent",
    "add_affiliation",
    "add_juror",
    "assign",
    "change_criteria",
    "change_declaration",
    "change_load",
    "change_readers_per_dossier",
    "change_thresholds",
    "decide",
    "declare_recusal",
    "distribute",
    "entrust",
    "hand_chair",
    "lift_recusal",
    "proclaim",
    "recuse",
    "refresh_recusals",
    "release",
    "remove_affiliation",
    "save_review",
    "set_recusal_rules",
    "sign_declaration",
    "submit_review",
    "unassign",
]
