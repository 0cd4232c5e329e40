"""What the association must say of itself before its site opens."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def identity_is_complete(**kwargs: Any) -> list[CheckMessage]:
    """One warning for each variable left empty: the legal pages show it as missing."""
    return [
        Warning(
            f"{variable} is empty: the legal pages say « à compléter par l’association ».",
            hint="The README lists what each variable holds.",
            id=f"pages.{variable}",
        )
        for variable, value in settings.IDENTITY.items()
        if not value
    ]
