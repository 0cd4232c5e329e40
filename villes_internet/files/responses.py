"""How a content leaves the store: through a view that has checked the rights, never otherwise."""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse

from villes_internet.files.models import StoredFile

PRIVATE = "private, max-age=300"
PUBLIC = "public, max-age=3600"


class Unopened:
    """A stored content as a file to read, opened at the first reading: a HEAD opens nothing."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.opened: File[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        if self.opened is None:
            self.opened = default_storage.open(self.path)
        return bytes(self.opened.read(size))

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()


def serve(stored: StoredFile, *, name: str, inline: bool, is_public: bool = False) -> FileResponse:
    """The content under the name that its reader knows, for this reader's browser alone.

    What is public is kept by every cache.
    """
    response = FileResponse(
        Unopened(stored.path),
        as_attachment=not inline,
        filename=name,
        content_type=stored.content_type,
    )
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response
