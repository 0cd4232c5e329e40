from candidatures.models.candidature import Candidature, CandidatureEntry
from candidatures.models.content import Answer, Attachment, Initiative
from candidatures.models.deposit import Deposit, Result
from candidatures.models.extension import Extension
from candidatures.models.questionnaire import Question, Section
from candidatures.models.reminder import StoppedReminders

__all__ = [
    "Answer",
    "Attachment",
    "Candidature",
    "CandidatureEntry",
    "Deposit",
    "Extension",
    "Initiative",
    "Question",
    "Result",
    "Section",
    "StoppedReminders",
]
