"""Where candidatures change: one call per action."""

from candidatures.services.attachments import attach, detach
from candidatures.services.candidature import start
from candidatures.services.content import (
    Conflict,
    add_initiative,
    change_initiative,
    remove_initiative,
    save_answers,
)
from candidatures.services.deposit import catch_up_receipts, deposit, send_receipt
from candidatures.services.results import return_results

__all__ = [
    "Conflict",
    "add_initiative",
    "attach",
    "catch_up_receipts",
    "change_initiative",
    "deposit",
    "detach",
    "remove_initiative",
    "return_results",
    "save_answers",
    "send_receipt",
    "start",
]
