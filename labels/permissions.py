"""Who may do what with an edition."""

from labels.models import Edition
from villes_internet.users.models import User


def can_change_calendar(user: User, edition: Edition) -> bool:
    """A proclaimed edition is history: its calendar no longer moves."""
    return user.is_staff and edition.proclaimed_at is None
