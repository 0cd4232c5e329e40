from candidatures.models.approval import LIFETIME, Approval
from candidatures.models.candidature import Candidature, CandidatureEntry
from candidatures.models.content import (
    Answer,
    Attachment,
    EarlierAnswer,
    EarlierPassage,
    Initiative,
    InitiativeIllustration,
)
from candidatures.models.correction import Correction, CorrectionDocument
from candidatures.models.deposit import Deposit, Result
from candidatures.models.export import Export
from candidatures.models.extension import Extension
from candidatures.models.feedback import Feedback, FeedbackGiven
from candidatures.models.mailing import Mailing, MailingLetter
from candidatures.models.presence import Presence
from candidatures.models.questionnaire import Question, Section
from candidatures.models.reminder import StoppedReminders
from candidatures.models.resumption import Resumption
from candidatures.models.rules import (
    Acceptance,
    Condition,
    ConditionCheck,
    Engagement,
    Rule,
)
from candidatures.models.section_state import SectionState
from candidatures.models.thread import ThreadFollower, ThreadMessage

__all__ = [
    "LIFETIME",
    "Acceptance",
    "Answer",
    "Approval",
    "Attachment",
    "Candidature",
    "CandidatureEntry",
    "Condition",
    "ConditionCheck",
    "Correction",
    "CorrectionDocument",
    "Deposit",
    "EarlierAnswer",
    "EarlierPassage",
    "Engagement",
    "Export",
    "Extension",
    "Feedback",
    "FeedbackGiven",
    "Initiative",
    "InitiativeIllustration",
    "Mailing",
    "MailingLetter",
    "Presence",
    "Question",
    "Result",
    "Resumption",
    "Rule",
    "Section",
    "SectionState",
    "StoppedReminders",
    "ThreadFollower",
    "ThreadMessage",
]
