"""Whether a dossier has the word of the mayor, where its edition asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from candidatures import snapshot
from candidatures.models import Approval, Candidature
from candidatures.permissions import why_closed
from villes_internet.french import moment


@dataclass(frozen=True)
class Agreement:
    """Where the approval of a candidature stands: the latest that was asked for, if any.

    `refusal` is why it does not allow the deposit, empty when it does.
    """

    approval: Approval | None
    refusal: str

    @property
    def waits(self) -> bool:
        """Somebody was asked, and has not answered yet."""
        return self.approval is not None and self.approval.answered_at is None


def agreement_of(candidature: Candidature, *, sha256: str, at: datetime) -> Agreement | None:
    """That of the dossier of this fingerprint; None where its edition asks for none. One query."""
    if not candidature.edition.approval_asked:
        return None
    approval = candidature.approvals.filter(replaced_at=None).latest_first().first()
    return Agreement(approval, _refusal(approval, sha256=sha256, at=at))


def agreement_now(candidature: Candidature, *, at: datetime) -> Agreement | None:
    """That of the dossier as it stands."""
    if not candidature.edition.approval_asked:
        return None
    return agreement_of(candidature, sha256=snapshot.digest(snapshot.take(candidature)), at=at)


def _refusal(approval: Approval | None, *, sha256: str, at: datetime) -> str:
    if approval is None:
        return (
            "Cette édition demande l’accord du ou de la maire, de la présidence ou de leur "
            "délégué·e avant le dépôt : demandez-le."
        )
    if approval.answered_at is None:
        if approval.is_expired(at=at):
            return f"Le lien envoyé à {approval.name} a expiré sans réponse : redemandez l’accord."
        return (
            f"L’accord est demandé à {approval.name} depuis le {moment(approval.asked_at)} : "
            "la réponse n’est pas encore arrivée."
        )
    if not approval.is_granted:
        return (
            f"{approval.name} demande des changements avant le dépôt : modifiez le dossier, puis "
            "redemandez l’accord."
        )
    if approval.sha256 != sha256:
        return (
            f"Le dossier a changé depuis l’accord de {approval.name}, le "
            f"{moment(approval.answered_at)} : cet accord ne vaut plus, redemandez-le."
        )
    return ""


def why_over(approval: Approval, *, at: datetime) -> str:
    """Why its link can no longer be answered; empty while it can."""
    if approval.replaced_at:
        return (
            "Un lien plus récent a été envoyé : ouvrez le dernier courriel reçu à propos de cette "
            "candidature."
        )
    if approval.answered_at:
        said = "approuvé ce dossier" if approval.is_granted else "demandé des changements"
        return f"Vous avez {said} le {moment(approval.answered_at)} : ce lien a fait son office."
    if approval.is_expired(at=at):
        return (
            f"Ce lien a expiré le {moment(approval.expires_at)} : demandez à la personne qui "
            "prépare la candidature d’en envoyer un autre."
        )
    if why_closed(approval.candidature, at=at):
        return (
            "La candidature est déposée, ou les candidatures sont closes : rien n’est à approuver."
        )
    return ""
