"""What a person changes of their own account."""

from villes_internet.users.models import User


def rename(user: User, *, full_name: str) -> None:
    """Write the name that letters, dossiers and the jury's sheets will show from now on."""
    user.full_name = full_name
    user.save(update_fields=["full_name"])
