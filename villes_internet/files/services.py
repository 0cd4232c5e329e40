"""Where a content enters the store."""

import hashlib
import os
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from villes_internet.files.choices import CONTENT_TYPES, Kind
from villes_internet.files.inspection import (
    Content,
    UnreadableError,
    content_type_of,
    read_image,
    read_pdf,
)
from villes_internet.files.models import StoredFile
from villes_internet.files.scanner import SuspectError, scan

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ACCEPTED_KINDS = frozenset(Kind)


def examine(upload: "UploadedFile[bytes]", *, kinds: Collection[Kind] = ACCEPTED_KINDS) -> Content:
    """What a person sent, ready to keep, if it is sound, not too large and of one of these kinds.

    Takes its time and writes nothing: to be called before any row is locked. Raises ValidationError
    with sentences that say what is accepted.
    """
    accepted = accepted_files(kinds)
    if not upload.size:
        raise ValidationError(f"Ce fichier est vide. {accepted}", code="empty")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(f"Ce fichier est trop lourd. {accepted}", code="too_large")
    upload.seek(0)
    data = upload.read()
    content_type = content_type_of(data)
    kind = CONTENT_TYPES.get(content_type or "")
    if content_type is None or kind not in kinds:
        raise ValidationError(
            f"Le contenu de ce fichier n’est pas accepté, quel que soit son nom. {accepted}",
            code="wrong_type",
        )
    try:
        scan(data)
        return read_pdf(data) if kind is Kind.PDF else read_image(data, content_type)
    except SuspectError as error:
        raise ValidationError(str(error), code="suspect") from error
    except UnreadableError as error:
        raise ValidationError(str(error), code="unreadable") from error


def keep(content: Content, *, at: datetime) -> StoredFile:
    """The bytes first, then the row: a row never promises a content that is not there."""
    found = StoredFile(
        sha256=hashlib.sha256(content.data).hexdigest(),
        size=len(content.data),
        content_type=content.content_type,
        width=content.width,
        height=content.height,
        created_at=at,
    )
    default_storage.save(found.path, ContentFile(content.data))
    return _recorded(found)


def _recorded(found: StoredFile) -> StoredFile:
    StoredFile.objects.bulk_create([found], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=found.sha256)


def store_bytes(content: bytes, *, content_type: str, at: datetime) -> StoredFile:
    """Keep what the platform made itself, a receipt or a diploma."""
    return keep(Content(data=content, content_type=content_type), at=at)


def store_file(content: IO[bytes], *, content_type: str, at: datetime) -> StoredFile:
    """Keep what the platform made itself and is too large for memory: an archive, a table."""
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    size = content.seek(0, os.SEEK_END)
    found = StoredFile(sha256=digest, size=size, content_type=content_type, created_at=at)
    content.seek(0)
    default_storage.save(found.path, File(content, name=digest))
    return _recorded(found)


def forget(stored: StoredFile) -> bool:
    """Let go of a content that nothing refers to any more; False while something does.

    For what is made once and dated, such as an export: nobody stores the same bytes meanwhile.
    """
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(default_storage.delete, stored.path))
    return True


def accepted_files(kinds: Collection[Kind]) -> str:
    """The sentence that a form and its errors share."""
    names = " ou ".join(kind.value for kind in Kind if kind in kinds)
    return f"Choisissez {names} de {settings.UPLOAD_MAX_BYTES // (1024 * 1024)} Mo au plus."
