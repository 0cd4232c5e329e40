"""Composing the jury, entrusting readings, recusing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from candidatures.models import Candidature
from jury.choices import RecusalOrigin
from jury.models import Assignment, Juror, Recusal, Review
from jury.permissions import is_recused
from jury.services.journal import record
from labels.models import Edition
from villes_internet.french import of_name
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User


def add_juror(edition: Edition, *, user: User, is_chair: bool, by: User, at: datetime) -> Juror:
    """Seat a person on the jury of an edition.

    Raises Refusal for whoever acts for a collectivité today: they may sit on the Comité
    d'orientation, not on the jury [public rule of the label]. Also when already seated, and for a
    second chair.
    """
    if Membership.objects.active().filter(user=user).exists():
        raise Refusal(
            f"{user} représente une collectivité : les représentants de collectivités peuvent "
            "siéger au comité d’orientation, mais pas au jury."
        )
    try:
        with transaction.atomic():
            juror = Juror.objects.create(edition=edition, user=user, is_chair=is_chair)
            what = f"{user} préside le jury" if is_chair else f"{user} rejoint le jury"
            record(edition, what, by=by, at=at)
    except IntegrityError as error:
        if "chair" in str(error):
            raise Refusal("Le jury de cette édition a déjà une présidence.") from error
        raise Refusal(f"{user} siège déjà au jury de cette édition.") from error
    return juror


@transaction.atomic
def hand_chair(juror: Juror, *, by: User, at: datetime) -> None:
    """Make this juror preside the jury of their edition in place of whoever did.

    A chair who is recused from a dossier cannot decide on it: somebody else presides for that.
    """
    Juror.objects.filter(edition=juror.edition, is_chair=True).update(is_chair=False)
    Juror.objects.filter(pk=juror.pk).update(is_chair=True)
    record(juror.edition, f"La présidence du jury est confiée à {juror}", by=by, at=at)


def assign(juror: Juror, candidature: Candidature, *, by: User, at: datetime) -> Assignment:
    """Entrust a deposited dossier to a juror; entrusting it twice changes nothing.

    Raises Refusal when the juror is recused from it, when it is not deposited, or when it belongs
    to another edition.
    """
    if candidature.edition_id != juror.edition_id:
        raise Refusal("Ce dossier et ce jury n’appartiennent pas à la même édition.")
    if not candidature.is_deposited:
        raise Refusal("Cette candidature n’est pas déposée : elle ne peut pas être lue.")
    if is_recused(juror, candidature):
        raise Refusal(f"{juror} est déporté·e de ce dossier : il ne peut pas lui être confié.")
    with transaction.atomic():
        assignment, created = Assignment.objects.get_or_create(
            juror=juror,
            candidature=candidature,
            defaults={"assigned_at": at, "assigned_by": by},
        )
        if created:
            what = f"Lecture {of_name(candidature.territory)} confiée à {juror}"
            record(juror.edition, what, by=by, at=at, candidature=candidature)
    return assignment


@transaction.atomic
def unassign(juror: Juror, candidature: Candidature, *, by: User, at: datetime) -> None:
    """Take a reading back, as long as its review has not been handed in.

    Raises Refusal once it has.
    """
    if Review.objects.filter(juror=juror, candidature=candidature).submitted().exists():
        raise Refusal(f"{juror} a déjà remis son évaluation : cette lecture ne se retire plus.")
    removed, _ = Assignment.objects.filter(juror=juror, candidature=candidature).delete()
    if removed:
        what = f"Lecture {of_name(candidature.territory)} retirée à {juror}"
        record(juror.edition, what, by=by, at=at, candidature=candidature)


@transaction.atomic
def recuse(
    juror: Juror, candidature: Candidature, *, reason: str, by: User, at: datetime
) -> Recusal:
    """Set a juror apart from a dossier: a review already given no longer counts.

    One that was lifted stands again; one that followed from a tie stays, whatever becomes of it.
    """
    recusal, is_new = Recusal.objects.get_or_create(
        juror=juror,
        candidature=candidature,
        defaults={"reason": reason, "recused_at": at, "recused_by": by},
    )
    if recusal.lifted_at is not None or recusal.origin == RecusalOrigin.AUTOMATIC:
        recusal.origin = RecusalOrigin.IMPOSED
        recusal.lifted_at, recusal.lifted_by, recusal.lift_reason = None, None, ""
        recusal.reason, recusal.recused_at, recusal.recused_by = reason, at, by
        recusal.save()
        is_new = True
    if is_new:
        Assignment.objects.filter(juror=juror, candidature=candidature).delete()
        what = f"Déport de {juror} sur {candidature.territory} : {reason}"
        record(juror.edition, what, by=by, at=at, candidature=candidature)
    return recusal
