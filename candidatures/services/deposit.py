"""Depositing: the dossier freezes, and its receipt leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from candidatures import pdf, snapshot
from candidatures.choices import CandidatureState
from candidatures.completeness import missing
from candidatures.models import Candidature, Deposit
from candidatures.permissions import can_deposit
from candidatures.services.candidature import record, take_in_hand
from villes_internet.background import enqueue
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.pdf import PdfUnavailableError
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

CATCH_UP_AFTER = timedelta(seconds=90)


@transaction.atomic
def deposit(candidature: Candidature, *, by: User, at: datetime) -> Deposit:
    """Freeze the dossier and its territory's type, population and perimeter; the receipt follows.

    Raises Refusal when `by` is not a référent·e, when the dossier is incomplete or already
    deposited, or when `at` is past its deadline
    (23:59:59 in Paris on its last day, included, and the grace).
    """
    locked = take_in_hand(candidature, by=by, at=at)
    if not can_deposit(by, locked):
        raise Refusal("Seul·e un·e référent·e de la collectivité peut déposer la candidature.")
    if missing(locked):
        raise Refusal("Il manque encore des éléments à cette candidature : rien n’a été déposé.")
    dossier = snapshot.take(locked)
    frozen = Deposit.objects.create(
        candidature=locked,
        deposited_at=at,
        deposited_by=by,
        candidate_type=dossier["candidate_type"],
        population=locked.territory.population,
        perimeter=snapshot.perimeter(locked.territory),
        snapshot=dossier,
        sha256=snapshot.digest(dossier),
    )
    Candidature.objects.filter(pk=locked.pk, state=CandidatureState.DRAFT).update(
        state=CandidatureState.DEPOSITED, candidate_type=frozen.candidate_type, updated_at=at
    )
    record(locked, "Candidature déposée", by=by, at=at)
    enqueue("candidatures.send_receipt", frozen.pk)
    return frozen


def send_receipt(deposit_id: int, *, at: datetime) -> None:
    """Draw the receipt and put it in the outbox for each référent·e; safe to run twice."""
    frozen = Deposit.objects.select_related(
        "candidature__edition", "candidature__territory__department", "deposited_by"
    ).get(pk=deposit_id)
    if frozen.receipt_queued_at is not None:
        return
    candidature = frozen.candidature
    try:
        content = pdf.receipt(frozen)
    except PdfUnavailableError:
        content = None
    with transaction.atomic():
        stored = content and store_bytes(content, content_type="application/pdf", at=at)
        won = Deposit.objects.filter(pk=frozen.pk, receipt_queued_at=None).update(
            receipt=stored or None, receipt_queued_at=at
        )
        if not won:
            return
        context = {
            "deposit": frozen,
            "candidature": candidature,
            "has_pdf": bool(stored),
            "zone": candidature.territory.clocks,
            "url": settings.SITE_URL + reverse("candidatures:detail", args=[candidature.pk]),
            "calendar_url": settings.SITE_URL
            + reverse("candidatures:calendar", args=[candidature.pk]),
        }
        for recipient in _recipients(frozen):
            mail.queue(
                key=f"receipt:{frozen.pk}:{recipient}",
                to=recipient,
                template="candidatures/emails/receipt",
                context=context,
                attachments=[(stored, pdf.receipt_name(frozen))] if stored else [],
                at=at,
            )


def _recipients(frozen: Deposit) -> list[str]:
    territory = frozen.candidature.territory
    referents = Membership.objects.active().referents().filter(territory=territory)
    emails = set(referents.values_list("user__email", flat=True))
    return sorted(emails | {frozen.deposited_by.email})


def catch_up_receipts(*, at: datetime) -> int:
    """Queue again the receipts that should have been drawn by now; returns how many."""
    late = Deposit.objects.filter(receipt_queued_at=None, deposited_at__lt=at - CATCH_UP_AFTER)
    for pk in late.values_list("pk", flat=True):
        enqueue("candidatures.send_receipt", pk)
    return late.count()
