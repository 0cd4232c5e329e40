"""Fills the base with the demonstration: `manage.py load_demonstration`."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone

from villes_internet import steps


class Command(BaseCommand):
    help = "Charge la démonstration\u00a0; relancée, elle ne change rien."

    def handle(self, **options: Any) -> None:
        at = timezone.now()
        for module in steps.offered("demonstration"):
            config = apps.get_containing_app_config(module.__name__)
            self.stdout.write(f"{config.verbose_name if config else module.__name__}…")
            module.load(at=at)
        self.stdout.write(self.style.SUCCESS("La démonstration est chargée."))
