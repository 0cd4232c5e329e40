"""Where candidatures change: one call per action."""

from candidatures.services.answers import Conflict, Saved, restore_answer, save_answers
from candidatures.services.attachments import attach, detach
from candidatures.services.candidature import start
from candidatures.services.content import (
    add_initiative,
    change_initiative,
    duplicate_initiative,
    move_initiative,
    remove_initiative,
)
from candidatures.services.deposit import catch_up_receipts, deposit, send_receipt
from candidatures.services.extensions import extend, revoke
from candidatures.services.presence import notice
from candidatures.services.questionnaire import (
    add_question,
    add_section,
    change_question,
    change_section,
    move_question,
    move_section,
    remove_section,
    withdraw_question,
)
from candidatures.services.reminders import remind, resume_reminders, stop_reminders
from candidatures.services.results import return_results
from candidatures.services.sections import delegate_section, mark_section

__all__ = [
    "Conflict",
    "Saved",
    "add_initiative",
    "add_question",
    "add_section",
    "attach",
    "catch_up_receipts",
    "change_initiative",
    "change_question",
    "change_section",
    "delegate_section",
    "deposit",
    "detach",
    "duplicate_initiative",
    "extend",
    "mark_section",
    "move_initiative",
    "move_question",
    "move_section",
    "notice",
    "remind",
    "remove_initiative",
    "remove_section",
    "restore_answer",
    "resume_reminders",
    "return_results",
    "revoke",
    "save_answers",
    "send_receipt",
    "start",
    "stop_reminders",
    "withdraw_question",
]
