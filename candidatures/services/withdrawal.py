"""Taking a deposit back, to go on writing and deposit again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from candidatures.carrying import carry, latest
from candidatures.choices import CandidatureState
from candidatures.models import Answer, Candidature, Deposit, Question
from candidatures.permissions import can_deposit, why_not_withdraw
from candidatures.services.attachments import carry_answer
from candidatures.services.candidature import hold, record
from candidatures.services.corrections import close_corrections
from labels.models import Edition
from villes_internet.french import moment
from villes_internet.mail import services as mail
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.territories.models import Membership
from villes_internet.users.models import User

ONLY_REFERENTS = "Seul·e un·e référent·e de la collectivité peut retirer le dépôt."
DEPOSITED_SINCE = (
    "La candidature a été déposée de nouveau entre-temps : ce dépôt-là n’est pas retiré. "
    "Rechargez la page pour voir où elle en est."
)


@transaction.atomic
def withdraw_deposit(
    candidature: Candidature, *, number: int, by: User, at: datetime
) -> list[Question]:
    """Take back the deposit of that number: the candidature is written again, the deposit kept.

    What was answered to questions that the staff replaced meanwhile goes to those that took their
    place. Returns those where not all of it fits: it stays readable in the deposit. The corrections
    that were asked of it are closed.

    Raises Refusal when `at` is past its deadline, when it is not deposited, or when another deposit
    than the one that the person saw stands; Forbidden to those who do not deposit.
    """
    # The questionnaire is held first, as whoever changes it does.
    Edition.objects.select_for_update().get(pk=candidature.edition_id)
    locked = hold(candidature.pk)
    if not can_deposit(by, locked):
        raise Forbidden(ONLY_REFERENTS)
    if refusal := why_not_withdraw(locked, at=at):
        raise Refusal(refusal)
    deposits = Deposit.objects.standing().without_dossiers()
    taken = deposits.filter(candidature=locked, number=number).first()
    if taken is None:
        raise Refusal(DEPOSITED_SINCE)
    Deposit.objects.filter(pk=taken.pk).update(withdrawn_at=at, withdrawn_by=by)
    Candidature.objects.filter(pk=locked.pk, state=CandidatureState.DEPOSITED).update(
        state=CandidatureState.DRAFT, updated_at=at
    )
    left_behind = _carry_answers(locked, by=by, at=at)
    what = f"Dépôt n°\N{NO-BREAK SPACE}{number} retiré : la candidature n’est plus déposée"
    record(locked, what, by=by, at=at)
    to_correct = close_corrections(taken, by=by, at=at)
    _write(locked, number, left_behind, to_correct, by=by, at=at)
    return left_behind


def _carry_answers(candidature: Candidature, *, by: User, at: datetime) -> list[Question]:
    left_behind = []
    answers = Answer.objects.filter(candidature=candidature).exclude(value="")
    replaced = answers.exclude(question__replaced_by=None).select_related("question")
    for answer in replaced.order_by("question__section__position", "question__position"):
        question = latest(answer.question)
        if Answer.objects.filter(candidature=candidature, question=question).exists():
            left_behind.append(question)
            continue
        carried = carry_answer(answer, question)
        if not carried.is_whole:
            left_behind.append(question)
        if carried.value:
            for earlier in answer.earlier.all():
                former = carry(earlier.value, before=answer.question, after=question)
                if former.is_whole:
                    earlier.value = former.value
                    earlier.save(update_fields=["value"])
            Answer.objects.filter(pk=answer.pk).update(
                question=question,
                value=carried.value,
                version=F("version") + 1,
                updated_at=at,
                updated_by=by,
            )
    return left_behind


def _write(
    candidature: Candidature,
    number: int,
    left_behind: list[Question],
    to_correct: list[Question],
    *,
    by: User,
    at: datetime,
) -> None:
    """To all who may write it again."""
    colleagues = Membership.objects.active().writers().filter(territory=candidature.territory)
    url = settings.SITE_URL + reverse("candidatures:detail", args=[candidature.pk])
    for email in colleagues.people().values_list("email", flat=True):
        mail.queue(
            key=f"withdrawal:{candidature.pk}:{number}:{email}",
            to=email,
            template="candidatures/emails/withdrawal",
            context={
                "candidature": candidature,
                "withdrawn_at": moment(at),
                "by": by,
                "deadline": moment(candidature.last_second),
                "zone": candidature.territory.clocks,
                "left_behind": ", ".join(f"« {question} »" for question in left_behind),
                "to_correct": ", ".join(f"« {question} »" for question in to_correct),
                "url": url,
            },
            at=at,
        )
