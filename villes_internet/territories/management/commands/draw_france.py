"""Draws the départements into the file that the pages refer to: `manage.py draw_france`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from villes_internet.territories.cartography.drawing import svg

FILE = settings.PROJECT / "static" / "images" / "france.svg"


class Command(BaseCommand):
    help = "Dessine la carte de France à partir des contours des départements."

    def handle(self, **options: Any) -> None:
        drawing = svg()
        FILE.write_text(drawing, encoding="utf-8")
        self.stdout.write(f"{FILE.name}\u00a0: {len(drawing.encode())} octets.")
