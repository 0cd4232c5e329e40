"""Clock work of the outbox, every 30 seconds in production."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from villes_internet.mail import services


class Command(BaseCommand):
    help = "Signale les courriers dont l’envoi a été interrompu et relance ceux qui attendent."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = services.sweep(at=timezone.now())
        self.stdout.write(
            f"{swept.uncertain} incertain(s), {swept.expired} code(s) périmé(s), "
            f"{swept.requeued} relancé(s)."
        )
