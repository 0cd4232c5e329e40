"""Deciding on each dossier, then proclaiming: the moment the embargo ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

import atlaas.services
import candidatures.services
import labels.services
from candidatures.models import Candidature, Deposit
from jury.models import Decision, Juror, Review
from jury.permissions import can_decide, is_recused
from jury.services.journal import record
from labels.models import Edition, Mention
from villes_internet.refusals import Refusal


@transaction.atomic
def decide(
    candidature: Candidature,
    *,
    level: int,
    mentions: Sequence[Mention],
    is_ten: bool,
    letter: str,
    by: Juror,
    at: datetime,
) -> Decision:
    """Record the jury's decision on a deposited dossier, in place of an earlier one.

    `level` is 1 to 5 arobases. Raises Refusal when `by` does not chair this edition's jury or is
    recused from the dossier, outside the deliberation, when the level is out of range, when the
    TEN title goes without 5 arobases, and when no review counts (none handed in, or only by jurors
    recused since).
    """
    edition = Edition.objects.select_for_update().get(pk=candidature.edition_id)
    if not by.is_chair or by.edition_id != edition.pk:
        raise Refusal("Seule la présidence du jury de cette édition enregistre les décisions.")
    if is_recused(by, candidature):
        raise Refusal("Vous êtes déporté·e de ce dossier : vous ne pouvez pas en décider.")
    if not can_decide(edition, at=at):
        raise Refusal("Les décisions se prennent pendant la délibération du jury.")
    if not candidature.is_deposited:
        raise Refusal("Cette candidature n’est pas déposée : le jury n’a pas à en décider.")
    if not 1 <= level <= 5:
        raise Refusal(f"Un label compte de 1 à 5 arobases : {level} n’est pas enregistré.")
    if is_ten and level != 5:
        raise Refusal("Le titre Territoire d’Excellence Numérique suppose 5 arobases.")
    if not Review.objects.filter(candidature=candidature).counting().exists():
        raise Refusal(
            "Aucune évaluation ne compte pour ce dossier : celle d’un·e juré·e déporté·e est "
            "écartée, et la décision ne peut pas reposer sur elle."
        )
    decision, _ = Decision.objects.update_or_create(
        candidature=candidature,
        defaults={
            "level": level,
            "is_ten": is_ten,
            "letter": letter,
            "decided_by": by.user,
            "decided_at": at,
        },
    )
    decision.mentions.set(mentions)
    what = f"Décision sur {candidature.territory} : {level} arobase{'s' if level > 1 else ''}"
    record(edition, what + (", TEN" if is_ten else ""), by=by.user, at=at, candidature=candidature)
    return decision


def undecided(edition: Edition) -> int:
    """How many deposited dossiers still wait for a decision."""
    decided = Decision.objects.filter(candidature__edition=edition).values("candidature")
    return Candidature.objects.of_edition(edition).deposited().exclude(pk__in=decided).count()


@transaction.atomic
def proclaim(edition: Edition, *, by: Juror, at: datetime) -> None:
    """End the embargo: awards, sheets and results come into being, all or none.

    Raises Refusal when `by` may not, before the day of the ceremony, while a deposited dossier has
    no decision, and when it is done already. A territory merged since its deposit keeps its
    award, which its successor's page shows.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if not by.is_chair or by.edition_id != edition.pk:
        raise Refusal("Seule la présidence du jury de cette édition proclame les résultats.")
    labels.services.proclaim(edition, by=by.user, at=at)
    if waiting := undecided(edition):
        plural = "s" if waiting > 1 else ""
        raise Refusal(
            f"{waiting} dossier{plural} attend{'ent' if waiting > 1 else ''} encore une décision : "
            "rien n’est proclamé."
        )
    decisions = (
        Decision.objects.filter(candidature__edition=edition)
        .select_related("candidature__territory")
        .prefetch_related("mentions")
        .order_by("pk")
    )
    for decision in decisions:
        _make_public(decision, edition=edition, at=at)
    record(edition, "Résultats proclamés", by=by.user, at=at)


def _make_public(decision: Decision, *, edition: Edition, at: datetime) -> None:
    candidature = decision.candidature
    deposit = Deposit.objects.standing().get(candidature=candidature)
    territory = candidature.territory
    award = labels.services.award(
        edition=edition,
        territory=territory,
        name=deposit.snapshot["territory"]["name"],
        candidate_type=deposit.candidate_type,
        level=decision.level,
        is_ten=decision.is_ten,
        mentions=decision.mentions.all(),
        population=deposit.population,
        communes=[labels.services.CoveredCommune(**row) for row in deposit.perimeter],
        at=at,
    )
    initiatives = candidature.initiatives.shared().in_order().select_related("source_sheet")
    sheets = {
        initiative: atlaas.services.publish(
            initiative,
            territory=territory,
            edition=edition,
            services=initiative.services.all(),
            illustrations=sorted(initiative.illustrations.all(), key=lambda one: one.pk),
            contact_email=initiative.contact_email,
            source=initiative.source_sheet,
            at=at,
        )
        for initiative in initiatives.prefetch_related("services", "illustrations")
    }
    candidatures.services.link_sheets(sheets)
    candidatures.services.return_results(candidature, award=award, letter=decision.letter, at=at)
