"""A picture as a page shows it: small enough for a telephone far from the relay."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from villes_internet.files.inspection import Content, within

QUALITIES = (78, 68, 58, 48, 38, 28)


def shrink(content: Content, *, longest: int, most: int) -> Content:
    """The same picture in WebP: its longest side that many pixels, in `most` bytes at the most.

    A picture full of detail is drawn less finely, then smaller still.
    """
    with Image.open(BytesIO(content.data)) as image:
        image.load()
        whole = image.convert("RGBA" if image.has_transparency_data else "RGB")
    whole.info.clear()
    while True:
        drawn = within(whole, longest)
        for quality in QUALITIES:
            written = BytesIO()
            drawn.save(written, "WEBP", quality=quality)
            if written.tell() <= most:
                return Content(
                    data=written.getvalue(),
                    content_type="image/webp",
                    width=drawn.width,
                    height=drawn.height,
                )
        longest = longest * 3 // 4
