"""What ties a juror to collectivités, and the déports that follow, are declared, or are lifted."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from candidatures.models import Candidature
from jury import recusals
from jury.choices import AffiliationKind, RecusalOrigin
from jury.models import Affiliation, Assignment, Juror, JuryEntry, JuryRules, Recusal
from jury.permissions import can_read
from jury.services.journal import record
from labels.models import Edition
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

REPRESENTS = (
    "Un mandat en cours dans une collectivité ne permet pas de siéger au jury : ses représentants "
    "peuvent siéger au comité d’orientation. Le lien n’est pas noté ; l’association doit retirer "
    "cette personne du jury, ou corriger le mandat s’il est passé."
)
ONLY_STAFF = "Seule l’équipe du label change cela : rien n’a changé."


@transaction.atomic
def add_affiliation(affiliation: Affiliation, *, by: User, at: datetime) -> Affiliation:
    """Note a tie, validated and not saved yet, of a juror; their déports follow at once.

    Raises Refusal for a mandate of today, which the label does not allow a juror [public rule: the
    representatives of collectivités do not sit], and for a tie that is noted already; Forbidden to
    any but the juror and the staff.
    """
    juror = affiliation.juror
    if not (by.is_staff or by.pk == juror.user_id):
        raise Forbidden(ONLY_STAFF)
    if affiliation.kind == AffiliationKind.MANDATE and affiliation.is_current:
        raise Refusal(REPRESENTS)
    affiliation.added_at, affiliation.added_by = at, by
    try:
        with transaction.atomic():
            affiliation.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("Ce lien est déjà noté : rien n’a changé.") from error
    said = recusals.described(affiliation)
    record(juror.edition, f"Lien d’intérêts de {juror} : {said}", by=by, at=at)
    refresh_recusals(juror.edition, by=by, at=at)
    return affiliation


@transaction.atomic
def remove_affiliation(affiliation: Affiliation, *, by: User, at: datetime) -> None:
    """Take back a tie that was noted by mistake, and the déports that it alone explained.

    Raises Forbidden to any but the staff: a juror does not open a dossier to themselves.
    """
    if not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    juror = affiliation.juror
    removed, _ = Affiliation.objects.filter(pk=affiliation.pk).delete()
    if removed:
        said = recusals.described(affiliation)
        record(juror.edition, f"Lien d’intérêts de {juror} retiré : {said}", by=by, at=at)
        refresh_recusals(juror.edition, by=by, at=at)


@transaction.atomic
def set_recusal_rules(
    edition: Edition, *, recuses_department: bool, by: User, at: datetime
) -> None:
    """Say whether a tie sets its juror apart from the whole département."""
    if JuryRules.of(edition).recuses_department == recuses_department:
        return
    JuryRules.objects.update_or_create(
        edition=edition, defaults={"recuses_department": recuses_department}
    )
    said = "s’étendent au" if recuses_department else "ne s’étendent plus au"
    record(edition, f"Les déports {said} département", by=by, at=at)
    refresh_recusals(edition, by=by, at=at)


@transaction.atomic
def refresh_recusals(edition: Edition, *, by: User | None, at: datetime) -> None:
    """Pronounce the déports that the ties of the jurors explain, and end those they do no more.

    One that the staff lifted stays lifted; one that was declared or imposed stays. The readings
    that were entrusted go with them; a review already given is set aside, and kept.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    wanted = recusals.automatic(edition)
    known = {
        (one.juror_id, one.candidature_id): one
        for one in Recusal.objects.filter(juror__edition=edition).select_related(
            "juror__user", "candidature__territory"
        )
    }
    over = [
        one
        for pair, one in known.items()
        if pair not in wanted and one.origin == RecusalOrigin.AUTOMATIC and one.lifted_at is None
    ]
    Recusal.objects.filter(pk__in=[one.pk for one in over]).delete()
    made = Recusal.objects.bulk_create(
        Recusal(
            juror_id=juror,
            candidature_id=candidature,
            origin=RecusalOrigin.AUTOMATIC,
            reason=reason[:300],
            recused_at=at,
        )
        for (juror, candidature), reason in wanted.items()
        if (juror, candidature) not in known
    )
    _take_readings_back(made)
    _tell(edition, made, over, by=by, at=at)


@transaction.atomic
def declare_recusal(juror: Juror, candidature: Candidature, *, reason: str, at: datetime) -> None:
    """A juror sets themselves apart from a dossier that they may read; twice is once.

    Raises Forbidden for a dossier that they do not read.
    """
    if not can_read(juror, candidature):
        raise Forbidden("Ce dossier ne vous est pas confié : vous n’en voyez rien.")
    recusal, _ = Recusal.objects.update_or_create(
        juror=juror,
        candidature=candidature,
        defaults={
            "origin": RecusalOrigin.DECLARED,
            "reason": reason,
            "recused_at": at,
            "recused_by": juror.user,
            "lifted_at": None,
            "lifted_by": None,
            "lift_reason": "",
        },
    )
    _take_readings_back([recusal])
    _tell(juror.edition, [recusal], [], by=juror.user, at=at)


@transaction.atomic
def lift_recusal(recusal: Recusal, *, reason: str, by: User, at: datetime) -> None:
    """Let the juror read the dossier after all, with a reason that the journal keeps.

    Raises Forbidden to any but the staff, Refusal when it is lifted already.
    """
    if not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    lifted = Recusal.objects.standing().filter(pk=recusal.pk)
    if not lifted.update(lifted_at=at, lifted_by=by, lift_reason=reason):
        raise Refusal("Ce déport est déjà levé : rien n’a changé.")
    what = f"Déport de {recusal.juror} sur {recusal.candidature.territory} levé : {reason}"
    record(recusal.juror.edition, what, by=by, at=at, candidature=recusal.candidature)


def _take_readings_back(made: list[Recusal]) -> None:
    pairs = Q()
    for one in made:
        pairs |= Q(juror=one.juror_id, candidature=one.candidature_id)
    if made:
        Assignment.objects.filter(pairs).delete()


def _tell(
    edition: Edition, made: list[Recusal], over: list[Recusal], *, by: User | None, at: datetime
) -> None:
    """One line of the journal each."""
    fetched = Recusal.objects.filter(pk__in=[one.pk for one in made])
    JuryEntry.objects.bulk_create(
        JuryEntry(
            edition=edition,
            candidature_id=one.candidature_id,
            what=f"Déport de {one.juror} sur {one.candidature.territory}{end}"[:300],
            by=by,
            at=at,
        )
        for one, end in [
            *(
                (one, f"\N{NO-BREAK SPACE}: {one.reason}")
                for one in fetched.select_related("juror__user", "candidature__territory")
            ),
            *((one, "\N{NO-BREAK SPACE}: sans objet, le lien est retiré") for one in over),
        ]
    )
