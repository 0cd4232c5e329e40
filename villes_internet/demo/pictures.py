"""The pictures of the demonstration: drawn, so that nobody takes them for those of a real place."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from villes_internet.drawing.colours import PANEL, PANEL_DEEP, PANEL_GREEN, SURFACE, WEIGHT_1

WIDTH, HEIGHT, TILE = 1600, 1000, 100  # pixels
CREDIT = "Dessin de démonstration"


def draw(seed: str) -> bytes:
    """A landscape in tiles, the same for the same seed: a sky, hills, and a sun or a moon."""
    chance = Random(seed)  # noqa: S311  # a drawing, not a secret
    image = Image.new("RGB", (WIDTH, HEIGHT), SURFACE)
    pen = ImageDraw.Draw(image)
    ridge = HEIGHT // TILE // 2
    sun = (chance.randrange(2, WIDTH // TILE - 2), 1)
    for column in range(WIDTH // TILE):
        ridge = min(max(ridge + chance.choice((-1, 0, 0, 1)), 4), 7)
        for row in range(HEIGHT // TILE):
            if row < ridge:
                ink = chance.choice((WEIGHT_1, WEIGHT_1, SURFACE, "#9fc0ea"))
            else:
                ink = chance.choice((PANEL, PANEL_DEEP, PANEL_GREEN, "#7fb48f"))
            if (column, row) == sun:
                ink = "#e8b04a"
            left, top = column * TILE, row * TILE
            pen.rounded_rectangle((left + 4, top + 4, left + TILE - 4, top + TILE - 4), 10, ink)
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def describe(title: str) -> str:
    return (
        f"Dessin en carreaux de couleur, un ciel clair au-dessus de collines, à la place d’une "
        f"photographie de l’action « {title} »."
    )
