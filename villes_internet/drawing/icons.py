"""The icons of the site: files of ours, drawn from the sign by `manage.py draw_icons`."""

from io import BytesIO
from typing import Any

from PIL import Image

from villes_internet.drawing.sign import (
    BLEEDING,
    ICON,
    MASKABLE,
    SMALL,
    SMALLEST,
    Sign,
    drawn,
    svg,
)

FAVICON = {16: SMALLEST, 32: SMALL, 48: ICON}  # by size in pixels
PNG = {
    "apple-touch-icon.png": (180, BLEEDING),
    "icon-192.png": (192, ICON),
    "icon-512.png": (512, ICON),
    "icon-maskable-512.png": (512, MASKABLE),
}


def icons() -> dict[str, bytes]:
    """The content of each file of static/images/ that this module draws."""
    files = {"favicon.svg": svg(ICON).encode(), "favicon.ico": _ico()}
    return files | {name: _png(size, sign) for name, (size, sign) in PNG.items()}


def _ico() -> bytes:
    images = [drawn(sign, size) for size, sign in sorted(FAVICON.items(), reverse=True)]
    return _saved(images[0], "ICO", sizes=[i.size for i in images], append_images=images[1:])


def _png(size: int, sign: Sign) -> bytes:
    image = drawn(sign, size)
    # An icon that fills its square has no transparency to keep.
    return _saved(image if sign.radius else image.convert("RGB"), "PNG", optimize=True)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()
