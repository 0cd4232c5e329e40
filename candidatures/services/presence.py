"""Noticing who is there."""

from __future__ import annotations

from datetime import datetime

from candidatures.models import Candidature, Presence, Section
from villes_internet.users.models import User


def notice(user: User, candidature: Candidature, *, section: Section | None, at: datetime) -> None:
    """Write that this person has the candidature open, in one query; two tabs are one person."""
    Presence.objects.bulk_create(
        [Presence(candidature=candidature, user=user, section=section, seen_at=at)],
        update_conflicts=True,
        unique_fields=["candidature", "user"],
        update_fields=["section", "seen_at"],
    )
