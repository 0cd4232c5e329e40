"""What a content really is: its first bytes name a type, and a real parse confirms it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

import puremagic
from PIL import Image, ImageCms, ImageFile, ImageOps
from pypdf import PdfReader

from villes_internet.files.choices import CONTENT_TYPES

ONE_AT_A_TIME = Lock()
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2400  # pixels; a larger picture is drawn smaller
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SAVING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
}


class UnreadableError(ValueError):
    """The content is damaged; the message is a French sentence for the person who sent it."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What will be kept: for a picture, drawn anew and free of metadata (place, device, name)."""

    data: bytes
    content_type: str
    width: int | None = None
    height: int | None = None


def content_type_of(data: bytes) -> str | None:
    """The accepted type that the first bytes announce, whatever the name of the file."""
    try:
        matches = puremagic.magic_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return None
    return next((match.mime_type for match in matches if match.mime_type in CONTENT_TYPES), None)


def read_image(data: bytes, content_type: str) -> Content:
    """Raises UnreadableError when the picture is damaged, too large once opened, or a trap."""
    image_format = FORMATS[content_type]
    try:
        with warnings.catch_warnings(), whole_pictures_only():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[image_format]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                image.verify()
            with Image.open(BytesIO(data), formats=[image_format]) as image:
                image.load()
                upright = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(
            "Cette image a trop de pixels. Réduisez-la à 50 millions de pixels au plus."
        ) from error
    except Exception as error:  # whatever a decoder says of a hostile file, it is unreadable
        raise UnreadableError(
            "Cette image est incomplète ou endommagée. Enregistrez-la de nouveau, puis renvoyez-la."
        ) from error
    drawn = within(in_srgb(upright), LONGEST_SIDE)
    drawn.info.clear()  # EXIF, XMP, comments: what `save` would write again
    kept = BytesIO()
    drawn.save(kept, image_format, **SAVING[image_format])
    return Content(
        data=kept.getvalue(), content_type=content_type, width=drawn.width, height=drawn.height
    )


def within(image: Image.Image, longest: int) -> Image.Image:
    """The same picture, its longest side that many pixels at the most; a small one as it is."""
    smaller = image.convert("L") if image.mode == "1" else image.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return smaller


@contextmanager
def whole_pictures_only() -> Iterator[None]:
    """Pillow fills in what is missing of a cut picture once WeasyPrint was imported: not here.

    One picture at a time: the setting is the whole process's, and so is its memory.
    """
    with ONE_AT_A_TIME:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def in_srgb(image: Image.Image) -> Image.Image:
    """The same colours without the profile or the palette that described them."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data and image.mode in {"P", "L", "RGB"}:
        image = image.convert("RGBA")
    elif image.mode == "P":
        image = image.convert("RGB")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image.convert("RGB") if image.mode == "CMYK" else image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):  # a broken profile: the pixels as they are
        return image.convert(mode)
    return converted or image.convert(mode)


def read_pdf(data: bytes) -> Content:
    """Raises UnreadableError when the pages cannot be read, or not without a password."""
    damaged = (
        "Ce document PDF est incomplet ou endommagé. Enregistrez-le de nouveau, puis renvoyez-le."
    )
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableError(damaged)
    try:
        reader = PdfReader(BytesIO(data))
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else sum(1 for page in reader.pages if page.mediabox)
    except Exception as error:  # whatever a parser says of a hostile file, it is unreadable
        raise UnreadableError(damaged) from error
    if encrypted:
        raise UnreadableError(
            "Ce document PDF est protégé par un mot de passe. Enregistrez-le sans protection, "
            "puis renvoyez-le."
        )
    if not pages:
        raise UnreadableError(damaged)
    return Content(data=data, content_type="application/pdf")
