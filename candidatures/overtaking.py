"""Two of the staff on one form: what it showed has a fingerprint, and the slower is told."""

from __future__ import annotations

import hashlib
import json

from candidatures.models import Condition, Engagement, Question, Section
from villes_internet.refusals import Refusal

Written = Section | Question | Engagement | Condition

OVERTAKEN = (
    "Un·e collègue a enregistré d’autres mots pendant que vous écriviez : rien n’est enregistré. "
    "Les siens sont ci-dessous, les vôtres dans le formulaire ; l’enregistrer de nouveau les met à "
    "la place des siens."
)


class OvertakenError(Refusal):
    """A colleague was faster; `theirs` is the row as it now is."""

    def __init__(self, theirs: Written) -> None:
        super().__init__(OVERTAKEN)
        self.theirs = theirs


def fingerprint(row: Written) -> str:
    """SHA-256 of what the staff write of it."""
    words = [getattr(row, name) for name in row.WORDS]
    return hashlib.sha256(json.dumps(words, default=str, sort_keys=True).encode()).hexdigest()


def refuse_if_overtaken(stored: Written, *, seen: str) -> None:
    """Raises OvertakenError when it is no longer the one of fingerprint `seen`; empty for any."""
    if seen and seen != fingerprint(stored):
        raise OvertakenError(stored)
