"""Where candidatures change: one call per action."""

from candidatures.services.answers import Conflict, Saved, restore_answer, save_answers
from candidatures.services.approval import answer_approval, ask_approval
from candidatures.services.attachments import MAX_ATTACHMENTS, attach, detach
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
from candidatures.services.illustrations import illustrate, remove_illustration
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
from candidatures.services.rules import (
    add_rule,
    change_condition,
    change_engagement,
    check_condition,
    move_rule,
    retire_rule,
)
from candidatures.services.sections import delegate_section, mark_section
from candidatures.services.withdrawal import withdraw_deposit

__all__ = [
    "MAX_ATTACHMENTS",
    "Conflict",
    "Saved",
    "add_initiative",
    "add_question",
    "add_rule",
    "add_section",
    "answer_approval",
    "ask_approval",
    "attach",
    "catch_up_receipts",
    "change_condition",
    "change_engagement",
    "change_initiative",
    "change_question",
    "change_section",
    "check_condition",
    "delegate_section",
    "deposit",
    "detach",
    "duplicate_initiative",
    "extend",
    "illustrate",
    "mark_section",
    "move_initiative",
    "move_question",
    "move_rule",
    "move_section",
    "notice",
    "remind",
    "remove_illustration",
    "remove_initiative",
    "remove_section",
    "restore_answer",
    "resume_reminders",
    "retire_rule",
    "return_results",
    "revoke",
    "save_answers",
    "send_receipt",
    "start",
    "stop_reminders",
    "withdraw_deposit",
    "withdraw_question",
]
