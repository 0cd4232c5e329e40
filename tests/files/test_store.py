"""What enters the store: whole, of an accepted kind, without what it says of its sender."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image, ImageCms, ImageFile
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from villes_internet.files.choices import Kind
from villes_internet.files.models import StoredFile
from villes_internet.files.services import examine, keep, store_bytes

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BOTH = "Choisissez une image JPEG, PNG ou WebP ou un document PDF de 10 Mo au plus."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(image_format: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    mode = options.pop("mode", "RGB")
    content = BytesIO()
    noise = Image.effect_noise(size, 80).convert(mode)
    noise.save(content, image_format, **options)
    return content.getvalue()


def document(pages: int = 1, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(210, 297)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def upload(
    content: bytes, name: str = "piece.pdf", kinds: tuple[Kind, ...] = tuple(Kind)
) -> StoredFile:
    return keep(examine(SimpleUploadedFile(name, content), kinds=kinds), at=NOW)


def refusal(content: bytes, name: str = "piece.pdf", kinds: tuple[Kind, ...] = tuple(Kind)) -> str:
    with pytest.raises(ValidationError) as refused:
        upload(content, name, kinds)
    assert not StoredFile.objects.exists()
    return str(refused.value.messages[0])


def kept(stored: StoredFile) -> bytes:
    with default_storage.open(stored.path) as content:
        return bytes(content.read())


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_with_its_size(image_format: str) -> None:
    stored = upload(picture(image_format), "whatever.txt")
    assert stored.content_type == f"image/{image_format.lower()}"
    assert (stored.width, stored.height) == (64, 48)
    assert (stored.size, stored.created_at) == (len(kept(stored)), NOW)
    assert Image.open(BytesIO(kept(stored))).size == (64, 48)


def test_a_document_is_kept_as_it_is() -> None:
    content = document(pages=3)
    stored = upload(content)
    assert stored.content_type == "application/pdf"
    assert (stored.width, stored.height) == (None, None)
    assert kept(stored) == content


GPS = 0x8825


def where_and_who() -> Image.Exif:
    """As a phone writes it: Brest, by Camille Martin."""
    exif = Image.Exif()
    exif[0x013B] = "Camille Martin"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 23.0, 24.0), 3: "W", 4: (4.0, 29.0, 24.0)})
    return exif


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Camille Martin</x:xmpmeta>"


@pytest.mark.parametrize(
    ("image_format", "written"),
    [
        ("JPEG", {"comment": b"Camille Martin", "xmp": XMP, "dpi": (300, 300)}),
        ("WEBP", {"xmp": XMP}),
        ("PNG", {}),
    ],
)
def test_a_picture_forgets_where_and_by_whom_it_was_taken(
    image_format: str, written: dict[str, Any]
) -> None:
    if image_format == "PNG":
        words = PngInfo()
        words.add_text("Author", "Camille Martin")
        written = {"pnginfo": words}
    content = picture(image_format, exif=where_and_who(), **written)
    with Image.open(BytesIO(content)) as image:
        assert image.getexif().get_ifd(GPS)[2] == (48.0, 23.0, 24.0)
    assert b"Camille Martin" in content
    drawn = kept(upload(content))
    assert b"Camille Martin" not in drawn
    with Image.open(BytesIO(drawn)) as image:
        assert not image.getexif()
        assert not image.getexif().get_ifd(GPS)
        assert not {"comment", "xmp", "exif", "Author"} & image.info.keys()


def test_a_picture_taken_sideways_stands_upright() -> None:
    """Red lies on the left of what the camera wrote, held a quarter turn: it belongs on top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("RGB", (64, 48), "blue")
    lying.paste("red", (0, 0, 16, 48))
    content = BytesIO()
    lying.save(content, "JPEG", exif=exif, quality=95)
    stored = upload(content.getvalue())
    assert (stored.width, stored.height) == (48, 64)
    with Image.open(BytesIO(kept(stored))) as drawn:
        assert [colour(drawn, (24, y)) for y in (4, 60)] == ["red", "blue"]


def colour(image: Image.Image, place: tuple[int, int]) -> str:
    """The nearer of the two."""
    pixel = image.getpixel(place)
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_very_large_picture_is_drawn_smaller_in_its_proportions(image_format: str) -> None:
    stored = upload(picture(image_format, size=(3200, 800)))
    assert (stored.width, stored.height) == (2400, 600)
    assert Image.open(BytesIO(kept(stored))).size == (2400, 600)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "P"])
def test_a_very_large_picture_of_any_depth_is_drawn_smaller(mode: str) -> None:
    content = BytesIO()
    Image.new(mode, (2500, 100)).save(content, "PNG")
    assert (stored := upload(content.getvalue())).width == 2400
    assert Image.open(BytesIO(kept(stored))).size == (2400, 96)


def test_a_transparent_picture_stays_so() -> None:
    image = Image.new("P", (20, 20))
    image.putpalette([255, 0, 0, 0, 0, 255])
    content = BytesIO()
    image.save(content, "PNG", transparency=0)
    with Image.open(BytesIO(kept(upload(content.getvalue())))) as drawn:
        assert drawn.convert("RGBA").getpixel((5, 5)) == (255, 0, 0, 0)


def test_a_picture_with_a_profile_is_drawn_in_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with Image.open(BytesIO(kept(upload(picture(icc_profile=profile))))) as drawn:
        assert "icc_profile" not in drawn.info


def test_a_picture_for_print_is_drawn_for_screens() -> None:
    with Image.open(BytesIO(kept(upload(picture(mode="CMYK"))))) as drawn:
        assert drawn.mode == "RGB"


def test_the_same_content_is_kept_once(store: Path) -> None:
    first = upload(document(), "a.pdf")
    second = upload(document(), "b.pdf")
    third = store_bytes(document(), content_type="application/pdf", at=NOW)
    assert first == second == third
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1


def test_what_the_platform_makes_is_kept() -> None:
    stored = store_bytes(b"%PDF-1.7 receipt", content_type="application/pdf", at=NOW)
    assert kept(stored) == b"%PDF-1.7 receipt"
    assert stored.content_type == "application/pdf"


def test_a_content_lost_or_cut_on_the_disk_is_written_anew(store: Path) -> None:
    stored = upload(document())
    (store / stored.path).write_bytes(b"%PDF")
    assert upload(document()) == stored
    assert kept(stored) == document()


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ((Kind.IMAGE, Kind.PDF), BOTH),
        ((Kind.IMAGE,), "Choisissez une image JPEG, PNG ou WebP de 10 Mo au plus."),
        ((Kind.PDF,), "Choisissez un document PDF de 10 Mo au plus."),
    ],
)
def test_an_empty_file_is_refused_by_saying_what_is_accepted(
    kinds: tuple[Kind, ...], sentence: str
) -> None:
    assert refusal(b"", kinds=kinds) == f"Ce fichier est vide. {sentence}"


def test_a_file_too_large_is_refused(settings: LazySettings) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    content = document() + b" " * 1024 * 1024
    assert refusal(content) == "Ce fichier est trop lourd. " + BOTH.replace("10", "1")


WRONG = "Le contenu de ce fichier n’est pas accepté, quel que soit son nom. "


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200,
        b"#!/bin/sh\nrm -rf /\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\x00" * 100,
        b"PK\x03\x04" + b"\x00" * 100,
        b"Bonjour",
    ],
    ids=["exe", "shell", "svg", "html", "gif", "zip", "text"],
)
def test_the_name_of_a_file_does_not_make_its_kind(content: bytes) -> None:
    assert refusal(content, "piece.pdf") == WRONG + BOTH


def test_a_kind_that_was_not_asked_for_is_refused() -> None:
    assert refusal(document(), kinds=(Kind.IMAGE,)).startswith(WRONG)
    assert refusal(picture(), kinds=(Kind.PDF,)).startswith(WRONG)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(image_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    content = picture(image_format)
    assert refusal(content[: len(content) // 2], "photo.jpg") == (
        "Cette image est incomplète ou endommagée. Enregistrez-la de nouveau, puis renvoyez-la."
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: document()[: len(document()) // 2],
        lambda: document() + b"% update " + b"x" * 4096,
        lambda: b"%PDF-1.7\n" + b"MZ" * 500,
        lambda: b"%PDF-1.7\nnothing\n%%EOF\n",
        lambda: document(pages=0),
    ],
    ids=["cut", "update cut", "program", "hollow", "no page"],
)
def test_a_document_without_readable_pages_is_refused(make: Callable[[], bytes]) -> None:
    assert refusal(make()) == (
        "Ce document PDF est incomplet ou endommagé. Enregistrez-le de nouveau, puis renvoyez-le."
    )


def test_a_document_under_a_password_is_refused() -> None:
    content = document(password="secret")
    assert PdfReader(BytesIO(content)).is_encrypted
    assert "protégé par un mot de passe" in refusal(content)


@pytest.mark.parametrize("size", [(8_000, 8_000), (20_000, 20_000)])
def test_a_picture_that_opens_into_gigabytes_is_refused(size: tuple[int, int]) -> None:
    content = BytesIO()
    Image.new("1", size).save(content, "PNG")
    assert len(content.getvalue()) < 100_000
    assert refusal(content.getvalue(), "photo.png") == (
        "Cette image a trop de pixels. Réduisez-la à 50 millions de pixels au plus."
    )


def test_a_failed_write_leaves_neither_row_nor_half_file(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        upload(document())
    assert not StoredFile.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sha256": "xyz"}, "stored_file_sha256"),
        ({"size": 0}, "stored_file_not_empty"),
        ({"width": 10}, "stored_file_two_dimensions"),
    ],
)
def test_the_database_refuses(fields: dict[str, Any], constraint: str) -> None:
    values = {"sha256": "0" * 64, "size": 1, "content_type": "image/png", "created_at": NOW}
    with pytest.raises(IntegrityError, match=constraint):
        StoredFile.objects.create(**values | fields)
