"""Background work on letters: harmless when run twice, whatever the broker delivers again."""

from celery import shared_task
from django.utils import timezone

from villes_internet.mail import services


@shared_task(name="mail.deliver")
def deliver(message_id: int) -> None:
    services.deliver(message_id, at=timezone.now())


@shared_task(name="mail.sweep_outbox")
def sweep_outbox() -> None:
    services.sweep(at=timezone.now())
