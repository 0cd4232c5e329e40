"""The disk: a content is there whole, or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from django.core.files import File


class AtomicFileSystemStorage(FileSystemStorage):
    """Writes aside, flushes to the disk, then renames: a cut of power leaves no half file.

    Names are addresses by content, so a name already taken holds the same bytes. An S3 store keeps
    the same promise by itself.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        target = Path(self.path(name))
        if target.exists() and target.stat().st_size == content.size:
            return name
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as aside:
            try:
                for chunk in content.chunks():
                    aside.write(chunk)
                aside.flush()
                os.fsync(aside.fileno())
                Path(aside.name).replace(target)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(aside.name).unlink()
                raise
        flush_directory(target.parent)
        return name


def flush_directory(directory: Path) -> None:
    """Make the new name itself survive a cut of power."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
