"""The rules of the readings, and the readings themselves, distributed in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from jury.assignment import Proposal, solve
from jury.distribution import gather
from jury.models import Assignment, Juror, JuryRules, Review
from jury.permissions import can_distribute
from jury.readings_table import Listed, judge
from jury.services.journal import record
from labels.models import Edition, Theme
from villes_internet.french import plural
from villes_internet.refusals import Refusal
from villes_internet.spreadsheets import Line
from villes_internet.users.models import User

NBSP = "\N{NO-BREAK SPACE}"


@transaction.atomic
def change_readers_per_dossier(edition: Edition, *, readers: int, by: User, at: datetime) -> None:
    """How many people read each dossier, from 1 to 9: what is entrusted already stays."""
    JuryRules.objects.update_or_create(edition=edition, defaults={"readers_per_dossier": readers})
    record(edition, f"Lectures par dossier{NBSP}: {readers}", by=by, at=at)


@transaction.atomic
def change_load(
    juror: Juror, *, max_load: int, expertise: Collection[Theme], by: User, at: datetime
) -> None:
    """How many readings a juror takes at most, 0 for none, and the enjeux that they know.

    What is entrusted to them already stays, even beyond. Raises Refusal for the enjeu of another
    edition.
    """
    if any(theme.edition_id != juror.edition_id for theme in expertise):
        raise Refusal("Cet enjeu est celui d’une autre édition. Rien n’a été enregistré.")
    Juror.objects.filter(pk=juror.pk).update(max_load=max_load)
    juror.expertise.set(expertise)
    what = f"{juror}{NBSP}: {max_load} lecture{plural(max_load)} au plus, {len(expertise)} enjeu"
    record(juror.edition, what + plural(len(expertise), ",x") + " connus", by=by, at=at)


@transaction.atomic
def release(juror: Juror, *, by: User, at: datetime) -> int:
    """Take back all that a juror has not begun, for somebody else to read; returns how many.

    What they have begun or handed in stays theirs.
    """
    begun = Review.objects.filter(juror=juror).values("candidature")
    count, _ = Assignment.objects.filter(juror=juror).exclude(candidature__in=begun).delete()
    if count:
        what = f"{count} lecture{plural(count)} non commencée{plural(count)} reprise{plural(count)}"
        record(juror.edition, f"{what} à {juror}", by=by, at=at)
    return count


@transaction.atomic
def distribute(edition: Edition, *, seen: str, seed: int, by: User, at: datetime) -> Proposal:
    """Entrust all the readings that were proposed under the digest `seen`; returns them.

    Raises Refusal before the candidatures close and once the jury deliberates, when anything has
    changed since (jurors, loads, recusals, readings, dossiers: hence a second time too), and when
    there is nothing to entrust.
    """
    if not can_distribute(edition, at=at):
        raise Refusal(
            "Les lectures se répartissent entre la clôture des candidatures et la délibération. "
            "Rien n’a été confié."
        )
    _hold(edition)
    problem = gather(edition, seed=seed).problem
    if problem.digest != seen:
        raise Refusal(
            "Le jury, un déport, une lecture ou un dossier a changé depuis cette proposition. "
            "Rien n’a été confié : relisez la nouvelle proposition, puis confirmez-la."
        )
    proposal = solve(problem)
    if not proposal.pairs:
        raise Refusal("Il n’y a aucune lecture à confier.")
    Assignment.objects.bulk_create(
        Assignment(juror_id=juror, candidature_id=dossier, assigned_at=at, assigned_by=by)
        for juror, dossier in proposal.pairs
    )
    count = len(proposal.pairs)
    what = f"{count} lecture{plural(count)} répartie{plural(count)} (tirage {seed}, {seen[:12]})"
    record(edition, what, by=by, at=at)
    return proposal


@transaction.atomic
def entrust(edition: Edition, *, lines: Sequence[Line], by: User, at: datetime) -> Listed:
    """Entrust the readings that a table lists, all of them or, when a line is wrong, none.

    What is entrusted already stays, and is no fault. Raises UnreadableTableError where the table
    does not say what it should.
    """
    _hold(edition)
    listed = judge(edition, lines)
    if listed.faults or not listed.readings:
        return listed
    Assignment.objects.bulk_create(
        Assignment(juror=juror, candidature=dossier, assigned_at=at, assigned_by=by)
        for juror, dossier in listed.readings
    )
    count = len(listed.readings)
    what = f"{count} lecture{plural(count)} confiée{plural(count)} par un tableau"
    record(edition, what, by=by, at=at)
    return listed


def _hold(edition: Edition) -> None:
    """Ties and other distributions, then what is entrusted by hand: each waits, or was seen."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    list(Juror.objects.filter(edition=edition).select_for_update().order_by("pk"))
