"""Writing what an edition asks of whoever deposits: its engagements, its conditions, the checks."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from candidatures import ordering
from candidatures.models import (
    Acceptance,
    Candidature,
    Condition,
    ConditionCheck,
    Engagement,
    Rule,
)
from candidatures.overtaking import refuse_if_overtaken
from candidatures.permissions import why_not_change
from candidatures.services.candidature import hold, record
from labels import services as labels
from labels.models import Edition
from villes_internet.mail import services as mail
from villes_internet.refusals import Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

AnyRule = TypeVar("AnyRule", Engagement, Condition)

ENGAGEMENT_GONE = (
    "Un·e collègue vient de changer ou de retirer cet engagement : rien n’est enregistré. Copiez "
    "votre texte, puis rouvrez l’engagement depuis la liste."
)
CONDITION_GONE = (
    "Un·e collègue vient de retirer cette condition : rien n’est enregistré. Copiez votre texte si "
    "vous y tenez."
)


@transaction.atomic
def add_rule(rule: AnyRule, *, by: User, at: datetime) -> AnyRule:
    """Save an engagement or a condition, validated and not saved yet, after the others."""
    edition = _take(rule.edition, at=at)
    rows = type(rule).objects.of(edition)
    rule.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    rule.save(force_insert=True)
    _record(edition, rule, "ajouté", by=by, at=at)
    return rule


@transaction.atomic
def change_condition(condition: Condition, *, seen: str = "", by: User, at: datetime) -> Condition:
    """Save its changed words: the deposits keep those that they were made under.

    Raises Refusal when a colleague withdrew it meanwhile, or changed it since it was shown (`seen`
    is its fingerprint, empty for any).
    """
    edition = _take(condition.edition, at=at)
    stored = Condition.objects.of(edition).filter(pk=condition.pk).first()
    if stored is None:
        raise Refusal(CONDITION_GONE)
    refuse_if_overtaken(stored, seen=seen)
    condition.save(update_fields=Condition.WORDS)
    _record(edition, condition, "modifié", by=by, at=at)
    return condition


@transaction.atomic
def change_engagement(
    engagement: Engagement, *, seen: str = "", by: User, at: datetime
) -> Engagement:
    """Save its changed words; returns the row that is accepted from now on.

    Once a deposit accepted it another version takes its place, and the deposit keeps its own.
    Raises Refusal when a colleague replaced it meanwhile, or changed it since it was shown (`seen`
    is its fingerprint, empty for any).
    """
    edition = _take(engagement.edition, at=at)
    stored = Engagement.objects.of(edition).filter(pk=engagement.pk).first()
    if stored is None:
        raise Refusal(ENGAGEMENT_GONE)
    refuse_if_overtaken(stored, seen=seen)
    if all(getattr(stored, name) == getattr(engagement, name) for name in Engagement.WORDS):
        return stored
    if Acceptance.objects.filter(engagement=stored).exists():
        engagement = _replace(stored, engagement, at=at)
    else:
        engagement.save(update_fields=Engagement.WORDS)
    _record(edition, engagement, "modifié", by=by, at=at)
    return engagement


@transaction.atomic
def retire_rule(rule: AnyRule, *, by: User, at: datetime) -> None:
    """Ask it no more; deposits and checks keep theirs. A second call changes nothing."""
    edition = _take(rule.edition, at=at)
    if type(rule).objects.of(edition).filter(pk=rule.pk).update(retired_at=at):
        _record(edition, rule, "retiré", by=by, at=at)


@transaction.atomic
def move_rule(rule: AnyRule, *, up: bool, by: User, at: datetime) -> None:
    """One place up or down; at the end of the way nothing changes."""
    edition = _take(rule.edition, at=at)
    if ordering.move(type(rule).objects.of(edition), rule, up=up):
        _record(edition, rule, "déplacé", by=by, at=at)


@transaction.atomic
def check_condition(
    candidature: Candidature,
    condition: Condition,
    *,
    is_met: bool,
    note: str,
    by: User,
    at: datetime,
) -> ConditionCheck:
    """Say whether a candidature meets a condition, in place of what was said before.

    Its référent·e·s are written to when it is not met. The same thing said twice changes nothing.
    Raises Refusal when a colleague withdrew the condition meanwhile.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=candidature.edition_id)
    if not Condition.objects.of(candidature.edition).filter(pk=condition.pk).exists():
        raise Refusal(CONDITION_GONE)
    locked = hold(candidature.pk)
    found = ConditionCheck.objects.filter(candidature=locked, condition=condition).first()
    if found and (found.is_met, found.note) == (is_met, note):
        return found
    check, _ = ConditionCheck.objects.update_or_create(
        candidature=locked,
        condition=condition,
        defaults={"is_met": is_met, "note": note, "checked_at": at, "checked_by": by},
    )
    state = "remplie" if is_met else "non remplie"
    record(locked, f"Condition d’admission « {condition} » : {state}", by=by, at=at)
    if not is_met:
        _write(check, candidature, at=at)
    return check


def _write(check: ConditionCheck, candidature: Candidature, *, at: datetime) -> None:
    url = settings.SITE_URL + reverse("candidatures:detail", args=[candidature.pk])
    referents = Membership.objects.active().referents().filter(territory=candidature.territory)
    for email in referents.people().values_list("email", flat=True):
        mail.queue(
            key=f"condition:{check.pk}:{at.isoformat()}:{email}",
            to=email,
            template="candidatures/emails/condition",
            context={"candidature": candidature, "check": check, "url": url},
            at=at,
        )


def _replace(stored: Engagement, engagement: Engagement, *, at: datetime) -> Engagement:
    Engagement.objects.filter(pk=stored.pk).update(retired_at=at)
    new = Engagement(
        edition=stored.edition,
        position=stored.position,
        version=stored.version + 1,
        title=engagement.title,
        text=engagement.text,
    )
    new.save(force_insert=True)
    Engagement.objects.filter(pk=stored.pk).update(replaced_by=new)
    return new


def _take(edition: Edition, *, at: datetime) -> Edition:
    """Lock the edition for the rest of the transaction: no deposit reads it half changed.

    Raises Refusal once its candidatures are closed.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if refusal := why_not_change(locked, at=at):
        raise Refusal(refusal)
    return locked


def _record(edition: Edition, rule: Rule, done: str, *, by: User, at: datetime) -> None:
    if isinstance(rule, Condition):
        done = f"condition « {rule} » {done}e"
    else:
        done = f"engagement « {rule} » {done}"
    labels.record(edition, f"Dépôt : {done}", by=by, at=at)
