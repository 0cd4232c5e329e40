"""What an earlier year offers to the candidature of this one: its answers, its practices."""

from candidatures.resuming.answers import (
    AnswersOfBefore,
    Proposal,
    SectionOfBefore,
    answers_of_before,
)
from candidatures.resuming.changes import Resumed, resumed
from candidatures.resuming.practices import (
    Source,
    SourceDetails,
    details_of,
    sources,
    why_not_keep,
)
from candidatures.resuming.previous import Offer, offer, previous

__all__ = [
    "AnswersOfBefore",
    "Offer",
    "Proposal",
    "Resumed",
    "SectionOfBefore",
    "Source",
    "SourceDetails",
    "answers_of_before",
    "details_of",
    "offer",
    "previous",
    "resumed",
    "sources",
    "why_not_keep",
]
