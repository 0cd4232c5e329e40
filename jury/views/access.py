"""How these views fetch what a juror may see; anything else does not exist."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from candidatures.models import Candidature, Deposit
from jury.models import Juror
from jury.permissions import can_read
from villes_internet.refusals import Forbidden
from villes_internet.users.models import User


def get_juror(request: HttpRequest, year: int) -> Juror:
    """The juror that this person is in that edition; 404 for anybody else."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return get_object_or_404(Juror.objects.for_user(user), edition__year=year)


def refuse_unsigned(juror: Juror) -> None:
    """Nothing of a dossier opens before the declaration is signed."""
    if juror.signed_at is None:
        raise Forbidden(
            "Signez d’abord la déclaration de confidentialité et d’intérêts, depuis « Mes "
            "lectures » : les dossiers s’ouvrent ensuite."
        )


def get_chair(request: HttpRequest, year: int) -> Juror:
    juror = get_juror(request, year)
    if not juror.is_chair:
        raise Http404
    refuse_unsigned(juror)
    return juror


def get_readable(juror: Juror, pk: int) -> Candidature:
    """A deposited dossier that this juror may read; 404 for one not entrusted or recused."""
    candidature = get_object_or_404(
        Candidature.objects.of_edition(juror.edition).deposited().with_details(), pk=pk
    )
    if not can_read(juror, candidature):
        raise Http404
    refuse_unsigned(juror)
    return candidature


def get_dossier(candidature: Candidature) -> dict[str, Any]:
    """What was deposited, by the deposit that stands: described in `candidatures.snapshot`."""
    snapshot: dict[str, Any] = get_object_or_404(
        Deposit.objects.standing(), candidature=candidature
    ).snapshot
    return snapshot
