"""A jury for the demonstration: one edition decided and proclaimed, one being read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from candidatures.models import Candidature
from jury import services
from jury.choices import AffiliationKind, Answer
from jury.models import Affiliation, Criterion, Juror, JuryRules
from jury.permissions import is_recused
from jury.readings import criteria_for
from jury.services import ReviewContent
from labels.models import Edition, Mention
from villes_internet.calendar import start_of
from villes_internet.demo import content, years
from villes_internet.territories.models import Territory
from villes_internet.users.models import User

CHAIR = "presidente@demo.example"
JURORS = ("juree@demo.example", "jure@demo.example")
STAFF = "equipe@demo.example"
HOME = "67447"  # Schiltigheim, of a candidate intercommunalité
REMARK = "Dossier clair ; les effets pour les habitants sont bien décrits."
NOT_APPLICABLE = "Cette compétence est exercée par l’intercommunalité."
ABSTAINED = "Je connais trop mal ce sujet pour le noter."
LETTER = (
    "Le jury salue une démarche suivie et attentive aux habitants. Il vous encourage à partager "
    "vos pratiques avec les collectivités voisines."
)


@transaction.atomic
def load(*, at: datetime) -> None:
    """Seat the juries, write the reviews, proclaim the past edition; nothing if there is a jury."""
    if Juror.objects.exists():
        return
    staff = User.objects.get(email=STAFF)
    _past(Edition.objects.get(year=years.proclaimed(at).year), staff=staff)
    _present(Edition.objects.get(year=years.before_jury(at).year), staff=staff, at=at)


def _seat(edition: Edition, *, staff: User, at: datetime) -> tuple[Juror, list[Juror]]:
    people = {user.email: user for user in User.objects.filter(email__in=[CHAIR, *JURORS])}
    chair = services.add_juror(edition, user=people[CHAIR], is_chair=True, by=staff, at=at)
    jurors = [
        services.add_juror(edition, user=people[email], is_chair=False, by=staff, at=at)
        for email in JURORS
    ]
    text = JuryRules.of(edition).declaration
    for juror in (chair, *jurors):
        services.sign_declaration(juror, seen=text, at=at)
        juror.refresh_from_db()
    return chair, jurors


def _past(edition: Edition, *, staff: User) -> None:
    reading = start_of(edition.reading_starts_on) + timedelta(hours=9)
    decided = start_of(edition.deliberates_on) + timedelta(hours=10)
    proclaimed = start_of(edition.ceremony_on) + timedelta(hours=18)
    chair, jurors = _seat(edition, staff=staff, at=reading)
    mentions = {mention.code: mention for mention in Mention.objects.filter(edition=edition)}
    results = {row["code"]: row for row in content.read()["laureate"]}
    dossiers = Candidature.objects.of_edition(edition).deposited().with_details().by_name()
    for rank, candidature in enumerate(dossiers):
        result = results[candidature.territory.code]
        for seat, juror in enumerate([*jurors, chair]):
            services.assign(juror, candidature, by=staff, at=reading)
            opinion = _opinion(candidature, level=result["arobases"], rank=rank, seat=seat)
            services.submit_review(juror, candidature, content=opinion, at=reading)
        services.decide(
            candidature,
            level=result["arobases"],
            mentions=[mentions[code] for code in result["mentions"]],
            is_ten=result["ten"],
            letter=LETTER,
            by=chair,
            at=decided,
        )
    services.proclaim(edition, by=chair, at=proclaimed)


def _present(edition: Edition, *, staff: User, at: datetime) -> None:
    """Two readers each but where one lives nearby; both jurors have begun."""
    started = start_of(edition.reading_starts_on) + timedelta(hours=9)
    _, jurors = _seat(edition, staff=staff, at=started)
    home = Territory.objects.get(code=HOME)
    tie = Affiliation(juror=jurors[1], kind=AffiliationKind.RESIDENCE, territory=home)
    services.add_affiliation(tie, by=jurors[1].user, at=started)
    dossiers = list(Candidature.objects.of_edition(edition).deposited().with_details().by_name())
    for candidature in dossiers:
        for juror in jurors:
            if not is_recused(juror, candidature):
                services.assign(juror, candidature, by=staff, at=started)
    for seat, juror in enumerate(jurors):
        for rank, candidature in enumerate(dossiers[: 3 - seat]):
            opinion = _opinion(candidature, level=3 + rank % 3, rank=rank, seat=seat)
            when = min(at, started + timedelta(days=1 + rank))
            services.submit_review(juror, candidature, content=opinion, at=when)
    services.recuse(
        jurors[1],
        dossiers[3],
        reason="A dirigé les services numériques de cette collectivité",
        by=staff,
        at=min(at, started + timedelta(days=1)),
    )


def _opinion(candidature: Candidature, *, level: int, rank: int, seat: int) -> ReviewContent:
    """Notes around a level, by the habits of a seat: the first is severe, the second generous.

    Now and then the two disagree, a criterion does not apply, or the juror abstains.
    """
    criteria = criteria_for(candidature)
    lean = (-1, 1, 0)[seat] if rank % 3 == 0 else (0, 0, 1)[seat]
    if rank % 7 == 3:
        lean = (-2, 1, 0)[seat]
    proposed = min(5, max(1, level + (lean + 1) // 2))
    scores: dict[Criterion, tuple[int | Answer, str]] = {}
    for place, criterion in enumerate(criteria):
        wave = (rank * 5 + place * 3 + seat * 2) % 4 // 3
        scores[criterion] = (min(criterion.scale_max, max(0, level + lean - wave)), "")
    if rank % 6 == 2 and seat == 0:
        scores[criteria[-1]] = (Answer.NOT_APPLICABLE, NOT_APPLICABLE)
    if rank % 8 == 5 and seat == 1:
        scores[criteria[-2]] = (Answer.ABSTAINED, ABSTAINED)
    return ReviewContent(scores=scores, proposed_level=proposed, comment_for_jury=REMARK)
