"""What may be kept, and how each kind is called to the person who sends it."""

from enum import Enum


class Kind(Enum):
    """What a form accepts: `examine(upload, kinds=(Kind.IMAGE,))`."""

    IMAGE = "une image JPEG, PNG ou WebP"
    PDF = "un document PDF"


CONTENT_TYPES = {
    "image/jpeg": Kind.IMAGE,
    "image/png": Kind.IMAGE,
    "image/webp": Kind.IMAGE,
    "application/pdf": Kind.PDF,
}
