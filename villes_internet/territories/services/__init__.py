"""Where rattachements and teams change: one call per action."""

from villes_internet.territories.services.invitation import (
    ALREADY_INVITED,
    JUST_SENT,
    MOST_UNANSWERED,
    RESEND_AFTER,
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from villes_internet.territories.services.membership import (
    ALREADY_DECIDED,
    ALREADY_STANDING,
    accept_membership,
    change_role,
    end_membership,
    refuse_membership,
    request_membership,
)

__all__ = [
    "ALREADY_DECIDED",
    "ALREADY_INVITED",
    "ALREADY_STANDING",
    "JUST_SENT",
    "MOST_UNANSWERED",
    "RESEND_AFTER",
    "accept_invitation",
    "accept_membership",
    "change_role",
    "end_membership",
    "invite",
    "refuse_membership",
    "request_membership",
    "resend_invitation",
    "revoke_invitation",
]
