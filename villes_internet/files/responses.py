"""How a content leaves the store: through a view that has checked the rights, never otherwise."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from villes_internet.files.models import StoredFile

PRIVATE = "private, max-age=300"
PUBLIC = "public, max-age=3600"


def serve(stored: StoredFile, *, name: str, inline: bool, is_public: bool = False) -> FileResponse:
    """The content under the name that its reader knows, for this reader's browser alone.

    What is public is kept by every cache.
    """
    response = FileResponse(
        default_storage.open(stored.path),
        as_attachment=not inline,
        filename=name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response
