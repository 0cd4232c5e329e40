"""Depositing: the dossier freezes, and its receipt leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from candidatures import pdf, snapshot
from candidatures.admission import Standing, standings, why_not_admitted
from candidatures.admission import frozen as frozen_conditions
from candidatures.approval import agreement_of
from candidatures.choices import CandidatureState
from candidatures.completeness import missing
from candidatures.models import Acceptance, Candidature, Deposit, Engagement
from candidatures.permissions import can_deposit
from candidatures.services.candidature import record, take_in_hand
from labels.models import Edition
from villes_internet import steps
from villes_internet.background import enqueue
from villes_internet.files.services import store_bytes
from villes_internet.mail import services as mail
from villes_internet.pdf import PdfUnavailableError
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

CATCH_UP_AFTER = timedelta(seconds=90)
NOT_ACCEPTED = (
    "Un engagement n’est pas accepté, ou l’association vient d’en changer le texte : rien n’a été "
    "déposé. Rechargez la page, relisez les engagements, puis déposez."
)
CHANGED_SINCE = (
    "Un·e collègue a modifié le dossier pendant que vous le relisiez : rien n’a été déposé. "
    "Rechargez la page, relisez, puis déposez."
)


@transaction.atomic
def deposit(
    candidature: Candidature,
    *,
    by: User,
    at: datetime,
    accepted: Collection[int] = (),
    declared: Collection[int] = (),
    seen: str = "",
) -> Deposit:
    """Freeze the dossier and its territory's type, population and perimeter; the receipt follows.

    `accepted` and `declared` are the keys of the engagements and of the conditions that were
    ticked; `seen` is the fingerprint of the dossier that was read before, empty for any.

    Raises Refusal when the dossier is incomplete or already deposited, when it changed since it was
    read, when an engagement was not accepted or a blocking condition is not met, or when `at` is
    past its deadline (23:59:59 in Paris on its last day, included, and the grace); Forbidden to
    those who do not deposit.
    """
    # What the edition asks is held first, as whoever changes it does.
    Edition.objects.select_for_update(no_key=True).get(pk=candidature.edition_id)
    locked = take_in_hand(candidature, by=by, at=at)
    if not can_deposit(by, locked):
        raise Forbidden("Seul·e un·e référent·e de la collectivité peut déposer la candidature.")
    if missing(locked):
        raise Refusal("Il manque encore des éléments à cette candidature : rien n’a été déposé.")
    engagements = list(Engagement.objects.of(locked.edition))
    if not {engagement.pk for engagement in engagements} <= set(accepted):
        raise Refusal(NOT_ACCEPTED)
    conditions = standings(locked)
    if refusal := why_not_admitted(conditions) or _why_not_declared(conditions, set(declared)):
        raise Refusal(refusal)
    dossier = snapshot.take(locked)
    if seen and seen != snapshot.digest(dossier):
        raise Refusal(CHANGED_SINCE)
    agreement = agreement_of(locked, sha256=snapshot.digest(dossier), at=at)
    if agreement and agreement.refusal:
        raise Refusal(agreement.refusal)
    frozen = Deposit.objects.create(
        candidature=locked,
        number=locked.deposits.count() + 1,
        deposited_at=at,
        deposited_by=by,
        candidate_type=dossier["candidate_type"],
        population=locked.territory.population,
        perimeter=snapshot.perimeter(locked.territory),
        admission=frozen_conditions(conditions, declared=set(declared)),
        snapshot=dossier,
        sha256=snapshot.digest(dossier),
        approval=agreement.approval if agreement else None,
    )
    Acceptance.objects.bulk_create(
        Acceptance(deposit=frozen, engagement=engagement, accepted_at=at, accepted_by=by)
        for engagement in engagements
    )
    Candidature.objects.filter(pk=locked.pk, state=CandidatureState.DRAFT).update(
        state=CandidatureState.DEPOSITED, candidate_type=frozen.candidate_type, updated_at=at
    )
    again = f" de nouveau (dépôt n°\N{NO-BREAK SPACE}{frozen.number})" if frozen.number > 1 else ""
    record(locked, f"Candidature déposée{again}", by=by, at=at)
    for module in steps.offered("deposited"):
        module.follow(frozen, at=at)
    enqueue("candidatures.send_receipt", frozen.pk)
    return frozen


def _why_not_declared(conditions: list[Standing], declared: set[int]) -> str:
    for standing in conditions:
        condition = standing.condition
        if standing.is_declared and condition.is_blocking and condition.pk not in declared:
            return (
                f"La candidature ne se dépose que si la collectivité remplit la condition « "
                f"{condition} » : rien n’a été déposé."
            )
    return ""


def send_receipt(deposit_id: int, *, at: datetime) -> None:
    """Draw the receipt and put it in the outbox for each référent·e; safe to run twice.

    A deposit taken back before has its receipt all the same, among the others; no letter says of
    it that the jury has it.
    """
    frozen = Deposit.objects.select_related(
        "candidature__edition",
        "candidature__territory__department",
        "deposited_by",
        "withdrawn_by",
        "approval",
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
        waiting = Deposit.objects.filter(pk=frozen.pk, receipt_queued_at=None)
        stands = waiting.select_for_update().values_list("withdrawn_at", flat=True).first() is None
        won = waiting.update(receipt=stored or None, receipt_queued_at=at)
        if not won or not stands:
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
    emails = set(referents.people().values_list("email", flat=True))
    return sorted(emails | {frozen.deposited_by.email})


def catch_up_receipts(*, at: datetime) -> int:
    """Queue again the receipts that should have been drawn by now; returns how many."""
    late = Deposit.objects.filter(receipt_queued_at=None, deposited_at__lt=at - CATCH_UP_AFTER)
    for pk in late.values_list("pk", flat=True):
        enqueue("candidatures.send_receipt", pk)
    return late.count()
