"""Where candidatures change: one call per action."""

from candidatures.services.answers import Conflict, Saved, restore_answer, save_answers, set_aside
from candidatures.services.approval import answer_approval, ask_approval
from candidatures.services.attachments import (
    MAX_ATTACHMENTS,
    answer_with_files,
    attach,
    detach,
)
from candidatures.services.candidature import start
from candidatures.services.content import (
    add_initiative,
    duplicate_initiative,
    move_initiative,
    remove_initiative,
)
from candidatures.services.corrections import (
    ask_correction,
    draft_documents,
    save_correction,
    send_correction,
    withdraw_correction,
)
from candidatures.services.deposit import catch_up_receipts, deposit, send_receipt
from candidatures.services.exports import (
    ask_for_export,
    catch_up_exports,
    make_export,
    remove_exports,
)
from candidatures.services.extensions import extend, revoke
from candidatures.services.feedback import give_feedback
from candidatures.services.illustrations import illustrate, remove_illustration
from candidatures.services.importing import Imported, import_initiatives
from candidatures.services.mailings import (
    addressed,
    catch_up_mailings,
    change_mailing,
    confirm_mailing,
    send_mailing,
    write_mailing,
)
from candidatures.services.passages import (
    PassageConflict,
    SavedPassages,
    restore_passage,
    save_passages,
    set_passage_aside,
)
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
from candidatures.services.results import link_sheets, return_results
from candidatures.services.resuming import Decided, Decision, decide_practices, resume_answers
from candidatures.services.rules import (
    add_rule,
    change_condition,
    change_engagement,
    check_condition,
    move_rule,
    retire_rule,
)
from candidatures.services.sections import delegate_section, mark_section
from candidatures.services.thread import (
    catch_up_letters,
    read_thread,
    settle_thread,
    write_message,
)
from candidatures.services.withdrawal import withdraw_deposit

__all__ = [
    "MAX_ATTACHMENTS",
    "Conflict",
    "Decided",
    "Decision",
    "Imported",
    "PassageConflict",
    "Saved",
    "SavedPassages",
    "add_initiative",
    "add_question",
    "add_rule",
    "add_section",
    "addressed",
    "answer_approval",
    "answer_with_files",
    "ask_approval",
    "ask_correction",
    "ask_for_export",
    "attach",
    "catch_up_exports",
    "catch_up_letters",
    "catch_up_mailings",
    "catch_up_receipts",
    "change_condition",
    "change_engagement",
    "change_mailing",
    "change_question",
    "change_section",
    "check_condition",
    "confirm_mailing",
    "decide_practices",
    "delegate_section",
    "deposit",
    "detach",
    "draft_documents",
    "duplicate_initiative",
    "extend",
    "give_feedback",
    "illustrate",
    "import_initiatives",
    "link_sheets",
    "make_export",
    "mark_section",
    "move_initiative",
    "move_question",
    "move_rule",
    "move_section",
    "notice",
    "read_thread",
    "remind",
    "remove_exports",
    "remove_illustration",
    "remove_initiative",
    "remove_section",
    "restore_answer",
    "restore_passage",
    "resume_answers",
    "resume_reminders",
    "retire_rule",
    "return_results",
    "revoke",
    "save_answers",
    "save_correction",
    "save_passages",
    "send_correction",
    "send_mailing",
    "send_receipt",
    "set_aside",
    "set_passage_aside",
    "settle_thread",
    "start",
    "stop_reminders",
    "withdraw_correction",
    "withdraw_deposit",
    "withdraw_question",
    "write_mailing",
    "write_message",
]
