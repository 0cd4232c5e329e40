"""Background work on candidatures."""

from celery import shared_task
from django.utils import timezone

from candidatures import services


@shared_task(name="candidatures.send_receipt")
def send_receipt(deposit_id: int) -> None:
    services.send_receipt(deposit_id, at=timezone.now())


@shared_task(name="candidatures.catch_up_receipts")
def catch_up_receipts() -> None:
    services.catch_up_receipts(at=timezone.now())


@shared_task(name="candidatures.remind")
def remind() -> None:
    services.remind(at=timezone.now())
