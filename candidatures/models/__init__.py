from candidatures.models.candidature import Candidature, CandidatureEntry
from candidatures.models.content import Answer, Attachment, Initiative
from candidatures.models.deposit import Deposit, Result
from candidatures.models.questionnaire import Question, Section

__all__ = [
    "Answer",
    "Attachment",
    "Candidature",
    "CandidatureEntry",
    "Deposit",
    "Initiative",
    "Question",
    "Result",
    "Section",
]
