"""The declaration of confidentiality and interests: its text, and who signed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from jury.models import Juror, JuryRules
from jury.services.journal import record
from labels.models import Edition
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

ONLY_STAFF = "Seule l’équipe du label écrit ce texte : rien n’a changé."


@transaction.atomic
def change_declaration(edition: Edition, *, text: str, by: User, at: datetime) -> None:
    """What the next jurors sign; those who signed before keep the text that they signed.

    Raises Forbidden to any but the staff.
    """
    if not by.is_staff:
        raise Forbidden(ONLY_STAFF)
    if JuryRules.of(edition).declaration == text:
        return
    JuryRules.objects.update_or_create(edition=edition, defaults={"declaration": text})
    record(edition, "Déclaration de confidentialité et d’intérêts changée", by=by, at=at)


@transaction.atomic
def sign_declaration(juror: Juror, *, seen: str, at: datetime) -> None:
    """Sign the text that was `seen`; a second time changes nothing.

    Raises Refusal when the staff changed it meanwhile.
    """
    locked = Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
    if locked.signed_at is not None:
        return
    text = JuryRules.of(juror.edition).declaration
    if seen != text:
        raise Refusal(
            "L’association vient de changer ce texte : rien n’est signé. Relisez-le ci-dessous."
        )
    locked.signed_at, locked.signed_text = at, text
    locked.save(update_fields=["signed_at", "signed_text"])
    record(juror.edition, f"Déclaration signée par {juror}", by=juror.user, at=at)
