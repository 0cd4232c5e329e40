"""What jury does of a dossier that has just been deposited: it sets apart who is tied to it."""

from __future__ import annotations

from datetime import datetime

from candidatures.models import Deposit
from jury.services import refresh_recusals


def follow(deposit: Deposit, *, at: datetime) -> None:
    refresh_recusals(deposit.candidature.edition, by=None, at=at)
