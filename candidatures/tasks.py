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


@shared_task(name="candidatures.make_export")
def make_export(export_id: int) -> None:
    services.make_export(export_id, clock=timezone.now)


@shared_task(name="candidatures.catch_up_exports")
def catch_up_exports() -> None:
    services.catch_up_exports(at=timezone.now())


@shared_task(name="candidatures.remove_exports")
def remove_exports() -> None:
    services.remove_exports(at=timezone.now())


@shared_task(name="candidatures.send_mailing")
def send_mailing(mailing_id: int) -> None:
    services.send_mailing(mailing_id, at=timezone.now())


@shared_task(name="candidatures.catch_up_mailings")
def catch_up_mailings() -> None:
    services.catch_up_mailings(at=timezone.now())


@shared_task(name="candidatures.catch_up_letters")
def catch_up_letters() -> None:
    services.catch_up_letters(at=timezone.now())
