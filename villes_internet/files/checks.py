"""What should be there before strangers send files."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

LOOKS_FOR_NOTHING = "villes_internet.files.scanner.nothing"


def uploads_are_scanned(**kwargs: Any) -> list[CheckMessage]:
    """The platform works without a scanner; whoever opens it to the world should know it."""
    if settings.UPLOAD_SCANNER != LOOKS_FOR_NOTHING:
        return []
    return [
        Warning(
            "No scanner looks for viruses in the files that people send.",
            hint="Set CLAMD_URL to the address of ClamAV's daemon, or UPLOAD_SCANNER to another "
            "scanner.",
            id="files.scanner",
        )
    ]
