"""The icons are what the code draws, at the sizes that are declared, and are found where asked."""

import json
from io import BytesIO
from math import hypot
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image, ImageChops
from PIL.IcoImagePlugin import IcoImageFile

from villes_internet.drawing.icons import icons
from villes_internet.drawing.shapes import AT_TAIL

IMAGES = Path(settings.PROJECT) / "static" / "images"
FRAMES = {"favicon.ico": {(16, 16), (32, 32), (48, 48)}, "apple-touch-icon.png": {(180, 180)}}


def manifest() -> list[dict[str, str]]:
    icons: list[dict[str, str]] = json.loads((IMAGES / "site.webmanifest").read_text())["icons"]
    return icons


def frames(content: bytes) -> dict[tuple[int, int], Image.Image]:
    """Each size of a picture, as its pixels."""
    image = Image.open(BytesIO(content))
    if not isinstance(image, IcoImageFile):
        return {image.size: image.convert("RGBA")}
    return {size: image.ico.getimage(size).convert("RGBA") for size in image.info["sizes"]}


@pytest.mark.parametrize("name", [name for name in icons() if not name.endswith(".svg")])
def test_a_file_is_what_the_command_draws(name: str) -> None:
    """Pixel by pixel: another zlib may pack the same ones otherwise."""
    drawn, kept = frames(icons()[name]), frames((IMAGES / name).read_bytes())
    assert drawn.keys() == kept.keys(), "Run manage.py draw_icons."
    for size, image in drawn.items():
        assert ImageChops.difference(image, kept[size]).getbbox(alpha_only=False) is None, size


def test_the_vector_is_what_the_command_draws_and_lightens_in_the_dark() -> None:
    content = (IMAGES / "favicon.svg").read_bytes()
    assert content == icons()["favicon.svg"]
    assert b"prefers-color-scheme:dark" in content


def test_the_arobase_is_that_of_the_pages() -> None:
    for template in ("components/sprite.html", "pdf/arobases.html"):
        assert AT_TAIL in (Path(settings.PROJECT) / "templates" / template).read_text()


def test_each_file_has_the_sizes_that_are_declared() -> None:
    declared = dict(FRAMES)
    for icon in manifest():
        if icon["sizes"] != "any":
            width, _, height = icon["sizes"].partition("x")
            declared[icon["src"]] = {(int(width), int(height))}
    found = {name: set(frames(content)) for name, content in icons().items() if name in declared}
    assert found == declared
    assert {name for name in icons() if name.endswith((".png", ".ico"))} == declared.keys()


def test_the_manifest_refers_to_files_that_exist() -> None:
    assert [icon["src"] for icon in manifest() if not (IMAGES / icon["src"]).is_file()] == []
    assert [icon["src"] for icon in manifest() if icon.get("purpose") == "maskable"]


def test_no_mask_cuts_the_arobase() -> None:
    """A system may keep no more than the circle of four fifths of the width."""
    (image,) = frames(icons()["icon-maskable-512.png"]).values()
    ground = image.getpixel((0, 0))
    outside = [
        (x, y)
        for x in range(512)
        for y in range(512)
        if hypot(x - 255.5, y - 255.5) > 0.4 * 512 and image.getpixel((x, y)) != ground
    ]
    assert outside == []


def test_an_icon_for_a_telephone_has_no_transparent_corner() -> None:
    (image,) = frames(icons()["apple-touch-icon.png"]).values()
    assert image.getchannel("A").getextrema() == (255, 255)


def test_browsers_find_the_icon_at_the_root(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    assert answer.content == (IMAGES / "favicon.ico").read_bytes()
    assert answer["Cache-Control"] == "public, max-age=86400"
