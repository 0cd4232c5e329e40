"""How a content leaves the store: through a view that has checked the rights, never otherwise."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from villes_internet.files.models import StoredFile


def serve(stored: StoredFile, *, name: str, inline: bool) -> FileResponse:
    """The content under the name that its reader knows, for this reader's browser alone."""
    response = FileResponse(
        default_storage.open(stored.path),
        as_attachment=not inline,
        filename=name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
