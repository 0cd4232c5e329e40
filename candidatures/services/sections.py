"""Sharing the questionnaire out between colleagues."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from candidatures.asking import asked
from candidatures.models import Candidature, Section, SectionState
from candidatures.services.candidature import record, take_in_hand
from villes_internet.calendar import day_of
from villes_internet.french import plural
from villes_internet.mail import services as mail
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User


@transaction.atomic
def delegate_section(
    candidature: Candidature, section: Section, *, to: User | None, by: User, at: datetime
) -> None:
    """Let one colleague see to a section, told by a letter; `to` None takes it back from them.

    The others may still write it. Raises Refusal when that person does not write for the territory.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    writers = Membership.objects.active().writers().filter(territory=locked.territory_id)
    if to and not writers.filter(user=to).exists():
        raise Refusal("Cette personne n’écrit plus pour la collectivité : choisissez-en une autre.")
    state, _ = SectionState.objects.get_or_create(candidature=locked, section=section)
    if state.delegate_id == (to.pk if to else None):
        return
    state.delegate = to
    state.save(update_fields=["delegate"])
    if to is None:
        record(locked, f"La rubrique « {section} » n’est plus confiée", by=by, at=at)
        return
    record(locked, f"Rubrique « {section} » confiée à {to}", by=by, at=at)
    if to != by:
        _tell(locked, section, to=to, by=by, at=at)


def _tell(candidature: Candidature, section: Section, *, to: User, by: User, at: datetime) -> None:
    """One letter a day at most for the same section."""
    address = reverse("candidatures:section", args=[candidature.pk, section.code])
    mail.queue(
        key=f"section:{candidature.pk}:{section.pk}:{to.pk}:{day_of(at)}",
        to=to.email,
        template="candidatures/emails/section",
        context={
            "candidature": candidature,
            "section": section,
            "by": by,
            "url": settings.SITE_URL + address,
        },
        at=at,
    )


@transaction.atomic
def mark_section(
    candidature: Candidature, section: Section, *, ready: bool, by: User, at: datetime
) -> None:
    """Say that a section is ready, or that it is not any more; said twice, it is so once.

    Raises Refusal when one of its questions still needs an answer.
    """
    locked = take_in_hand(candidature, by=by, at=at)
    lacking = [
        one for one in asked(locked) if one.is_missing and one.question.section_id == section.pk
    ]
    if ready and lacking:
        count = len(lacking)
        raise Refusal(
            f"Il manque encore {count} réponse{plural(count)} à cette rubrique : elle sera prête "
            "quand tout ce qui est nécessaire pour déposer y sera."
        )
    state, _ = SectionState.objects.get_or_create(candidature=locked, section=section)
    if state.is_ready == ready:
        return
    state.ready_at, state.ready_by = (at, by) if ready else (None, None)
    state.save(update_fields=["ready_at", "ready_by"])
    said = "est prête" if ready else "est reprise"
    record(locked, f"La rubrique « {section} » {said}", by=by, at=at)
