"""Draws the icons of the site anew: their files are part of the project."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from villes_internet.drawing.icons import icons


class Command(BaseCommand):
    help = "Dessine les icônes du site dans static/images/."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.PROJECT) / "static" / "images"
        for name, content in icons().items():
            (folder / name).write_bytes(content)
            self.stdout.write(f"{name} : {len(content)} octets")
