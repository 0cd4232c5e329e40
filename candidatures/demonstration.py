"""Candidatures for the demonstration, written through the services as agents would."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from atlaas.models import Practice
from candidatures import services
from candidatures.choices import QuestionKind, ResumptionChoice, Side
from candidatures.models import (
    Candidature,
    Condition,
    Deposit,
    Engagement,
    Initiative,
    Question,
    Section,
)
from candidatures.resuming import previous, sources
from candidatures.values import from_list, from_rows
from labels.models import DigitalService, Edition
from villes_internet.calendar import day_of, start_of
from villes_internet.demo import content, pictures, years
from villes_internet.demo.accounts import STAFF
from villes_internet.territories.choices import MembershipState, Role
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

AGENT = "mairies@demo.example"


@transaction.atomic
def load(*, at: datetime) -> None:
    """Write the dossiers of the three editions unless there is one already."""
    if Candidature.objects.exists():
        return
    agent = User.objects.create_user(AGENT, full_name="Agente de démonstration")
    texts = content.read()
    for calendar, rows in (
        (years.proclaimed(at), texts["laureate"]),
        (years.before_jury(at), texts["candidate"]),
        (years.open_to_candidatures(at), texts["draft"]),
    ):
        edition = Edition.objects.get(year=calendar.year)
        for rank, row in enumerate(rows, 1):
            territory = Territory.objects.get(code=row["code"])
            author = _referent_of(territory) or _attach(agent, territory, at=at)
            share = rank / (len(rows) + 1)
            written = _write(
                row, territory=territory, edition=edition, by=author, at=at, share=share
            )
            _exchange(written, row, by=author, at=at)
    deposited = Candidature.objects.deposited().select_related("created_by").order_by("pk")
    for opinion, candidature in zip(texts["opinion"], deposited, strict=False):
        services.give_feedback(candidature, **opinion, by=candidature.created_by)
    # Nobody reads this agent's letters: those of real visitors must not be lost among them.
    Membership.objects.filter(user=agent).update(state=MembershipState.ENDED, ended_at=at)


def _referent_of(territory: Territory) -> User | None:
    membership = Membership.objects.active().referents().filter(territory=territory).first()
    return membership.user if membership else None


def _attach(agent: User, territory: Territory, *, at: datetime) -> User:
    Membership.objects.create(
        user=agent,
        territory=territory,
        function="Compte de démonstration",
        role=Role.REFERENT,
        state=MembershipState.ACTIVE,
        requested_at=at,
        decided_at=at,
    )
    return agent


def _write(
    row: dict[str, Any],
    *,
    territory: Territory,
    edition: Edition,
    by: User,
    at: datetime,
    share: float,
) -> Candidature:
    """One dossier; deposited when its edition is closed.

    `share` is its place among those of the edition, between 0 and 1: some begin soon after the
    opening, most are deposited in the last days.
    """
    length = edition.closes_on - edition.opens_on
    began = start_of(edition.opens_on) + timedelta(days=4 + int(share * (length.days - 30)))
    began = min(began + timedelta(hours=10), at - timedelta(days=12 * (1 - share), hours=2))
    candidature = services.start(territory=territory, edition=edition, by=by, at=began)
    given = content.answers()[candidature.candidate_type] | row.get("rewritten", {})
    for code in row.get("unanswered", []):
        del given[code]
    _answer(candidature, given, by=by, at=began)
    _resume(candidature, row.get("resumed", []), by=by, at=began)
    for text in content.told_by(row):
        _present(candidature, text, by=by, at=began)
    early = timedelta(days=int(70 * (1 - share) ** 3))
    deposit_at = start_of(edition.closes_on) - early + timedelta(hours=9, minutes=int(share * 480))
    deposit_at = max(deposit_at, began + timedelta(days=2))
    if edition.closes_at <= at:
        deposit = services.deposit(
            candidature,
            by=by,
            at=deposit_at,
            accepted={one.pk for one in Engagement.objects.of(edition)},
            declared={one.pk for one in Condition.objects.of(edition)},
        )
        if by.email == AGENT:  # nobody awaits that receipt
            Deposit.objects.filter(pk=deposit.pk).update(receipt_queued_at=deposit_at)
    return candidature


def _exchange(candidature: Candidature, row: dict[str, Any], *, by: User, at: datetime) -> None:
    """What the territory and the staff told one another these two days; the sections ready."""
    began = start_of(day_of(at) - timedelta(days=2)) + timedelta(hours=10)
    staff = User.objects.get(email=STAFF)
    for section in Section.objects.filter(
        edition=candidature.edition, code__in=row.get("ready", [])
    ):
        services.mark_section(candidature, section, ready=True, by=by, at=began)
    for rank, text in enumerate(row.get("thread", [])):
        last = candidature.thread.latest_first().first()
        services.write_message(
            candidature,
            side=Side(text["side"]),
            text=text["text"],
            key=uuid4(),
            seen=last.pk if last else 0,
            by=staff if text["side"] == Side.STAFF else by,
            at=began + timedelta(hours=5 * rank),
        )
    for text in row.get("correction", []):
        correction = services.ask_correction(
            candidature,
            Question.objects.of(candidature.edition).get(code=text["question"]),
            request=text["request"],
            until=candidature.edition.deliberates_on - timedelta(days=7),
            while_reading=True,
            by=staff,
            at=began,
        )
        if "rewritten" in text:
            written = services.save_correction(
                correction, value=text["rewritten"], over=0, by=by, at=began + timedelta(hours=5)
            )
            services.send_correction(
                written, over=written.version, by=by, at=began + timedelta(hours=6)
            )


def _resume(candidature: Candidature, codes: list[str], *, by: User, at: datetime) -> None:
    """Keep, of what the territory deposited before, the practices of these codes."""
    titles = {content.initiatives()[code]["title"] for code in codes}
    kept = [one for one in sources(candidature, previous(candidature)) if one.title in titles]
    services.decide_practices(
        candidature,
        decisions=[services.Decision(one.key, ResumptionChoice.KEPT, one.seen) for one in kept],
        by=by,
        at=at,
    )


def _answer(candidature: Candidature, given: dict[str, Any], *, by: User, at: datetime) -> None:
    values = {
        question: (_as_text(question, given[question.code]), 0)
        for question in Question.objects.of(candidature.edition)
        if question.code in given and question.is_for(candidature.candidate_type)
    }
    services.save_answers(candidature, values=values, by=by, at=at)


def _as_text(question: Question, value: Any) -> str:
    match question.kind:
        case QuestionKind.YES_NO:
            return "yes" if value else "no"
        case QuestionKind.CHOICES:
            return from_list(value)
        case QuestionKind.TABLE:
            return from_rows(value)
    return str(value)


def _present(candidature: Candidature, text: dict[str, Any], *, by: User, at: datetime) -> None:
    initiative = Initiative(
        **{name: text[name] for name in Practice.PRACTICE_FIELDS if name in text},
        contact_email=AGENT if "contact_role" in text else "",
    )
    services.add_initiative(
        candidature,
        initiative=initiative,
        services=DigitalService.objects.filter(
            theme__edition=candidature.edition, code__in=text["services"]
        ),
        by=by,
        at=at,
    )
    for number in range(text.get("pictures", 0)):
        drawn = pictures.draw(f"{text['code']} {number}")
        services.illustrate(
            initiative,
            upload=SimpleUploadedFile("image.png", drawn),
            alternative=pictures.describe(text["title"]),
            credit=pictures.CREDIT,
            by=by,
            at=at,
        )
